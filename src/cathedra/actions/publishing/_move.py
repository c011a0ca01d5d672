"""Move a recording to another folder (R72, R38 row 14, T26b); its address stays (R57)."""

from dataclasses import dataclass
from datetime import datetime

from cathedra.actions import grants, metering
from cathedra.actions.publishing import _tell
from cathedra.actions.publishing._journey import Journey, judge
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import audit
from cathedra.db.writes import publishing as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, Calendar
from cathedra.domain.metering import Cause
from cathedra.domain.publishing import Arrival
from cathedra.domain.terms import Actor, Code, Decision, FolderId, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing a recording to a folder would do to its approval, said before anybody decides."""

    decision: Decision
    publication_before: str
    publication_after: str
    is_released: bool = False
    target_has_publisher: bool = True


def preview_move(recording_id: RecordingId, target_id: FolderId, *, actor: Actor, now: datetime) -> Preview:
    """Changes nothing. Raises RecordingNotFound, FolderNotFound."""
    journey = judge(recording_id, target_id, Action.MOVE, account_id=actor.account_id, now=now)
    return preview_of(journey)


def preview_of(journey: Journey) -> Preview:
    """The same for a journey that was judged."""
    before, arrival = journey.found.publication, journey.arrival
    if not arrival.decision.is_permitted:
        return Preview(arrival.decision, before, before)
    has_publisher = reads.approvers(journey.target_id).are_publishers
    return Preview(arrival.decision, before, arrival.publication, arrival.is_released, has_publisher)


def move_recording(
    recording_id: RecordingId, target_id: FolderId, *, calendar: Calendar, actor: Actor, now: datetime
) -> Decision:
    """R72; not where a course's recording would end early in the other folder (R48). To where it is already: nothing
    happens. Raises RecordingNotFound, FolderNotFound."""
    with transaction():
        journey = judge(recording_id, target_id, Action.MOVE, account_id=actor.account_id, now=now, lock=True)
        found, arrival = journey.found, journey.arrival
        if not arrival.decision.is_permitted or found.folder_id == target_id:
            return arrival.decision
        if not (stays := _decide_end(journey, calendar, actor, now)).is_permitted:
            return stays
        if not carry_out(journey, actor=actor, now=now):
            return deny(Code.CONFLICT, "R53", _("Somebody else moved this recording at the same moment."))
    return arrival.decision


def judge_taking_back(recording_id: RecordingId, target_id: FolderId, *, actor: Actor, now: datetime) -> Journey:
    """T35, inside the transaction of whoever takes it out of the bin, and before they hold it: may it be brought to a
    folder above its own, which is in the bin itself? The rules of the folder that it comes to count, as for every move
    (R72). Raises RecordingNotFound, FolderNotFound."""
    return judge(
        recording_id, target_id, Action.MOVE, account_id=actor.account_id, now=now, lock=True, may_take=permit()
    )


def carry_out(journey: Journey, *, actor: Actor, now: datetime) -> bool:
    """It goes to where it was judged that it may. False when it is elsewhere already."""
    found, arrival = journey.found, journey.arrival
    if not writes.move(found.id, source=found.folder_id, target=journey.target_id, now=now):
        return False
    metering.settle([found.id], cause=Cause.MOVED, now=now)
    _settle(found, arrival, actor, now)
    audit.record(
        actor,
        "recording:move",
        target_kind="recording",
        target_id=found.id,
        now=now,
        facts=grants.note_edit(found.id, journey.about, Action.MOVE, now=now),
        before={"folder_id": str(found.folder_id), "publication": found.publication},
        after={"folder_id": str(journey.target_id), "publication": arrival.publication},
    )
    return True


def _decide_end(journey: Journey, calendar: Calendar, actor: Actor, now: datetime) -> Decision:
    """R48 of the course that it leaves."""
    own = access_reads.recording_sharing(journey.found.id)
    guard = calendar.guard(access_reads.folder_sharing(actor.account_id, own.folder_id).academic_year, own.taught_at)
    there = access_reads.folder_sharing(actor.account_id, journey.target_id)
    folder = access.resolve(there.schedule, there.given) if there.inherits else there.schedule
    will = access.availability_of(folder, own.schedule)
    return access.decide_end_in_passing(guard, was=journey.about.availability, will=will, now=now)


def _settle(found: reads.Submission, arrival: Arrival, actor: Actor, now: datetime) -> None:
    if arrival.step is None:
        return
    writes.set_publication(
        found.id,
        expected=found.publication,
        publication=arrival.publication,
        step=arrival.step,
        by=actor.account_id,
        now=now,
    )
    here = reads.submission(found.id)
    if arrival.is_released:
        _tell.tell_approved(here, to=found.told, actor=actor, now=now)
    elif here.is_online and here.is_ready:
        _tell.tell_waiting(here, now=now)
