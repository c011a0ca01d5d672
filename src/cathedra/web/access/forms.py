"""Forms of sharing and availability."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import (
    MOST_DELAY_HOURS,
    Downloads,
    FolderEnd,
    FolderRole,
    FolderSchedule,
    FolderStart,
    RecordingEnd,
    RecordingSchedule,
    RecordingStart,
    SharingLevel,
)
from cathedra.web import words
from cathedra.web.pickers import PeopleField

_MINUTE = "%Y-%m-%dT%H:%M"
_AS_FOLDER = "folder"  # the choice to follow: the recording its folder, the folder the one above


class AddViewers(forms.Form):
    """People and groups to let in."""

    people = PeopleField(label=_("People and groups"))
    tells = forms.BooleanField(label=_("Tell them"), required=False)


class AddMembers(AddViewers):
    """People and groups to give a role on a folder."""

    field_order = ("people", "role", "tells")
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *data: Any, roles: Collection[FolderRole], **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["role"].choices = [(role, words.FOLDER_ROLES[role]) for role in roles]  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only


class Level(forms.Form):
    """How far something is shared."""

    level = forms.ChoiceField(label=_("Shared with"))

    def __init__(self, *data: Any, cap: SharingLevel, now: SharingLevel | None, is_recording: bool = False) -> None:
        super().__init__(*data, initial={"level": now or _AS_FOLDER}, prefix="level")
        offered = [level for level in SharingLevel if not access.is_above(level, cap) or level is now]
        choices = [(str(level), words.LEVELS[level]) for level in offered]
        if is_recording:
            choices.insert(0, (_AS_FOLDER, str(_("As its folder"))))
        self.fields["level"].choices = choices  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only

    def chosen(self) -> SharingLevel | None:
        """The level; None is as the folder."""
        text = self.cleaned_data["level"]
        return SharingLevel(text) if text != _AS_FOLDER else None


class DownloadPolicy(forms.Form):
    """Who may download (R204)."""

    policy = forms.ChoiceField(label=_("Who may download"))

    def __init__(self, data: Any, *, own: Downloads | None, offered: Collection[Downloads], follows: str) -> None:
        super().__init__(data, initial={"policy": own or _AS_FOLDER}, prefix="downloads")
        choices = [(_AS_FOLDER, follows)] if follows else []
        choices += [(str(each), str(words.DOWNLOADS[each])) for each in offered]
        self.fields["policy"].choices = choices  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only

    @classmethod
    def of_folder(cls, sharing: reads.FolderSharing, data: Any = None) -> "DownloadPolicy":
        """A folder may follow the one above; one that follows none has the site's policy until it says otherwise."""
        follows = str(_("As the folder above")) if sharing.inherits else ""
        own = sharing.own_downloads if sharing.inherits else sharing.downloads
        return cls(data, own=own, offered=tuple(Downloads), follows=follows)

    @classmethod
    def of_recording(cls, sharing: reads.RecordingSharing, data: Any = None) -> "DownloadPolicy":
        """A recording follows its folder or is stricter."""
        return cls(data, own=sharing.downloads, offered=access.OWN_DOWNLOADS, follows=str(_("As its folder")))

    def chosen(self) -> Downloads | None:
        """The policy; None is to follow."""
        text = self.cleaned_data["policy"]
        return Downloads(text) if text != _AS_FOLDER else None


class Restrict(forms.Form):
    """Who alone shall see a recording."""

    people = PeopleField(label=_("People and groups who may see it"))
    name = forms.CharField(
        label=_("Name of the folder"),
        max_length=200,
        help_text=_("A folder that is there for exactly these people is used again, whatever it is called."),
    )


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=_MINUTE, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, required=False, input_formats=[_MINUTE, "%Y-%m-%dT%H:%M:%S"], widget=widget)


