"""Once a day: bins emptied of what is over, people told of what soon will be, old tombstones erased (R58, R134,
N39, N52); and what the next archive run would take is looked at (R107)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra import config
from cathedra.actions.retention import _bin, _bin_time, _exempt, _plan
from cathedra.db.writes import audit
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.terms import Actor

_YEAR = timedelta(days=366)
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was done."""

    purged: int
    warned: int
    ending: int
    forgotten: int

    def __bool__(self) -> bool:
        return bool(self.purged or self.forgotten)


def tend_bins(*, actor: Actor, now: datetime) -> Swept:
    """Everything of that. Repeated, nothing happens twice."""
    _plan.look_ahead(now=now)
    _bin_time.lengthen_held(now=now)
    return Swept(
        purged=_bin.purge_bins(actor=actor, now=now),
        warned=_bin.warn_of_purges(now=now),
        ending=_exempt.warn_of_ends(now=now),
        forgotten=forget_tombstones(actor=actor, now=now),
    )


def forget_tombstones(*, actor: Actor, now: datetime) -> int:
    """R58: after `retention.tombstone_years`. Returns how many."""
    before, count = now - config.get().retention.tombstone_years * _YEAR, 0
    while True:
        with transaction():
            some = writes.forget_tombstones(before=before, limit=_PAGE)
            if some:
                facts = {"count": some}
                audit.record(actor, "tombstones:forget", target_kind="tombstones", target_id="", now=now, facts=facts)
        count += some
        if some < _PAGE:
            return count
