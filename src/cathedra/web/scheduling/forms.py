"""Forms of schedules: what to record, when and where; another time; calling off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cathedra.db.reads.scheduling import RecorderChoice
from cathedra.domain.ingest import CANCEL_CHARACTERS, Occurrence, Reach, Repeat, Span, reached
from cathedra.domain.library import NAME_LIMIT
from cathedra.web.pickers import PeopleField

_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)  # farther off, no calendar is sure of its days
_FAR = gettext_lazy("Give a day that is nearer.")
WEEKDAYS: tuple[tuple[int, Any], ...] = (
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
)


class _Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick; the summary of what is wrong leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


class _Elsewhere(forms.HiddenInput):
    """Stands for questions that a template of their own shows; the summary of what is wrong leads to their heading."""

    input_type = "text"

    def id_for_label(self, id_: str) -> str:
        return "declaring"


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick. `is_beside`: a recorder that records beside another only (R151)."""

    id: str
    value: str
    label: str
    is_ticked: bool
    is_beside: bool = False


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(
            attrs={"type": "date", "min": _FIRST.isoformat(), "max": _LAST.isoformat()}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(_FIRST, _FAR), MaxValueValidator(_LAST, _FAR)],
        error_messages={
            "invalid": gettext_lazy("Give a day as year, month, day: 2026-11-30."),
            "required": gettext_lazy("Give the day."),
        },
        **options,
    )


def _clock(label: Any, missing: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={"invalid": gettext_lazy("Give a time as hours and minutes: 09:05."), "required": missing},
    )


class Times(forms.Form):
    """When, by the clock on the wall of the site."""

    day = _day(gettext_lazy("Day"))
    start = _clock(gettext_lazy("Starts"), gettext_lazy("Give the time when it starts."))
    end = _clock(gettext_lazy("Ends"), gettext_lazy("Give the time when it ends."))

    def span(self, zone: ZoneInfo) -> Span:
        """As instants; only of a form without errors."""
        given = self.cleaned_data
        return Span(_instant(given["day"], given["start"], zone), _instant(given["day"], given["end"], zone))


