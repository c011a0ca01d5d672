"""How recordings are kept, for programs: the same decisions as the pages (R227)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from cathedra.actions import publishing
from cathedra.actions import retention as actions
from cathedra.actions.retention import Plea
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import retention as reads
from cathedra.domain import access, retention
from cathedra.domain.access import Action
from cathedra.domain.retention import REASON_LIMIT, Exempt, ExemptionReason
from cathedra.domain.terms import Actor, Channel, Decision, RecordingId
from cathedra.web import actor
from cathedra.web.api import folder_bin, looks
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}


class Keeping(Schema):
    """Where a recording is kept, and which days are planned for it. `kept_by`: what keeps it in the archive longer than
    its year, HELD, RESTORE_FAILED, EXEMPT, ASSESSED or NOT_PLANNED; of the first two `deletion_day` is empty."""

    recording_id: UUID
    keeping: str
    archived_at: datetime | None
    archive_day: date | None
    deletion_day: date | None
    kept_by: str | None = None
    is_held: bool
    is_exempt_from_archive_until: datetime | None
    is_exempt_from_deletion_until: datetime | None
    reference_copies: list[folder_bin.CopyPlace] = []


class Purge(Schema):
    """Why; needed where it is somebody else's (R137)."""

    reason: str = Field("", max_length=REASON_LIMIT * 2)


class Longer(Schema):
    """Asking that a recording, or its folder with everything in it, is kept longer (R128)."""

    scope: Literal["recording", "folder"] = "recording"
    what: Exempt = Exempt.ARCHIVE
    reason_kind: ExemptionReason = ExemptionReason.ALTERNATE_YEAR
    reason: str = Field(max_length=REASON_LIMIT * 2)
    expires_at: datetime


def _keeping(recording_id: RecordingId, now: datetime) -> Keeping:
    found, facts, calendar = reads.facts(recording_id), reads.get_planned_facts(recording_id, now=now), reads.calendar()
    is_live = found.keeping == retention.ONLINE and not facts.is_reference
    run = retention.archive_run_of(facts, reads.rule(), calendar=calendar, now=now) if is_live else None
    deletion = retention.deletion_of(facts, calendar=calendar, now=now)
    return Keeping(
        recording_id=recording_id,
        keeping=found.keeping,
        archived_at=found.archived_at,
        archive_day=run.day if run else None,
        deletion_day=deletion.run.day if deletion.run else None,
        kept_by=deletion.why.value if deletion.why else None,
        is_held=bool(found.holds),
        is_exempt_from_archive_until=facts.exempt_archive_until,
        is_exempt_from_deletion_until=facts.exempt_deletion_until,
        reference_copies=folder_bin.places([recording_id]),
    )


@router.get("/recordings/{uuid:recording_id}/keeping", response={200: Keeping, **ANSWERS}, operation_id="getKeeping")
def keeping(request: HttpRequest, recording_id: UUID) -> Any:
    """Where it is kept and what is planned."""
    wanted, now = RecordingId(recording_id), timezone.now()
    facts = access_reads.recording_facts(actor.account_id(request), wanted)
    decision = access.decide(facts, Action.SEE_METADATA, now)
    if not decision.is_permitted:
        return told(decision)
    looks.note(request, facts, Action.SEE_METADATA, wanted, "getKeeping")
    return _keeping(wanted, now)


def _do(request: HttpRequest, recording_id: UUID, verb: Callable[[RecordingId, Actor, datetime], Decision]) -> Any:
    wanted, now = RecordingId(recording_id), timezone.now()
    decision = verb(wanted, actor.from_request(request, channel=Channel.API), now)
    return _keeping(wanted, now) if decision.is_permitted else told(decision)


@router.post(
    "/recordings/{uuid:recording_id}/restore", response={200: Keeping, **ANSWERS}, operation_id="restoreFromArchive"
)
def restore(request: HttpRequest, recording_id: UUID) -> Any:
    """Back from the archive; its bytes follow (R119, R120)."""
    return _do(request, recording_id, lambda one, who, now: actions.request_restore(one, actor=who, now=now))


@router.post(
    "/recordings/{uuid:recording_id}/archive", response={200: Keeping, **ANSWERS}, operation_id="archiveRecording"
)
def archive(request: HttpRequest, recording_id: UUID) -> Any:
    """Into the archive by hand (R117); its copy is made in the background."""
    return _do(request, recording_id, lambda one, who, now: actions.archive_recording(one, actor=who, now=now))


@router.post(
    "/recordings/{uuid:recording_id}/recycle", response={200: Keeping, **ANSWERS}, operation_id="recycleRecording"
)
def recycle(request: HttpRequest, recording_id: UUID, body: Purge | None = None) -> Any:
    """Into the bin (T34). The service says why, where only its office permits it (R38)."""
    why = body.reason if body else ""
    return _do(
        request, recording_id, lambda one, who, now: actions.recycle_recording(one, actor=who, now=now, reason=why)
    )


@router.post(
    "/recordings/{uuid:recording_id}/take-back", response={200: Keeping, **ANSWERS}, operation_id="takeBackRecording"
)
def take_back(request: HttpRequest, recording_id: UUID) -> Any:
    """Out of the bin (T35)."""
    return _do(request, recording_id, lambda one, who, now: actions.take_back_recording(one, actor=who, now=now))


@router.post("/recordings/{uuid:recording_id}/purge", response={200: Keeping, **ANSWERS}, operation_id="purgeRecording")
def purge(request: HttpRequest, recording_id: UUID, body: Purge) -> Any:
    """For good, before the bin's time is over (R137)."""
    why = body.reason
    return _do(
        request, recording_id, lambda one, who, now: actions.purge_recording(one, reason=why, actor=who, now=now)
    )


@router.post(
    "/recordings/{uuid:recording_id}/make-full", response={200: Keeping, **ANSWERS}, operation_id="makeCopyFull"
)
def make_full(request: HttpRequest, recording_id: UUID) -> Any:
    """While its original lies in the bin a copy can get media of its own (R140); its bytes follow."""
    return _do(request, recording_id, lambda one, who, now: publishing.make_full(one, actor=who, now=now))


@router.post(
    "/recordings/{uuid:recording_id}/exemption-requests",
    response={200: Keeping, **ANSWERS},
    operation_id="askRetentionExemption",
)
def ask(request: HttpRequest, recording_id: UUID, body: Longer) -> Any:
    """Ask the service team to keep it longer (R128)."""

    def verb(wanted: RecordingId, who: Actor, now: datetime) -> Decision:
        is_folder = body.scope == "folder"
        plea = Plea(
            what=body.what,
            reason_kind=body.reason_kind,
            reason=body.reason,
            expires_at=body.expires_at if timezone.is_aware(body.expires_at) else timezone.make_aware(body.expires_at),
            folder_id=reads.facts(wanted).folder_id if is_folder else None,
            recording_id=None if is_folder else wanted,
        )
        return actions.ask_exemption(plea, actor=who, now=now).decision

    return _do(request, recording_id, verb)
