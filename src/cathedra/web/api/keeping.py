"""What of one's own goes when, and having several back; exemptions, dry runs and trials of rules for whoever runs the
service (R120, R125 to R128, R132, R227)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra import wiring
from cathedra.actions import audit as audit_actions
from cathedra.actions import retention as actions
from cathedra.db.reads import retention as reads
from cathedra.domain import retention
from cathedra.domain.people import StaffArea
from cathedra.domain.retention import REASON_LIMIT, Profile, Rule, RunKind
from cathedra.domain.terms import AccountId, Channel, Code, RecordingId, deny
from cathedra.domain.terms import gettext_noop as noop
from cathedra.web import actor
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["retention"])
ANSWERS: dict[Any, Any] = {REFUSED: Refusal}
MOST = 200  # that are had back at once


class ArchivedOut(Schema):
    """Of one's own, in the archive or on its way back; on that day it is deleted, null while none is set."""

    recording_id: UUID
    title: str
    folder: str
    archived_at: datetime
    is_restoring: bool
    deletion_day: date | None


class GoingOut(Schema):
    """Of one's own, that the next archive run takes."""

    recording_id: UUID
    seconds: int


class AnsweredOut(Schema):
    """Of somebody who cannot be reached, in whose place one was told."""

    recording_id: UUID
    title: str
    folder: str
    owner: str
    is_restoring: bool
    day: date


class OwnKeepingOut(Schema):
    """What is deleted first before the rest; `after` for the next ones of what is archived, empty at the end."""

    archived: list[ArchivedOut]
    after: str
    archive_day: date
    going: list[GoingOut]
    answers_archive: list[AnsweredOut]
    answers_deletion: list[AnsweredOut]


class RestoresIn(Schema):
    """Which, up to 200 at once."""

    recordings: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]


class RestoresOut(Schema):
    """How many are on their way, and the first reason why others are not."""

    begun: int
    refused: int
    why: Refusal | None


class ExemptionOut(Schema):
    """What somebody asked for: that a recording, or a folder with everything in it, is kept longer. `is_granted` is null
    while it waits."""

    id: UUID
    folder_id: UUID | None
    recording_id: UUID | None
    name: str
    what: str
    reason_kind: str
    reason: str
    asker: str
    asked_at: datetime
    expires_at: datetime
    is_granted: bool | None
    answer: str
    ended_at: datetime | None


class ExemptionsOut(Schema):
    """What waits, what holds, what was declined of late."""

    waiting: list[ExemptionOut]
    live: list[ExemptionOut]
    declined: list[ExemptionOut]


class ExemptionAnswerIn(Schema):
    """Yes, or no and why."""

    is_granted: bool
    answer: Annotated[str, Field(max_length=REASON_LIMIT * 2)] = ""


class RuleIn(Schema):
    """A rule to try; without a profile as it is set here. Days are for age and last_view."""

    profile: Profile | None = None
    days: Annotated[int, Field(ge=0, le=10_000)] = 0


class TallyOut(Schema):
    """What one run would take."""

    kind: str
    day: date
    recordings: int
    seconds: int
    people: int


class PreviewOut(TallyOut):
    """What the next run would do with the library as it stands; of what it would leave out how many, by the reason."""

    left_out: dict[str, int]


class TrialOut(Schema):
    """A trial, which a job makes: without `ended_at` it looks still."""

    id: UUID
    asked_at: datetime
    percent: int
    ended_at: datetime | None
    tallies: list[TallyOut]


@router.get("/keeping", response=OwnKeepingOut, operation_id="getMyKeeping")
def own(request: HttpRequest, after: str = "") -> Any:
    """What of one's own is in the archive and until when, and what the next archive run takes."""
    viewer, now = AccountId(request.user.pk), timezone.now()
    calendar, rule = reads.calendar(), reads.rule()
    run, page = calendar.next_run(RunKind.ARCHIVE, now), reads.list_archived(viewer, after=after)
    known = {facts.recording_id: facts for facts in reads.planned_facts_of([row.id for row in page.rows], now=now)}
    deletions = {one: retention.deletion_of(facts, calendar=calendar, now=now).run for one, facts in known.items()}
    going = (
        one for one in reads.live_of(viewer, now=now) if not retention.stays_live(one, rule, run, began_at=run.cutoff)
    )
    return {
        "archived": [
            {
                "recording_id": row.id,
                "title": row.title,
                "folder": row.folder_name,
                "archived_at": row.archived_at,
                "is_restoring": row.is_restoring,
                "deletion_day": due.day if (due := deletions[row.id]) else None,
            }
            for row in page.rows
        ],
        "after": page.after,
        "archive_day": run.day,
        "going": [{"recording_id": one.recording_id, "seconds": one.seconds} for one in going],
        "answers_archive": [_answered(row) for row in reads.list_answered(viewer, RunKind.ARCHIVE, now=now)],
        "answers_deletion": [_answered(row) for row in reads.list_answered(viewer, RunKind.DELETION, now=now)],
    }