class Wish(Times):
    """What to record in a room (R151)."""

    field_order = ("title", "day", "start", "end", "recorders", "presenter", "weekdays", "until", "use")
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=NAME_LIMIT,
        error_messages={"required": gettext_lazy("Give the recording a title, so that people find it.")},
    )
    recorders = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Recorder"),
        coerce=int,
        widget=_Ticks,
        error_messages={
            "required": gettext_lazy("Choose the recorder that is to record it."),
            "invalid_choice": gettext_lazy("There is no such recorder. Choose one from the list."),
        },
    )
    presenter = PeopleField(
        single=True,
        groups=False,
        label=gettext_lazy("Presenter"),
        required=False,
        help_text=gettext_lazy("A login name. Whoever presents owns the recording; leave it empty to own it yourself."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On these weekdays"), choices=WEEKDAYS, coerce=int, required=False, widget=_Ticks
    )
    until = _day(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Give a last day to repeat it every week, for twelve months at most."),
    )
    use = forms.CharField(required=False, widget=_Elsewhere)

    def __init__(self, *data: Any, choices: Sequence[RecorderChoice], **options: Any) -> None:
        super().__init__(*data, **options)
        self._recorders = choices
        self.fields["recorders"].choices = [(one.id, one.name) for one in choices]  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("weekdays") and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Give the last day on which it is repeated, or choose no weekdays."))

    def repeat(self) -> Repeat | None:
        """None for a single one. Where no weekday is chosen it is the first day's."""
        given = self.cleaned_data
        if not given.get("until"):
            return None
        return Repeat(frozenset(given["weekdays"]) or frozenset({given["day"].weekday()}), given["until"])

    def rooms(self) -> Iterator[tuple[str, list[Box]]]:
        """The recorders to choose from, by facility."""
        ticked = {str(one) for one in self["recorders"].value() or ()}
        rooms: dict[str, list[Box]] = {}
        for place, one in enumerate(self._recorders):
            box = Box(f"id_recorders_{place}", str(one.id), one.name, str(one.id) in ticked, not one.keeps_primary)
            rooms.setdefault(one.facility, []).append(box)
        yield from rooms.items()

    def days(self) -> list[Box]:
        """The weekdays to choose from."""
        ticked = {str(one) for one in self["weekdays"].value() or ()}
        return [
            Box(f"id_weekdays_{number}", str(number), str(name), str(number) in ticked) for number, name in WEEKDAYS
        ]

    def is_repeated(self) -> bool:
        """Whether the part about repeating stands open."""
        return bool(self["until"].value() or self["weekdays"].value() or {"until", "weekdays"} & self.errors.keys())


class Reached(forms.Form):
    """How much of a series it is for (R155); a single one asks nothing. `series` are those that wait, `chosen` may be
    another one: what runs or is over."""

    keeps_chosen = False  # whether the chosen one stays as it is, unless it waits

    reach = forms.ChoiceField(required=False)

    def __init__(
        self, *data: Any, series: Sequence[Occurrence], chosen: Occurrence, now: datetime, **options: Any
    ) -> None:
        super().__init__(*data, **options)
        self._series, self._chosen, self._now = series, chosen, now
        is_waiting = any(one.recording_id == chosen.recording_id for one in series)
        self._is_counted = is_waiting or not series or not self.keeps_chosen
        self.fields["reach"].choices = [(each, each) for each in Reach]  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only

    def chosen_reach(self) -> Reach:
        """The first that there is, where nothing else was chosen: this one alone, unless it stays as it is."""
        return Reach(self.cleaned_data.get("reach") or self._offered()[0][0])

    def count(self, reach: Reach) -> int:
        """For how many that is."""
        found = reached(self._series, self._chosen, reach, now=self._now)
        return sum(self._is_counted or one.recording_id != self._chosen.recording_id for one in found)

    def reaches(self) -> list[Box]:
        """What there is to choose, each with how many that is."""
        offered = self._offered()
        wanted = self["reach"].value() or offered[0][0]
        found = []
        for each, count in offered:
            one, several = _REACHES[each] if self._is_counted else _REACHES_BESIDE[each]
            label = str((several if count > 1 else one) % {"count": count})
            found.append(Box(f"id_reach_{each}", each, label, each == wanted))
        return found

    def _offered(self) -> list[tuple[Reach, int]]:
        least = {Reach.THIS: 1} if self._is_counted else {}
        counts = [(each, self.count(each)) for each in Reach]
        found = [(each, count) for each, count in counts if count >= least.get(each, 2 if self._is_counted else 1)]
        return found or [(Reach.THIS, 1)]


class Moved(Times, Reached):
    """Another time."""


class CallOff(Reached):
    """Nothing is recorded. Why may be left out (N3)."""

    keeps_chosen = True

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=CANCEL_CHARACTERS,
        help_text=gettext_lazy("You may leave this empty. Those who are told read it."),
    )


class Named(Reached):
    """Another title or presenter (R154)."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=NAME_LIMIT,
        error_messages={"required": gettext_lazy("Give the recording a title, so that people find it.")},
    )
    presenter = PeopleField(
        single=True,
        groups=False,
        label=gettext_lazy("Presenter"),
        required=False,
        help_text=gettext_lazy(
            "A login name. Whoever presents owns the recording. Leave it empty to change nothing about that."
        ),
    )


_REACHES: Mapping[Reach, tuple[Any, Any]] = {
    Reach.THIS: (gettext_lazy("This one only"), gettext_lazy("This one only")),
    Reach.FOLLOWING: (
        gettext_lazy("This one and those that follow"),
        gettext_lazy("This one and those that follow: %(count)d recordings"),
    ),
    Reach.ALL: (gettext_lazy("All of the series"), gettext_lazy("All of the series: %(count)d recordings")),
}
_REACHES_BESIDE: Mapping[Reach, tuple[Any, Any]] = {
    Reach.THIS: _REACHES[Reach.THIS],
    Reach.FOLLOWING: (gettext_lazy("The one that follows"), gettext_lazy("Those that follow: %(count)d recordings")),
    Reach.ALL: (
        gettext_lazy("The other one of the series"),
        gettext_lazy("All others of the series: %(count)d recordings"),
    ),
}


def at(span: Span, zone: ZoneInfo) -> Mapping[str, Any]:
    """The initial values of `Times` for what is scheduled already."""
    start, end = span.starts_at.astimezone(zone), span.ends_at.astimezone(zone)
    return {"day": start.date(), "start": start.time(), "end": end.time()}


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