class _Schedule(forms.Form):
    start = forms.ChoiceField(label=_("Can be watched"))
    starts_at = _moment(_("From"))
    end = forms.ChoiceField(label=_("Ends"))
    ends_at = _moment(_("Until"))
    reference = forms.CharField(
        label=_("Reference of the course's decision"),
        required=False,
        max_length=200,
        help_text=_("Needed when recordings of a course end before the academic year does. It is kept in the history."),
    )

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [(str(value), label) for value, label in choices]  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only

    def _at(self, side: str) -> datetime | None:
        is_dated = self.cleaned_data[side] == "date"
        return self.cleaned_data[f"{side}s_at"] if is_dated else None


class FolderTimes(_Schedule):
    """When the recordings of a folder can be watched."""

    field_order = ("start", "starts_at", "end", "ends_at", "release_delay_hours", "reference")
    release_delay_hours = forms.IntegerField(
        label=_("Hours before a scheduled capture is available"),
        required=False,
        min_value=0,
        max_value=MOST_DELAY_HOURS,
        help_text=_("Time to edit it first: 0 to 168 hours."),
    )

    def __init__(self, *data: Any, own: FolderSchedule, inherits: bool, needs_approval: bool, is_course: bool) -> None:
        super().__init__(*data, initial=_initial(own, inherits=inherits))
        self.own, self.inherits = own, inherits
        above: list[tuple[str, Any]] = [(_AS_FOLDER, _("As the folder above"))] if inherits else []
        self._offer("start", [*above, *_besides(words.FOLDER_STARTS, FolderStart.WHEN_APPROVED)])
        self._offer("end", [*above, *words.FOLDER_ENDS.items()])
        if needs_approval:
            del self.fields["start"], self.fields["starts_at"]
        if not is_course:
            del self.fields["reference"]

    def chosen(self) -> FolderSchedule:
        """The settings; what is not asked for here stays."""
        given = self.cleaned_data
        start = FolderStart(given["start"]) if given.get("start", _AS_FOLDER) != _AS_FOLDER else None
        end = FolderEnd(given["end"]) if given["end"] != _AS_FOLDER else None
        keeps_start = "start" not in self.fields or (not self.inherits and _is_plain(self.own.start, start))
        keeps_end = not self.inherits and self.own.end is None and end is FolderEnd.FOREVER
        return FolderSchedule(
            start=self.own.start if keeps_start else start,
            starts_at=self.own.starts_at if keeps_start else self._at("start"),
            end=None if keeps_end else end,
            ends_at=self._at("end"),
            release_delay_hours=given["release_delay_hours"],
        )


def _is_plain(own: FolderStart | None, chosen: FolderStart | None) -> bool:
    """The default was left as it was."""
    return own is None and chosen is FolderStart.IMMEDIATELY


def _initial(own: FolderSchedule, *, inherits: bool) -> dict[str, Any]:
    return {
        "start": own.start or (_AS_FOLDER if inherits else FolderStart.IMMEDIATELY),
        "starts_at": own.starts_at,
        "end": own.end or (_AS_FOLDER if inherits else FolderEnd.FOREVER),
        "ends_at": own.ends_at,
        "release_delay_hours": own.release_delay_hours,
    }


def _besides(labels: Mapping[FolderStart, str], left_out: FolderStart) -> list[tuple[str, str]]:
    return [(value, label) for value, label in labels.items() if value is not left_out]


class RecordingTimes(_Schedule):
    """When one recording can be watched."""

    def __init__(self, *data: Any, own: RecordingSchedule, is_course: bool) -> None:
        initial = {"start": own.start, "starts_at": own.starts_at, "end": own.end, "ends_at": own.ends_at}
        super().__init__(*data, initial=initial)
        self._offer("start", words.RECORDING_STARTS.items())
        self._offer("end", words.RECORDING_ENDS.items())
        if not is_course:
            del self.fields["reference"]

    def chosen(self) -> RecordingSchedule:
        """The settings."""
        start, end = RecordingStart(self.cleaned_data["start"]), RecordingEnd(self.cleaned_data["end"])
        return RecordingSchedule(start, self._at("start"), end, self._at("end"))


class CheckPerson(forms.Form):
    """Whose access to explain."""

    person = PeopleField(single=True, groups=False, label=_("Person"))


class Answer(forms.Form):
    """What to say to somebody who asked for access."""

    message = forms.CharField(
        label=_("Message"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