def _answered(row: Any) -> dict[str, Any]:
    return {
        "recording_id": row.id,
        "title": row.title,
        "folder": row.folder_name,
        "owner": row.owner_name,
        "is_restoring": row.is_restoring,
        "day": row.day,
    }


@router.post("/keeping/restore", response={200: RestoresOut, **ANSWERS}, operation_id="restoreSeveral")
def restore_several(request: HttpRequest, wanted: RestoresIn) -> Any:
    """Several back from the archive, each as if it were asked for alone (R120); what is not there is left out."""
    who = actor.from_request(request, channel=Channel.API)
    every = [RecordingId(one) for one in wanted.recordings]
    decisions = actions.request_restores(every, actor=who, now=timezone.now())
    refused = [decision for decision in decisions if not decision.is_permitted]
    why = told(refused[0]).value if refused else None
    return {"begun": len(decisions) - len(refused), "refused": len(refused), "why": why}


@router.get(
    "/staff/retention/exemptions", response={200: ExemptionsOut, **ANSWERS}, operation_id="listRetentionExemptions"
)
@for_staff(StaffArea.RETENTION)
def exemptions(request: HttpRequest) -> Any:
    """What somebody asked to be kept longer (R128)."""
    now = timezone.now()
    found = {"waiting": reads.list_waiting(), "live": reads.list_live(now=now), "declined": reads.list_declined()}
    seen = [row.recording_id for rows in found.values() for row in rows if row.recording_id]
    audit_actions.note_list(seen, page="listRetentionExemptions", actor=by(request), now=now)
    return found


@router.post(
    "/staff/retention/exemptions/{uuid:plea_id}",
    response={204: None, **ANSWERS},
    operation_id="decideRetentionExemption",
)
@for_staff(StaffArea.RETENTION)
def decide(request: HttpRequest, plea_id: UUID, given: ExemptionAnswerIn) -> Any:
    """Yes, or no and why; whoever asked is told."""
    decision = actions.decide_exemption(
        plea_id, is_granted=given.is_granted, answer=given.answer, actor=by(request), now=timezone.now()
    )
    return Status(204, None) if decision.is_permitted else told(decision)


@router.delete(
    "/staff/retention/exemptions/{uuid:plea_id}", response={204: None, **ANSWERS}, operation_id="endRetentionExemption"
)
@for_staff(StaffArea.RETENTION)
def take_back(request: HttpRequest, plea_id: UUID) -> Any:
    """Take one back before its time."""
    decision = actions.end_exemption(plea_id, actor=by(request), now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.get("/staff/retention/dry-run", response={200: PreviewOut, **ANSWERS}, operation_id="dryRunRetention")
@for_staff(StaffArea.RETENTION)
def dry_run(request: HttpRequest, kind: RunKind = RunKind.ARCHIVE) -> Any:
    """What the next run of this kind would do with the library as it stands (R127). Nothing is changed. A large library
    is looked at by a trial, which does not keep whoever asks waiting."""
    most = wiring.configuration().retention.simulate_at_once
    if reads.count_recordings(most=most + 1) > most:
        return told(
            deny(Code.CONFLICT, "R127", noop("The library is too large to look at while you wait. Make a trial."))
        )
    found = actions.dry_run(kind, now=timezone.now())
    return {**_tally(found.taken), "left_out": {why.value: count for why, count in sorted(found.left.items())}}


@router.post("/staff/retention/trials", response={200: TrialOut, **ANSWERS}, operation_id="tryRetentionRule")
@for_staff(StaffArea.RETENTION)
def try_rule(request: HttpRequest, new: RuleIn) -> Any:
    """What a rule would archive and delete over three years: a job looks, and the trial says how far it is."""
    is_counted = new.profile in (Profile.AGE, Profile.LAST_VIEW)
    if is_counted and not new.days:
        return told(deny(Code.BAD_REQUEST, "R132", noop("Say after how many days.")))
    rule = None if new.profile is None else Rule(new.profile, new.days if is_counted else 0)
    decision = actions.ask_trial(rule, actor=by(request), now=timezone.now())
    row = reads.find_trial(rule) if decision.is_permitted else None
    return _trial(row) if row else told(decision)


@router.get(
    "/staff/retention/trials/{uuid:trial_id}", response={200: TrialOut, **ANSWERS}, operation_id="getRetentionTrial"
)
@for_staff(StaffArea.RETENTION)
def trial(request: HttpRequest, trial_id: UUID) -> Any:
    """How far it is, and what it found."""
    return _trial(reads.get_trial(trial_id))


def _trial(row: reads.TrialRow) -> dict[str, Any]:
    tallies = [
        {"kind": one.kind.value, "day": one.day, "recordings": one.recordings, "seconds": one.seconds,
         "people": one.people}
        for one in row.tallies or ()
    ]  # fmt: skip
    told_of = {"id": row.id, "asked_at": row.asked_at, "percent": row.percent, "ended_at": row.ended_at}
    return {**told_of, "tallies": tallies}


def _tally(one: retention.Tally) -> dict[str, Any]:
    return {
        "kind": one.run.kind.value,
        "day": one.run.day,
        "recordings": one.recordings,
        "seconds": one.seconds,
        "people": len(one.owners),
    }
