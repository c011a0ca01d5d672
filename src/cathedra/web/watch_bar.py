"""What a recording's page says to its Creators at a glance: state, access, policy, hours, the next day of its keeping."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library
from cathedra.db.reads import policy as policy_reads
from cathedra.domain import access, retention
from cathedra.domain.library import State
from cathedra.domain.policy import CaseState, UseHold, Verdict
from cathedra.domain.terms import RecordingId
from cathedra.web import words
from cathedra.web.page_tags import day_word
from cathedra.web.planned import Plan, plan_of

_MOVING = (State.UPLOADED, State.PROCESSING, State.FAILED)
_APPROVAL = (State.WAITING, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Said:
    """One value of the bar, and where it is explained and changed."""

    name: str
    value: str
    icon: str
    address: str
    tone: str = ""


def values(
    recording: library.RecordingPage, facts: access.RecordingFacts, here: access.FolderFacts, now: datetime
) -> list[Said]:
    """Those of which this person may open the page behind. `here` is what they may in its folder."""
    may = _Rights(facts, here, now)
    said = [_state(recording, may)]
    if may.can(access.Action.SHARE):
        said.append(_reach(recording.id, facts, now))
    if may.is_insider:
        said.append(_policy(recording.id, now))
    if may.can(access.Action.SEE_METADATA):
        plan = plan_of(recording.id, now)
        said += [_hours(recording, plan, may), _keeping(recording.id, plan, may)]
    return [one for one in said if one.address]


class _Rights:
    def __init__(self, facts: access.RecordingFacts, here: access.FolderFacts, now: datetime) -> None:
        self.facts, self._here, self._now = facts, here, now

    def can(self, action: access.Action) -> bool:
        return access.permits(self.facts, action, self._now)

    def can_here(self, action: access.Action) -> bool:
        return access.permits(self._here, action, self._now)

    @property
    def is_insider(self) -> bool:
        return self.facts.is_owner or self.can(access.Action.EDIT_RECORDING)


def _of(page: str, recording_id: RecordingId) -> str:
    return reverse(page, args=[recording_id])


def _state(recording: library.RecordingPage, may: _Rights) -> Said:
    """Beside what it is there is why: what goes on with it, who approves it, what holds it, or from when until when."""
    mark = words.STATES[recording.state]
    if recording.state in _MOVING:
        address = "#progress"
    elif recording.state in _APPROVAL:
        address = "#approval"
    elif recording.state == State.HELD and may.is_insider:
        address = _of("recording_use", recording.id)
    elif may.can(access.Action.SET_AVAILABILITY):
        address = _of("recording_availability", recording.id)
    else:
        address = _of("recording_history", recording.id) if may.can(access.Action.READ_AUDIT) else ""
    return Said(_("State"), str(mark.word), mark.icon, address, mark.tone)


def _reach(recording_id: RecordingId, facts: access.RecordingFacts, now: datetime) -> Said:
    told = {
        access.Audience.RESTRICTED: _("Members only"),
        access.Audience.ORGANISATION: _("Everybody signed in"),
        access.Audience.PUBLIC: _("Anybody"),
    }
    reach = access.audience(facts, access.Action.VIEW, now)
    named = len(access_reads.recording_sharing(recording_id).viewers)
    value = told[reach]
    if named and reach is access.Audience.RESTRICTED:
        value = ngettext("Members and %(count)d other", "Members and %(count)d others", named) % {"count": named}
    return Said(_("Access"), value, "users", _of("recording_explained", recording_id))


def _policy(recording_id: RecordingId, now: datetime) -> Said:
    address = _of("recording_use", recording_id)

    def said(value: str, icon: str, tone: str = "") -> Said:
        return Said(_("Use policy"), value, icon, address, tone)

    case, verdict = policy_reads.find_case(recording_id), policy_reads.find_use_verdict(recording_id, now)
    if case is not None and case.standing.state is CaseState.REFUSED:
        return said(_("Not permitted"), "circle-x", "bad")
    if case is not None:
        return said(_("With the service team"), "hourglass", "warn")
    if UseHold.UNDECLARED in policy_reads.use_holds(recording_id):
        return said(_("To be declared"), "circle-alert", "warn")
    if verdict is None:
        return said(_("Not declared"), "circle-dashed")
    if verdict in (Verdict.PERMITTED, Verdict.EXEMPT):
        return said(_("Permitted"), "circle-check", "good")
    return said(_("Declared"), "circle-check")


def _hours(recording: library.RecordingPage, plan: Plan, may: _Rights) -> Said:
    """What it counts for (R96): its whole length, whatever is cut of it; nothing where it repeats another (R99). As
    stored, or while it is in the archive or on its way back from there as archived (R101)."""
    address = reverse("own_hours") if may.facts.is_owner else ""
    if may.can_here(access.Action.SEE_METERS):
        address = reverse("folder_hours", args=[recording.folder_id])
    seconds = 0 if plan.facts.is_reference else plan.facts.seconds
    told = _("%(hours)s stored") if plan.found.keeping == retention.ONLINE else _("%(hours)s archived")
    return Said(_("Hours"), told % {"hours": words.hours(seconds)}, "clock", address)


def _keeping(recording_id: RecordingId, plan: Plan, may: _Rights) -> Said:
    """What comes first: what was refused goes to the bin when its days of grace are over (R90), whatever the calendar."""
    value, icon = _("No date"), "archive"
    case = policy_reads.find_case(recording_id) if may.is_insider else None
    if case is not None and case.standing.state is CaseState.REFUSED and case.standing.grace_until:
        last = timezone.localdate(case.standing.grace_until)
        return Said(
            _("Keeping"),
            _("In the bin after %(day)s") % {"day": day_word(last)},
            "trash-2",
            _of("recording_use", recording_id),
            "bad",
        )
    if plan.deletion.run:
        value, icon = _("Deleted on %(day)s") % {"day": day_word(plan.deletion.run.day)}, "trash-2"
    elif plan.archive_run:
        value = _("Live until %(day)s") % {"day": day_word(plan.archive_run.day)}
    return Said(_("Keeping"), value, icon, _of("keeping", recording_id))
