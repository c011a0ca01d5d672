"""Who comes to a page of scheduling: whoever may schedule in a folder, and whoever may see one schedule (R38, R152)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cathedra import wiring
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RecorderChoice, ScheduleLine
from cathedra.domain import access
from cathedra.domain.access import Action, Standing
from cathedra.domain.ingest import MISSED_AFTER
from cathedra.domain.library import MediaState
from cathedra.domain.terms import AccountId, Decision, FolderId, NotFound, RecordingId
from cathedra.web import actor, office, refusals
from cathedra.web.access.door import noted


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a folder where they may schedule, as far as it is for the folder to say."""

    viewer: AccountId
    folder_id: FolderId
    facts: access.FolderFacts
    now: datetime

    @property
    def recorders(self) -> tuple[RecorderChoice, ...]:
        return recorders_for(self.viewer, self.facts)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at one schedule. `may_change`: the folder's part of R152, or that they scheduled it (R38 row 7); that is for
    another time. `may_call_off`: T4. `may_name`: another title or presenter, the folder's part alone."""

    viewer: AccountId
    line: ScheduleLine
    facts: access.RecordingFacts
    may_change: bool
    may_call_off: bool
    may_name: bool
    now: datetime

    @property
    def is_open(self) -> bool:
        """Whether anything of it can be changed still (R154)."""
        return self.line.media in _OPEN and self.now < self.line.span.ends_at

    @property
    def is_waiting(self) -> bool:
        return self.line.media is MediaState.SCHEDULED

    @property
    def opens_page(self) -> bool:
        """Whether the page of the recording is for them."""
        return any(access.permits(self.facts, one, self.now) for one in (Action.VIEW, Action.SEE_PROGRESS))

    @property
    def missed_at(self) -> datetime:
        """From when on it counts as missed unless something comes (T6)."""
        return self.line.span.ends_at + MISSED_AFTER


_OPEN = (MediaState.SCHEDULED, MediaState.RECORDING)


def zone() -> ZoneInfo:
    """The site's: what is typed and shown is of it."""
    return ZoneInfo(wiring.configuration().site.timezone)


def max_hours() -> int:
    """How long a scheduled recording lasts at most (R151)."""
    return wiring.configuration().schedule.max_hours


def decide(facts: access.FolderFacts, now: datetime) -> Decision:
    """The folder's part of R152; the recorder's is asked of each recorder by its name."""
    return access.decide_scheduling(facts, now)


def recorders_for(viewer: AccountId | None, facts: access.FolderFacts) -> tuple[RecorderChoice, ...]:
    """The recorder's part: those that they may schedule on."""
    return reads.list_recorder_choices(viewer, runs_service=Standing.SERVICE_ADMIN in facts.appointments)


def may_begin(viewer: AccountId | None, facts: access.FolderFacts, now: datetime) -> bool:
    """Both parts of R152: whether "Schedule" stands on the folder's page."""
    return decide(facts, now).is_permitted and bool(recorders_for(viewer, facts))


def for_scheduling(
    view: Callable[[HttpRequest, Place], HttpResponse],
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The page is for those who may schedule in the folder; to others there is nothing (R42)."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, folder_id: UUID) -> HttpResponse:
        viewer, wanted, now = actor.account_id(request), FolderId(folder_id), timezone.now()
        try:
            facts = access_reads.folder_facts(viewer, wanted)
            decision = decide(facts, now)
            if viewer is None or not decision.is_permitted:
                return refusals.page(request, decision)
            office.at_folder(request, facts)
            answer = view(request, Place(viewer, wanted, facts, now))
            return noted(answer, request, replace(facts, may_use_recorder=True), Action.SCHEDULE_RECORDER, wanted)
        except NotFound:
            return refusals.page(request, refusals.missing(request))

    return guarded


def see(viewer: AccountId | None, recording_id: RecordingId, now: datetime) -> Seen | Decision:
    """One schedule, for who may know of the recording and for who may schedule in its folder. Raises NotFound."""
    facts = access_reads.recording_facts(viewer, recording_id)
    known = access.decide(facts, Action.SEE_METADATA, now)
    line = reads.get_line(recording_id)
    row = reads.get_schedule(recording_id)
    may_name = decide(access_reads.folder_facts(viewer, line.folder_id), now).is_permitted
    may_change = may_name or (viewer is not None and row.scheduled_by == viewer)
    is_theirs = row.owner_id == viewer or Standing.SERVICE_ADMIN in facts.appointments
    may_call_off = may_change or is_theirs or reads.is_scheduler_of(row.recorder_ids, viewer=viewer)
    if viewer is None or not (known.is_permitted or may_change or may_call_off):
        return access.as_told(known)
    return Seen(viewer, line, facts, may_change, may_call_off, may_name, now)


def for_schedule(
    view: Callable[[HttpRequest, Seen], HttpResponse], *, needs: Callable[[Seen], bool] = lambda seen: True
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The page is for those who may see the schedule and do what it `needs`; to others there is nothing."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, recording_id: UUID) -> HttpResponse:
        wanted = RecordingId(recording_id)
        try:
            seen = see(actor.account_id(request), wanted, timezone.now())
        except NotFound:
            return refusals.page(request, refusals.missing(request))
        if isinstance(seen, Decision):
            return refusals.page(request, seen)
        if not needs(seen):
            return refusals.page(request, refusals.missing(request))
        office.at_recording(request, seen.facts)
        return noted(view(request, seen), request, seen.facts, Action.SEE_METADATA, wanted)

    return guarded


def for_changing(view: Callable[[HttpRequest, Seen], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The page is for those who may put it to another time (R154)."""
    return for_schedule(view, needs=lambda seen: seen.may_change)


def for_calling_off(view: Callable[[HttpRequest, Seen], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The page is for those who may call it off (T4)."""
    return for_schedule(view, needs=lambda seen: seen.may_call_off)


def for_naming(view: Callable[[HttpRequest, Seen], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """The page is for those who may give it another title or presenter (R154)."""
    return for_schedule(view, needs=lambda seen: seen.may_name)
