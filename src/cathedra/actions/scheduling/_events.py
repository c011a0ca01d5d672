"""Do what a timetable says of one event: schedule it, move it, name it, call it off (R156). Each of these is the verb that a
person would use, with the same rules, and a transaction of its own."""

from dataclasses import dataclass, replace
from datetime import datetime

from cathedra.actions.scheduling._change import cancel_scheduled
from cathedra.actions.scheduling._details import change_scheduled
from cathedra.actions.scheduling._place import move_scheduled
from cathedra.actions.scheduling._schedule import Scheduled, ScheduleWish, may_be_scheduled, schedule_recordings
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import FeedNames, ScheduleRow
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import timetable
from cathedra.domain.ingest.timetable import FeedAnswer, FeedChanges, FeedEvent, FeedOutcome, FeedRules, FeedStands
from cathedra.domain.library import MediaState, clean_name
from cathedra.domain.terms import AccountId, Actor, Code, Decision, FolderId, NotFound, deny, permit
from cathedra.domain.terms import gettext_noop as _

CALLED_OFF = _("The timetable says that it does not take place.")


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose feed it is, how it is judged, and what the names in it stand for."""

    rules: FeedRules
    actor: Actor
    now: datetime
    names: FeedNames
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """What an event asks for here."""

    folder_id: FolderId
    recorder_ids: tuple[int, ...]
    presenter: AccountId | None


def take_event(event: FeedEvent, before: FeedEvent | None, row: ScheduleRow | None, feed: Feed) -> FeedAnswer:
    """What becomes of it. `before` is what was done of it last, `row` its schedule as it stood when the batch was read:
    what is gone meanwhile is tried again, and stops no other."""
    try:
        return _take(_named(event), _named(before) if before else None, row, feed)
    except NotFound:
        return FeedAnswer(FeedOutcome.FAILED, _gone())


def _named(event: FeedEvent) -> FeedEvent:
    """With its title as it is kept here."""
    return replace(event, title=clean_name(event.title))


def _take(event: FeedEvent, before: FeedEvent | None, row: ScheduleRow | None, feed: Feed) -> FeedAnswer:
    if row is not None and _begins_anew(event, before, row):
        return _make(event, feed, instead_of=row)
    if row is None:
        return _answer(permit(), FeedOutcome.UNCHANGED) if event.is_cancelled else _make(event, feed)
    if row.media not in (MediaState.SCHEDULED, MediaState.RECORDING) or row.span.ends_at <= feed.now:
        return FeedAnswer(FeedOutcome.UNCHANGED)
    if event.is_cancelled:
        return _call_off(row, feed)
    return _change(event, before, row, feed)


def _begins_anew(event: FeedEvent, before: FeedEvent | None, row: ScheduleRow) -> bool:
    """The timetable called it off, and takes that back. What a person called off stays so."""
    was_off = before is not None and before.is_cancelled
    return row.media is MediaState.CANCELLED and was_off and not event.is_cancelled


def _make(event: FeedEvent, feed: Feed, *, instead_of: ScheduleRow | None = None) -> FeedAnswer:
    left_out = _left_out(event, feed) or timetable.decide_over(event, feed.now)
    if left_out is not None:
        return FeedAnswer(FeedOutcome.EXCLUDED, left_out)
    found = _find(event, feed)
    owner = found if isinstance(found, Decision) else _contact(found)
    if isinstance(found, Decision) or isinstance(owner, Decision):
        return _answer(found if isinstance(found, Decision) else owner, FeedOutcome.MADE)  # type: ignore[arg-type]  # one of both is
    wish = ScheduleWish(
        found.folder_id,
        event.title,
        event.span,
        found.recorder_ids,
        presenter=found.presenter,
        owner=owner,
        external_id=event.external_id,
    )
    given = {"actor": feed.actor, "now": feed.now, "max_hours": feed.rules.max_hours, "zone": feed.rules.zone}
    if feed.is_trial:
        return _answer(may_be_scheduled(wish, **given), FeedOutcome.MADE)  # type: ignore[arg-type]  # by their names
    if instead_of is not None:
        _release_name(instead_of)
    done = schedule_recordings(wish, **given)  # type: ignore[arg-type]  # by their names
    return _answer(permit() if isinstance(done, Scheduled) else done, FeedOutcome.MADE)


def _release_name(row: ScheduleRow) -> None:
    with transaction():
        writes.name_event(row.recording_id, None)


def _call_off(row: ScheduleRow, feed: Feed) -> FeedAnswer:
    if feed.is_trial:
        return FeedAnswer(FeedOutcome.CALLED_OFF)
    decision = cancel_scheduled(row.recording_id, reason=CALLED_OFF, actor=feed.actor, now=feed.now)
    return _answer(replace(decision, reasons=()) if decision.is_permitted else decision, FeedOutcome.CALLED_OFF)


def _change(event: FeedEvent, before: FeedEvent | None, row: ScheduleRow, feed: Feed) -> FeedAnswer:
    left_out = _left_out(event, feed)
    if left_out is not None:
        return FeedAnswer(FeedOutcome.EXCLUDED, _stays(left_out))
    found = _find(event, feed)
    if isinstance(found, Decision):
        return FeedAnswer(FeedOutcome.FAILED, found)
    stands = FeedStands(
        row.span,
        row.title,
        has_rooms=sorted(row.recorder_ids) == sorted(found.recorder_ids),
        has_presenter=found.presenter is None or found.presenter == row.presenter,
        has_folder=found.folder_id == row.folder_id,
    )
    wanted = timetable.feed_changes(event, before, stands)
    if wanted.folder and not stands.has_folder:
        return FeedAnswer(FeedOutcome.FAILED, _other_folder())
    if wanted.span or wanted.rooms:
        decision = move_scheduled(
            row.recording_id,
            event.span if wanted.span else row.span,
            found.recorder_ids if wanted.rooms else row.recorder_ids,
            only_asks=feed.is_trial,
            actor=feed.actor,
            now=feed.now,
            max_hours=feed.rules.max_hours,
        )
        if not decision.is_permitted:
            return FeedAnswer(FeedOutcome.FAILED, decision)
    decision = _name(event, wanted, found, row, feed)
    return _answer(decision, _done(wanted, found))


def _name(event: FeedEvent, wanted: FeedChanges, found: _Found, row: ScheduleRow, feed: Feed) -> Decision:
    title = event.title if wanted.title else None
    presenter = found.presenter if wanted.presenter else None
    if feed.is_trial or (title is None and presenter is None):
        return permit()
    return change_scheduled(row.recording_id, title=title, presenter=presenter, actor=feed.actor, now=feed.now)


def _done(wanted: FeedChanges, found: _Found) -> FeedOutcome:
    if wanted.span or wanted.rooms:
        return FeedOutcome.MOVED
    is_named = wanted.title or (wanted.presenter and found.presenter is not None)
    return FeedOutcome.CHANGED if is_named else FeedOutcome.UNCHANGED


def _left_out(event: FeedEvent, feed: Feed) -> Decision | None:
    rooms = [feed.names.rooms.get(name.lower()) for name in event.rooms]
    return timetable.decide_excluded(event, rooms, feed.rules)


def _find(event: FeedEvent, feed: Feed) -> _Found | Decision:
    folder_id = next((one for name in event.folders if (one := feed.names.folders.get(name.lower()))), None)
    if folder_id is None:
        return _no_folder("; ".join(event.folders))
    rooms = [(name, feed.names.rooms.get(name.lower())) for name in event.rooms]
    nowhere = next((name for name, room in rooms if room is None), None)
    if nowhere is not None:
        return _no_room(nowhere)
    recorder_ids = dict.fromkeys(one for _name, room in rooms if room is not None for one in room.recorder_ids)
    return _Found(folder_id, tuple(recorder_ids), feed.names.people.get(event.presenter.lower()))


def _contact(found: _Found) -> AccountId | Decision | None:
    """Whose it is where nobody presents it, or nobody here of that name."""
    if found.presenter is not None:
        return None
    address = publishing_reads.contact_address(found.folder_id)
    return _contact_of(address) or _no_owner()


def _contact_of(address: str) -> AccountId | None:
    """The account that a department names as its contact."""
    return reads.names_of_feed([], [], [address]).people.get(address.lower()) if address else None


def _answer(decision: Decision, outcome: FeedOutcome) -> FeedAnswer:
    return FeedAnswer(outcome if decision.is_permitted else FeedOutcome.FAILED, decision)


def _stays(why: Decision) -> Decision:
    """What was scheduled before of what is left out now."""
    reasons = why.reasons
    return deny(
        Code.CONFLICT,
        "R156",
        _("It is joint, in several rooms or too long now, so it stays as it was scheduled. Change it by hand."),
        **dict(reasons[0].values),
    )


def _no_folder(name: str) -> Decision:
    return deny(
        Code.NOT_FOUND,
        "R156",
        _("No folder belongs to “{name}”, or several do. Link one folder to the course, or give the folder's id."),
        name=name,
    )


def _no_room(name: str) -> Decision:
    return deny(
        Code.NOT_FOUND,
        "R156",
        _("No recorder in use is called “{name}”, or several are. Write the facility and the recorder, with a comma."),
        name=name,
    )


def _gone() -> Decision:
    return deny(Code.NOT_FOUND, "R156", _("What it was for has gone at the same moment. Try it again."))


def _no_owner() -> Decision:
    return deny(
        Code.CONFLICT,
        "R156",
        _("Its presenter has no account here, nor has the contact of the folder's department. Somebody must own it."),
    )


def _other_folder() -> Decision:
    return deny(
        Code.CONFLICT,
        "R154",
        _("The timetable has it in another folder now. Move the recording there, then try it again."),
    )
