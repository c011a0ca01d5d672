"""Where a refusal stands in the form, and what is offered where something is in the way (R151 to R155)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cathedra import wiring
from cathedra.actions.scheduling import ScheduleWish
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import RecorderChoice
from cathedra.domain import ingest
from cathedra.domain.ingest import Span, Taken
from cathedra.domain.terms import Code, Decision, RecordingId
from cathedra.web.page_tags import day_word

MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """What is left beside what is taken. `label` says what is asked for by taking it; `parts` are those of a series that
    would be shorter, and `more` of them are not named."""

    label: str
    parts: tuple[str, ...] = ()
    more: int = 0


def is_hidden(decision: Decision) -> bool:
    """The folder is not theirs any more; a recorder that is not stands at its field."""
    return (
        decision.code in (Code.NO_PERMISSION, Code.SIGN_IN, Code.EULA_REQUIRED) and decision.reasons[0].rule != "R152"
    )


def is_taken(decision: Decision) -> bool:
    """Whether something else is scheduled there (R153)."""
    return decision.reasons[0].rule == "R153"


def field_of(decision: Decision, wish: ScheduleWish, choices: Sequence[RecorderChoice]) -> str | None:
    """The field that a refusal is about; None for the whole form."""
    rule = decision.reasons[0].rule
    if rule in ("R152", "R153", "R155"):
        return {"R152": "recorders", "R153": "start", "R155": "until"}[rule]
    if rule == "R151":
        return _of_r151(decision, wish, choices)
    return None if decision.code is Code.AUP_REQUIRED else "use"


def _of_r151(decision: Decision, wish: ScheduleWish, choices: Sequence[RecorderChoice]) -> str:
    chosen = [one for one in choices if one.id in wish.recorder_ids]
    if decision.code is not Code.BAD_REQUEST or not any(one.keeps_primary for one in chosen):
        return "recorders"
    if wish.span.starts_at >= wish.span.ends_at or "hours" in decision.reasons[0].values:
        return "end"
    return "day"


def offer(wish: ScheduleWish, zone: ZoneInfo) -> Offer | None:
    """None where of one of them nothing is left, so that taking what is free would be refused as well."""
    spans = ingest.occurrences(wish.span, wish.repeat, zone) if wish.repeat else (wish.span,)
    shorter = []
    for span in spans:
        part = free_part(wish.recorder_ids, span)
        if part is None:
            return None
        if part != span:
            shorter.append(part)
    if wish.repeat is None:
        return offer_of(wish.span, shorter[0] if shorter else None, zone)
    told = tuple(f"{day_word(part.starts_at.astimezone(zone).date())}, {hours(part, zone)}" for part in shorter)
    return Offer(_("Use the free parts"), told[:MOST_TOLD], max(0, len(told) - MOST_TOLD)) if told else None


def offer_of(span: Span, part: Span | None, zone: ZoneInfo) -> Offer | None:
    """The free part of one, where there is one and it is not the whole."""
    if part is None or part == span:
        return None
    return Offer(_("Use the free part: %(times)s") % {"times": hours(part, zone)})


def free_part(recorder_ids: Sequence[int], span: Span, *, beside: Collection[RecordingId] = ()) -> Span | None:
    """When the recorders are free in this time but for these recordings, without a word of what takes the rest."""
    return ingest.free_part(span, (Taken(one.span) for one in reads.list_taken(recorder_ids, span, beside=beside)))


def times(span: Span, zone: ZoneInfo) -> str:
    """The day, and from when to when: Mon 5 Oct 2026, 10:00 to 11:00."""
    start, end = span.starts_at.astimezone(zone).date(), span.ends_at.astimezone(zone).date()
    if start == end:
        return f"{day_word(start)}, {hours(span, zone)}"
    return _("%(start)s to %(end)s") % {"start": wiring.in_words(span.starts_at), "end": wiring.in_words(span.ends_at)}


def hours(span: Span, zone: ZoneInfo) -> str:
    """From when to when, by the clock."""
    start, end = (each.astimezone(zone).strftime("%H:%M") for each in (span.starts_at, span.ends_at))
    return _("%(start)s to %(end)s") % {"start": start, "end": end}
