"""What may be scheduled in a room, changed and called off (R151 to R154; T2 to T4, T6)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cathedra.domain.terms import Code, Decision, Effect, Reason, deny, permit
from cathedra.domain.terms import gettext_noop as _

CANCEL_CHARACTERS = 500
MISSED_AFTER = timedelta(minutes=30)  # after the end, T6
_WAITS, _RUNS = "SCHEDULED", "RECORDING"  # of the library's states of media


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `starts_at` up to and without `ends_at`: what follows back to back shares nothing with it (R153)."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether any moment belongs to both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def whole_minutes(span: Span) -> Span:
    """Recorders and people keep time by the minute: what is said more exactly is cut to it (R151)."""
    return Span(*(one.replace(second=0, microsecond=0) for one in (span.starts_at, span.ends_at)))


@dataclass(frozen=True, slots=True)
class Taken:
    """What is scheduled on the same recorder already. `title` is None for whoever may not see it (R153)."""

    span: Span
    title: str | None = None


@dataclass(frozen=True, slots=True)
class RoomRecorder:
    """A recorder that is asked for. `may`: this person schedules on it (R152)."""

    name: str
    may: bool
    keeps_primary: bool
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """What somebody would schedule. `may` is the access rule's answer for the folder (R38 row 4)."""

    may: Decision
    title: str
    span: Span
    recorders: tuple[RoomRecorder, ...]
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A schedule as it stands and who would change it. `may` is the access rule's answer."""

    may: Decision
    media: str
    span: Span


def decide_scheduling(facts: ScheduleFacts, *, max_hours: int, now: datetime) -> Decision:
    """T2: may this be scheduled? The declaration is asked for on its own, before anything is put away (R84)."""
    if not facts.may.is_permitted:
        return facts.may
    if not facts.title.strip():
        return deny(Code.BAD_REQUEST, "R151", _("Give the recording a title, so that people find it."))
    for refusal in (
        _decide_recorders(facts.recorders),
        _decide_length(facts.span, max_hours),
        _decide_future(facts.span, now),
        _decide_free(facts.span, facts.taken),
    ):
        if refusal is not None:
            return refusal
    return permit()


def decide_change(
    before: Standing, after: Span, *, taken: Sequence[Taken] = (), max_hours: int, now: datetime
) -> Decision:
    """T3 and R154: other times, up to the end; while it is being recorded, its end alone. What leaves the times as they
    are (a title, a presenter) asks the same."""
    if not before.may.is_permitted:
        return before.may
    starts_anew = after.starts_at != before.span.starts_at
    for refusal in (
        _decide_open(before, now),
        _decide_started(before) if starts_anew else None,
        _decide_length(after, max_hours),
        _decide_future(after if starts_anew else Span(now + timedelta.resolution, after.ends_at), now),
        _decide_free(after, taken),
    ):
        if refusal is not None:
            return refusal
    return permit()


def decide_cancel(standing: Standing, *, now: datetime) -> Decision:
    """T4: it may be called off until its end, unless it has begun (R154)."""
    if not standing.may.is_permitted:
        return standing.may
    return _decide_open(standing, now) or _decide_started(standing) or permit()


def decide_details(standing: Standing, *, now: datetime) -> Decision:
    """R154: another title or presenter, up to the end."""
    if not standing.may.is_permitted:
        return standing.may
    return _decide_open(standing, now) or permit()


def decide_reason(reason: str) -> Decision:
    """N3: why it is called off may be left out, and is read in a notice."""
    if len(reason) <= CANCEL_CHARACTERS:
        return permit()
    return deny(
        Code.BAD_REQUEST,
        "T4",
        _("Say why it is called off in {most} characters or fewer."),
        most=str(CANCEL_CHARACTERS),
    )


def called_off(*, goes_on: bool, chosen_stays: bool) -> Decision:
    """Yes, and what of a series stays although somebody might think that it does not (R155)."""
    if goes_on:
        sentence = _("What is being recorded now goes on. Those of its series that follow are called off.")
    elif chosen_stays:
        sentence = _(
            "The one that you chose is over and stays as it is. Those of its series that follow are called off."
        )
    else:
        return permit()
    return Decision(Effect.PERMIT, (Reason(Code.ALLOW, "R155", sentence),))


def goes_along(standing: Standing, after: Span, now: datetime) -> bool:
    """Whether another one of the series can follow a change of times: what has begun, or should have, keeps its start, and
    is left where it is when that would change (R154, R155)."""
    if after.starts_at == standing.span.starts_at:
        return True
    return standing.media == _WAITS and max(standing.span.starts_at, after.starts_at) > now


