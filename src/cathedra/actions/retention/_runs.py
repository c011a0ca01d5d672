"""The two runs of a year from their first notice to their receipts: each step once, each recording once (R115 to R127).

`tend_retention` is asked every few minutes and does whatever is due. Everything is a row: a run that is killed at any
line goes on where it was, nothing twice, nothing left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from cathedra import config
from cathedra.actions import metering
from cathedra.actions.retention import _archive, _notices, _objects, _plan, _stuck
from cathedra.actions.retention._bin import TEND
from cathedra.actions.retention._objects import Stores
from cathedra.db.reads import people
from cathedra.db.reads import retention as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.metering import Cause
from cathedra.domain.people import SystemRole
from cathedra.domain.retention import ItemState, Joined, Profile, RunKind, Why
from cathedra.domain.terms import Actor, Channel, Code, Decision, RecordingId, RecordingNotFound, deny, permit
from cathedra.domain.terms import gettext_noop as _

_PAGE = 100


@dataclass(frozen=True, slots=True)
class Tended:
    """What was done in one go; `is_more`: a run is not at its end yet."""

    items: int = 0
    tidied: int = 0
    stuck: int = 0
    is_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.items or self.tidied or self.stuck)


def tend_retention(*, actor: Actor, now: datetime, stores: Stores, most: int = 500) -> Tended:
    """Do what is due of both runs, `most` recordings at a time, remove what earlier steps left, and look after
    restores that nobody works on."""
    for kind in RunKind:
        _open(kind, now)
    items = 0
    for row in reads.list_open_runs():
        items += _advance(row, actor=actor, now=now, stores=stores, most=most)
    stuck = _stuck.tend_restores(actor=actor, now=now)
    _stuck.tell_late_restores(now=now)
    tidied = sum(_objects.tidy(one, stores) for one in reads.list_leftovers(limit=most))
    if items >= most:
        with transaction():
            jobs.enqueue([TEND])  # the rest at once, with a clock that is right
    return Tended(items, tidied, stuck, is_more=items >= most)


def _open(kind: RunKind, now: datetime) -> None:
    calendar = reads.calendar()
    run = calendar.next_run(kind, now)
    is_wanted = kind is RunKind.DELETION or reads.rule().profiles != {Profile.NONE}
    if is_wanted and (run.day - calendar.local_day(now)).days <= max(retention.STEPS[kind]):
        with transaction():
            writes.open_run(run)


def _advance(row: reads.RunRow, *, actor: Actor, now: datetime, stores: Stores, most: int) -> int:
    today = reads.calendar().local_day(now)
    if row.frozen_at is None and retention.is_due_to_freeze(row.run_day, today):
        _plan.freeze(row, actor=actor, now=now)
        row = reads.get_run(row.id)
    steps = retention.due_steps(row.run_day, today)
    if steps and str(min(steps)) not in row.told:
        _notices.tell_step(row, min(steps), actor=actor, now=now)
    if now < row.cutoff_at or row.stopped_at is not None:
        return 0
    if row.ended_at is None:
        return _run(row, actor=actor, now=now, stores=stores, most=most)
    if today > reads.calendar().local_day(row.ended_at):
        _notices.send_receipts(row, now=now)
    return 0


def _run(row: reads.RunRow, *, actor: Actor, now: datetime, stores: Stores, most: int) -> int:
    with transaction():
        writes.mark(row.id, "began_at", now=now)
    row = reads.get_run(row.id)
    if row.joined_at is None and row.began_at and row.frozen_at:
        _plan.join(row, began_at=row.began_at, frozen_at=row.frozen_at, actor=actor, now=now)
    count = _work(row, actor=actor, now=now, stores=stores, most=most)
    if count < most and not reads.is_stopped(row.id):
        _end(row, actor=actor, now=now)
    return count


def _work(row: reads.RunRow, *, actor: Actor, now: datetime, stores: Stores, most: int) -> int:
    """The next lines of the plan, each a transaction of its own; stops before the next one when somebody stops the run,
    for what is deleted is gone."""
    hand = _Hand(row, _plan.judge(row.run_day, began_at=row.began_at, proof=row.id), actor, now, stores)
    one = _archive_page if row.kind is RunKind.ARCHIVE else _delete_page
    count, after = 0, 0
    while count < most:
        items = reads.list_items(
            row.id, states=(ItemState.PLANNED, ItemState.CLAIMED), after=after, limit=min(_PAGE, most - count)
        )
        if not items or reads.is_stopped(row.id):
            break
        with transaction():
            writes.claim_items(item.id for item in items)
        one(hand, items)
        count, after = count + len(items), items[-1].id
    return count


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who works on a run, by which rules, when and where."""

    row: reads.RunRow
    known: _plan.Judge
    actor: Actor
    now: datetime
    stores: Stores

    def settle(self, item: reads.ItemRow, why: Why | None) -> None:
        """What became of a line, on its trail where that is not said by the change itself."""
        if writes.settle_item(item.id, why=why, now=self.now) and why is not None:
            facts = {"run": self.row.run_day.name, "why": why.value}
            self.record("recording:skip", item.recording_id, facts=facts)

    def record(
        self,
        action: str,
        recording_id: RecordingId,
        *,
        facts: Mapping[str, object],
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """On the trail of a recording, inside the caller's transaction."""
        audit.record(
            self.actor,
            action,
            target_kind="recording",
            target_id=recording_id,
            now=self.now,
            before=before,
            after=after,
            facts=facts,
        )


def _archive_page(hand: _Hand, items: list[reads.ItemRow]) -> None:
    seen = _archive.glance([item.recording_id for item in items])
    for item in items:
        if reads.is_stopped(hand.row.id):
            return
        settle = partial(hand.settle, item)
        try:
            _archive.archive_now(
                item.recording_id,
                seen.get(item.recording_id),
                obstacle=hand.known.one,
                settle=settle,
                actor=hand.actor,
                now=hand.now,
                stores=hand.stores,
                run_name=hand.row.run_day.name,
            )
        except RecordingNotFound:
            with transaction():
                settle(Why.GONE)


def _delete_page(hand: _Hand, items: list[reads.ItemRow]) -> None:
    """T37: no bin. The row and its tombstone first, then its files, which nobody is shown any more."""
    for item in items:
        if reads.is_stopped(hand.row.id):
            return
        with transaction():
            why = _delete(hand, item.recording_id)
            hand.settle(item, why)
        if why is None:
            _objects.tidy(item.recording_id, hand.stores)


def _delete(hand: _Hand, recording_id: RecordingId) -> Why | None:
    try:
        reads.lock(recording_id)
    except RecordingNotFound:
        return Why.GONE
    before = reads.get_facts(recording_id)
    if (why := hand.known.sole(before)) is not None:
        return why
    name = hand.row.run_day.name
    writes.purge(recording_id, source=retention.ARCHIVED, reason=name, run_id=hand.row.id, now=hand.now)
    metering.settle([recording_id], cause=Cause.PURGED, now=hand.now, are_held=True)
    hand.record(
        "recording:purge",
        recording_id,
        before={"keeping": before.keeping},
        after={"keeping": retention.PURGED},
        facts={"run": name},
    )
    return None


def _end(row: reads.RunRow, *, actor: Actor, now: datetime) -> None:
    joined = reads.count_joined(row.id)
    extra = joined.get(Joined.EXTRA, 0)
    percent = config.get().retention.plan_tolerance_percent
    is_beyond = retention.is_beyond_tolerance(joined.get(Joined.PLANNED, 0), extra, percent=percent)
    with transaction():
        if writes.mark(row.id, "ended_at", now=now):
            _notices.tell_service(row, extra=extra, is_beyond=is_beyond, now=now)
            counts = reads.counts_of(row.id)
            told = {f"{state} {why}".strip().lower(): one.recordings for (state, why), one in sorted(counts.items())}
            _plan.record(row, "run:end", actor, now, is_beyond_tolerance=is_beyond, counts=told)


def stop_run(run_id: UUID, *, reason: str, actor: Actor, now: datetime) -> Decision:
    """Whoever runs the service stops a run, before it or in the middle (N48). Raises RunNotFound."""
    return _set_stopped(run_id, at=now, reason=retention.clean_reason(reason), actor=actor, now=now)


def resume_run(run_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """Let it go on where it was. Raises RunNotFound."""
    return _set_stopped(run_id, at=None, reason="", actor=actor, now=now)


def _set_stopped(run_id: UUID, *, at: datetime | None, reason: str, actor: Actor, now: datetime) -> Decision:
    if not is_service(actor):
        return deny(Code.NO_PERMISSION, "R38", _("There is nothing here, or you may not see it."))
    if at is not None and not reason:
        return deny(Code.BAD_REQUEST, "R127", _("Say why the run is stopped."))
    with transaction():
        row = reads.get_run(run_id, lock=True)
        if row.ended_at is not None:
            return deny(Code.ILLEGAL_TRANSITION, "R127", _("This run has ended."))
        if writes.set_stopped(run_id, at=at):
            row = reads.get_run(run_id)
            action = "run:stop" if at is not None else "run:resume"
            _plan.record(row, action, actor, now, why=reason)
            if at is not None:
                _notices.tell_service(row, extra=0, is_beyond=False, now=now)
    return permit()


def is_service(actor: Actor) -> bool:
    """Whether somebody runs the service (R38 rows 22 and 23), or is an operator at the command line."""
    if actor.account_id is None:
        return actor.channel is Channel.CLI
    return SystemRole.SERVICE_ADMIN in people.system_roles(actor.account_id)
