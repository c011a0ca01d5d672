"""How notices about what is scheduled in a room, and about the recorders there, are worded (N1 to N5, N43)."""

from collections.abc import Mapping
from datetime import UTC, datetime

from cathedra.domain.notices._words import NoticeKind, Phrase, Topic, Value, Wording
from cathedra.domain.terms import gettext_noop as _

_EXAMPLE: Mapping[str, Value] = {
    "title": "Entropy and the second law",
    "folder": "Part IA Chemistry",
    "since": datetime(2026, 10, 5, 8, 0, tzinfo=UTC),
    "until": datetime(2026, 10, 5, 9, 0, tzinfo=UTC),
    "place": "Lecture Block, LB 1",
}
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")  # of what a letter lists
_SERIES: Mapping[str, Value] = {**_EXAMPLE, "more": "7"}

# What is wrong with a recorder, in the middle of a sentence (R164).
RECORDER_OFFLINE = _("nothing is heard of it, and it should be recording")
RECORDER_SILENT = _("it has recorded for ten minutes without a sound")
RECORDER_FAULT = _("it reports a fault")

# What the check of the night found, each of it a paragraph (R157).
CHECKED: Mapping[str, str] = {
    "NO_RECORDER": _("{what}, {since}: no recorder in use is to record it. Schedule it on one, or call it off."),
    "OTHER_ROOM": _("{what}, {since}: the timetable has it in another room than {place}, where it is to be recorded."),
    "OFFLINE": _("{what}, {since}: nothing is heard of the recorder of {place}."),
    "DISK_LOW": _("{what}, {since}: the recorder of {place} has {free} GB free, which may not be enough."),
    "NO_FOLDER": _("{what}, {since}: the folder that it goes into is in the bin."),
    "NO_CREATOR": _(
        "{what}, {since}: the folder that it goes into has no Creator, so nobody looks after the recording."
    ),
}
NOT_SCHEDULED = _("“{title}” ({event}) of the timetable is not scheduled.")

SCHEDULED: Mapping[NoticeKind, Wording] = {
    NoticeKind.CAPTURE_SCHEDULED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is scheduled in a room"),
        subject=_("Scheduled: “{title}”"),
        paragraphs=(
            _("“{title}” is to be recorded from {since} to {until}, in {place}."),
            _("It goes into {folder}."),
            _("Scheduled with it in the same series: {more}."),
        ),
        way_on=_("If you do not want it recorded, call it off before it begins, or ask a Creator of the folder to."),
        button=_("Look at it"),
        digest=_("{count} recordings of yours are scheduled"),
        is_must=False,
        example=_SERIES,
    ),
    NoticeKind.CAPTURE_MOVED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A scheduled recording is changed: its time, its title or who presents"),
        subject=_("Changed: “{title}”"),
        paragraphs=(
            _("“{title}” is now to be recorded from {since} to {until}, in {place}."),
            _("It goes into {folder}."),
            _("{presenter} presents."),
            _("Changed with it: {more}."),
        ),
        way_on=_("If that is wrong, change it before the end, or ask a Creator of the folder to."),
        button=_("Look at it"),
        digest=_("{count} scheduled recordings are changed"),
        is_must=False,
        example={**_SERIES, "presenter": "Dr Alice Whitfield"},
    ),
    NoticeKind.CAPTURE_CANCELLED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A scheduled recording is called off"),
        subject=_("Not recorded: “{title}”"),
        paragraphs=(
            _("“{title}” was to be recorded from {since} to {until}, in {place}. It was called off."),
            _("The reason that was given: {reason}"),
            _("It was to go into {folder}."),
            _("Called off with it: {more}."),
        ),
        way_on=_("If it should be recorded after all, schedule it again. The recorder is free for others until then."),
        button=_("Look at it"),
        digest=_("{count} scheduled recordings are called off"),
        is_must=True,
        example={**_SERIES, "reason": "The lecturer is ill."},
    ),
    NoticeKind.CAPTURE_MISSED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Nothing was recorded at the time of a scheduled recording"),
        subject=_("Missed: “{title}”"),
        paragraphs=(
            _("“{title}” was to be recorded from {since} to {until}, in {place}. Nothing has arrived."),
            _("It was to go into {folder}."),
        ),
        way_on=_("If the recorder kept it, it comes later by itself. If there is a recording elsewhere, upload that."),
        button=_("Look at it"),
        digest=_("{count} scheduled recordings were missed"),
        is_must=True,
        example=_EXAMPLE,
    ),
    NoticeKind.CAPTURE_CAME_LATE: Wording(
        topic=Topic.RECORDINGS,
        when=_("A scheduled recording that was missed has come after all"),
        subject=_("It came after all: “{title}”"),
        paragraphs=(
            _("“{title}” was to be recorded from {since} to {until}, in {place}, and was thought to be missed."),
            _("The recorder had kept it and has sent it now, so it is being prepared."),
            _("It goes into {folder}."),
        ),
        way_on=_("Watch its beginning and its end to see that all of it is there."),
        button=_("Open the recording"),
        digest=_("{count} scheduled recordings came after all"),
        is_must=False,
        example=_EXAMPLE,
    ),
    NoticeKind.RECORDER_TROUBLE: Wording(
        topic=Topic.RECORDINGS,
        when=_("Something is wrong with a recorder of a room you look after"),
        subject=_("{place}: {problem}"),
        paragraphs=(
            _("The recorder of {place} needs you: {problem}."),
            _("It is to record until {until}."),
            _("It says: {said}"),
        ),
        way_on=_(
            "Go to the room, or ring whoever is there: see that the recorder has power, network, picture and sound."
        ),
        button=_("Open the page"),
        digest=_("Something is wrong with recorders of your rooms, {count} times"),
        is_must=True,
        example={
            "place": "Lecture Block, LB 1",
            "problem": Phrase(RECORDER_OFFLINE),
            "until": datetime(2026, 10, 5, 9, 0, tzinfo=UTC),
            "said": "No signal at input 1",
        },
    ),
    NoticeKind.SCHEDULES_CHECKED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Something is wrong with what is scheduled, at night and once for all of it"),
        subject=_("Before it is recorded, things to see to: {count}"),
        paragraphs=(
            _("We looked at what is to be recorded in the next seven days, and at what the timetable tells."),
            *(f"{{{place}}}" for place in PLACES),
            _("There is more like this: {more}."),
        ),
        way_on=_("What you put right today is not told again tomorrow."),
        button=_("See what is scheduled"),
        digest=_("What is scheduled was looked at {count} times"),
        is_must=True,
        example={
            **dict.fromkeys(PLACES, ""),
            "count": "2",
            "first": Phrase(
                CHECKED["OFFLINE"],
                {
                    "what": "“Entropy and the second law”",
                    "since": datetime(2026, 10, 5, 8, 0, tzinfo=UTC),
                    "place": "Lecture Block, LB 1",
                },
            ),
            "second": Phrase(
                CHECKED["NO_CREATOR"],
                {"what": "“Catalysis”", "since": datetime(2026, 10, 6, 8, 0, tzinfo=UTC), "place": "Annexe, A 2"},
            ),
            "more": "",
        },
    ),
}
