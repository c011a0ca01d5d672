"""Tell people of a run: before it, at its steps; after it, with receipts; the service when it ends or stops (R125)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from cathedra.actions.retention import _copies, _plan
from cathedra.db.reads import people
from cathedra.db.reads import retention as reads
from cathedra.db.writes import notices
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering, retention
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.people import SystemRole
from cathedra.domain.retention import Facts, ItemState, RunKind
from cathedra.domain.terms import AccountId, Actor, RecordingId
from cathedra.domain.terms import gettext_noop as _

RECEIPT = 0
OWN_PAGE = "/keeping/"
_PAGE = 1000
_BEFORE = {RunKind.ARCHIVE: NoticeKind.WILL_BE_ARCHIVED, RunKind.DELETION: NoticeKind.WILL_BE_DELETED}
_AFTER = {RunKind.ARCHIVE: NoticeKind.WAS_ARCHIVED, RunKind.DELETION: NoticeKind.WAS_DELETED}
_RUNS = {RunKind.ARCHIVE: _("Archive run {year}"), RunKind.DELETION: _("Deletion run {year}")}
_BEYOND = _("More was found than the plan allows for: {extra}. Please look at what was left out.")
_MORE_FOLDERS = _("and other folders: {count}")
_AS_PLANNED = _("It went as planned.")
_STOPPED = _("It was stopped before its end and waits to be let go on.")


def tell_step(row: reads.RunRow, step_days: int, *, actor: Actor, now: datetime) -> None:
    """One message a person, of everything they answer for that the run would take (N30, N37). Whom it is addressed to
    is kept line by line (R126). Whoever has let something go hears no more of it, once it is proved that they knew.
    Killed anywhere, it is repeated without telling anybody twice."""
    for page in _taken(row):
        _address(row.id, step_days, [(one.recording_id, one.folder_id, one.seconds) for one in page], now)
        if row.kind is RunKind.DELETION:
            _copies.original_in_run([one.recording_id for one in page], row, step_days, now=now)
    _send(row, step_days, now=now)
    with transaction():
        if writes.mark_told(row.id, step_days, now=now):
            _plan.record(row, "run:tell", actor, now, step_days=step_days)


def _taken(row: reads.RunRow) -> Iterator[list[Facts]]:
    """What the run would take as things stand: of the plan, once it is frozen, and of what came into being since what
    the archive run finds when it begins (R127), for its people are told of that too (R125)."""
    known = _plan.judge(row.run_day)
    for page in reads.each_of_tier(row.kind):
        yield [facts for facts, why in known.page(reads.beside_plans([row], page)) if why is None]


def _items(run_id: UUID, states: tuple[ItemState, ...]) -> Iterator[list[reads.ItemRow]]:
    after = 0
    while items := reads.list_items(run_id, states=states, after=after, limit=_PAGE):
        yield items
        after = items[-1].id


def _address(run_id: UUID, step_days: int, some: Sequence[tuple[RecordingId, UUID, int]], now: datetime) -> None:
    about = {recording_id: (folder_id, seconds) for recording_id, folder_id, seconds in some}
    is_reminder = RECEIPT < step_days < retention.PROOF_BEFORE.days
    let_go = reads.let_go_among(run_id, list(about)) if is_reminder else ()
    lines = [
        (recording_id, *about[recording_id], account_id, address)
        for recording_id, account_id, address in reads.responsible_for(list(about))
        if (recording_id, account_id) not in let_go
    ]
    with transaction():
        writes.add_tellings(run_id, step_days, lines, now=now)


def _send(row: reads.RunRow, step_days: int, *, now: datetime) -> None:
    kind = (_AFTER if step_days == RECEIPT else _BEFORE)[row.kind]
    more: dict[str, Value] = {"day": row.day}
    if kind is NoticeKind.WAS_ARCHIVED:
        more["deleted"] = reads.calendar().deletion_after(row.cutoff_at, now=now).day
    for page in reads.each_told(row.id, step_days):
        with transaction():
            for person in page:
                notices.add(
                    kind,
                    event=f"retention:{row.id}:{step_days}",
                    to=[person.account_id] if person.account_id else [],
                    addresses=[person.address] if person.address else [],
                    values={**_counted(person), **more},
                    link=OWN_PAGE,
                    now=now,
                )


def _counted(person: reads.Told) -> dict[str, Value]:
    named = ", ".join(f"{name} ({count})" for name, count in person.folders)
    others = [Phrase(_MORE_FOLDERS, {"count": str(person.more_folders)})] if person.more_folders else []
    folders: Value = [named, *others] if others else named
    return {"count": str(person.recordings), "hours": metering.hours(person.seconds), "folders": folders}


def send_receipts(row: reads.RunRow, *, now: datetime) -> None:
    """N31, N38: the day after the run, to whoever answered for what it took."""
    for items in _items(row.id, (ItemState.DONE,)):
        facts = reads.facts_of([item.recording_id for item in items])
        seconds = {item.recording_id: item.seconds for item in items}
        lines = [(one.recording_id, one.folder_id, seconds[one.recording_id]) for one in facts]
        _address(row.id, RECEIPT, lines, now)
    _send(row, RECEIPT, now=now)
    with transaction():
        writes.mark(row.id, "receipted_at", now=now)


def tell_service(row: reads.RunRow, *, extra: int, is_beyond: bool, now: datetime) -> None:
    """N48: how a run ended, or that it was stopped. Inside the caller's transaction."""
    counts = reads.counts_of(row.id)
    done = counts.get((ItemState.DONE, ""), reads.Amount(0, 0, 0))
    skipped = sum(one.recordings for (state, _why), one in counts.items() if state is ItemState.SKIPPED)
    remark = Phrase(_BEYOND, {"extra": str(extra)}) if is_beyond else Phrase(_AS_PLANNED)
    if row.stopped_at is not None:
        remark = Phrase(_STOPPED)
    notices.add(
        NoticeKind.RUN_ENDED,
        event=f"retention:{row.id}:{row.stopped_at.isoformat() if row.stopped_at else 'end'}",
        to=service(),
        values={
            "run": Phrase(_RUNS[row.kind], {"year": str(row.day.year)}),
            "done": str(done.recordings),
            "hours": metering.hours(done.seconds),
            "skipped": str(skipped),
            "day": row.day,
            "remark": remark,
        },
        link="/staff/retention/",
        now=now,
    )


def service() -> list[AccountId]:
    """Whoever runs the service."""
    return people.list_holders(SystemRole.SERVICE_ADMIN)