def decide_apart(wanted: Iterable[tuple[Span, Collection[int]]]) -> Decision:
    """R153 among those that go to other times together: no recorder is needed twice at any moment."""
    by_recorder: dict[int, list[Span]] = {}
    for span, recorder_ids in wanted:
        for one in recorder_ids:
            by_recorder.setdefault(one, []).append(span)
    for spans in by_recorder.values():
        for before, after in pairwise(sorted(spans)):
            if before.overlaps(after):
                return deny(
                    Code.CONFLICT,
                    "R153",
                    _("Two of the series would be recorded here at once, from {from_at} on. Change them one by one."),
                    from_at=after.starts_at.isoformat(),
                )
    return permit()


def is_missed(media: str, span: Span, *, was_heard_of: bool, now: datetime) -> bool:
    """T6: half an hour after its end nothing has come of it, and its recorder has told nothing."""
    return media == _WAITS and not was_heard_of and now >= span.ends_at + MISSED_AFTER


def free_parts(span: Span, taken: Iterable[Taken]) -> tuple[Span, ...]:
    """What is left of it beside what is taken, in order (R153)."""
    parts, since = [], span.starts_at
    for other in sorted(one.span for one in taken if one.span.overlaps(span)):
        if other.starts_at > since:
            parts.append(Span(since, other.starts_at))
        since = max(since, other.ends_at)
    if since < span.ends_at:
        parts.append(Span(since, span.ends_at))
    return tuple(parts)


def free_part(span: Span, taken: Iterable[Taken]) -> Span | None:
    """The part that is offered in its place, and used only when somebody says so: the longest, of two the earlier; None
    when all of it is taken (R153)."""
    return max(free_parts(span, taken), key=lambda part: part.ends_at - part.starts_at, default=None)


def _decide_recorders(recorders: tuple[RoomRecorder, ...]) -> Decision | None:
    if not recorders:
        return deny(Code.BAD_REQUEST, "R151", _("Choose the recorder that is to record it."))
    for one in recorders:
        if not one.may:
            return deny(
                Code.NO_PERMISSION,
                "R152",
                _("You may not schedule on {name}. Ask whoever looks after the room, or choose another recorder."),
                name=one.name,
            )
        if one.is_retired:
            return deny(
                Code.CONFLICT, "R151", _("{name} is not in use any more. Choose another recorder."), name=one.name
            )
    if not any(one.keeps_primary for one in recorders):
        return deny(
            Code.BAD_REQUEST,
            "R151",
            _("None of these recorders keeps the main picture and sound. Choose one that does as well."),
        )
    return None


def _decide_length(span: Span, max_hours: int) -> Decision | None:
    if span.starts_at == span.ends_at:
        return deny(Code.BAD_REQUEST, "R151", _("It would not last a minute. Put the end later."))
    if span.starts_at > span.ends_at:
        return deny(Code.BAD_REQUEST, "R151", _("It would end before it starts. Put the end after the start."))
    if span.ends_at - span.starts_at > timedelta(hours=max_hours):
        return deny(
            Code.BAD_REQUEST,
            "R151",
            _("A scheduled recording lasts {hours} hours at most. Shorten it, or schedule it in parts."),
            hours=str(max_hours),
        )
    return None


def _decide_future(span: Span, now: datetime) -> Decision | None:
    if span.starts_at > now and span.ends_at > now:
        return None
    return deny(Code.BAD_REQUEST, "R151", _("This time has passed. Choose a start and an end that are still to come."))


def _decide_free(span: Span, taken: Iterable[Taken]) -> Decision | None:
    found = min((one for one in taken if one.span.overlaps(span)), key=lambda one: one.span, default=None)
    if found is None:
        return None
    times = {"from_at": found.span.starts_at.isoformat(), "until_at": found.span.ends_at.isoformat()}
    if found.title is None:
        return deny(
            Code.CONFLICT,
            "R153",
            _("Something else is recorded here from {from_at} to {until_at}. Choose another time, or the free part."),
            **times,
        )
    return deny(
        Code.CONFLICT,
        "R153",
        _("“{title}” is recorded here from {from_at} to {until_at}. Choose another time, or the free part."),
        title=found.title,
        **times,
    )


def _decide_open(standing: Standing, now: datetime) -> Decision | None:
    if standing.media not in (_WAITS, _RUNS):
        return deny(
            Code.ILLEGAL_TRANSITION, "R54", _("This is not scheduled any more, so there is nothing to change about it.")
        )
    if now >= standing.span.ends_at:
        return deny(
            Code.CONFLICT,
            "R154",
            _("The time of this recording is over. What was scheduled can be changed until its end."),
        )
    return None


def _decide_started(standing: Standing) -> Decision | None:
    if standing.media == _WAITS:
        return None
    return deny(
        Code.ILLEGAL_TRANSITION,
        "R154",
        _("This is being recorded already. Its end can be changed, but not its start, and it cannot be called off."),
    )
