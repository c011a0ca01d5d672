"""From when until when (R44 to R49): every setting of folder and recording, and their edges."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from cathedra.domain.access import (
    Availability,
    FolderEnd,
    FolderStart,
    Obstacle,
    RecordingEnd,
    RecordingStart,
    obstacle,
    window,
)

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)

FOLDER_START = {
    "immediately": (FolderStart.IMMEDIATELY, None, None),
    "when approved": (FolderStart.WHEN_APPROVED, None, None),
    "never unless session": (FolderStart.NEVER_UNLESS_SESSION, None, Obstacle.NEVER),
    "date before": (FolderStart.DATE, BEFORE, None),
    "date now": (FolderStart.DATE, NOW, None),
    "date later": (FolderStart.DATE, LATER, Obstacle.NOT_YET),
}
START = {
    "immediately": (RecordingStart.IMMEDIATELY, None, None),
    "with folder": (RecordingStart.WITH_FOLDER, None, "folder"),
    "never": (RecordingStart.NEVER, None, Obstacle.NEVER),
    "date now": (RecordingStart.DATE, NOW, None),
    "date later": (RecordingStart.DATE, LATER, Obstacle.NOT_YET),
}
FOLDER_END = {
    "forever": (FolderEnd.FOREVER, None, None),
    "date now": (FolderEnd.DATE, NOW, Obstacle.EXPIRED),
    "date later": (FolderEnd.DATE, LATER, None),
}
END = {
    "forever": (RecordingEnd.FOREVER, None, None),
    "with folder": (RecordingEnd.WITH_FOLDER, None, "folder"),
    "date now": (RecordingEnd.DATE, NOW, Obstacle.EXPIRED),
    "date later": (RecordingEnd.DATE, LATER, None),
}
ORDER = (Obstacle.NOT_YET, Obstacle.EXPIRED, Obstacle.NEVER)  # R41


def test_nothing_set_is_open_at_once_and_for_ever_r46():
    plain = Availability()
    assert (plain.folder_start, plain.folder_end) == (FolderStart.IMMEDIATELY, FolderEnd.FOREVER)
    assert (plain.start, plain.end) == (RecordingStart.WITH_FOLDER, RecordingEnd.WITH_FOLDER)
    for years in (-50, 0, 50):
        assert obstacle(plain, NOW + timedelta(days=365 * years)) is None


def test_every_setting_against_every_other_r44_r45_r47():
    """The recording's own wins in both directions; the start is inside, the end is not; the order is that of R41."""
    for names in product(FOLDER_START, START, FOLDER_END, END):
        folder_start, start, folder_end, end = (
            table[name] for table, name in zip((FOLDER_START, START, FOLDER_END, END), names, strict=True)
        )
        settings = Availability(
            folder_start[0], folder_start[1], folder_end[0], folder_end[1], start[0], start[1], end[0], end[1]
        )
        found = {
            folder_start[2] if start[2] == "folder" else start[2],
            folder_end[2] if end[2] == "folder" else end[2],
        }
        assert obstacle(settings, NOW) == next((one for one in ORDER if one in found), None), names


def test_the_defaults_let_everything_be_watched_r46():
    assert obstacle(Availability(), NOW) is None
    assert window(Availability()).from_at is window(Availability()).until_at is None


def test_a_scheduled_capture_waits_out_the_delay_and_nothing_else_does_r49():
    def late(**more):
        return Availability(**{"is_capture": True, "ready_at": NOW, "release_delay_hours": 24, **more})

    day = timedelta(hours=24)
    assert obstacle(late(), NOW + day - timedelta(seconds=1)) is Obstacle.NOT_YET
    assert obstacle(late(), NOW + day) is None
    assert window(late()).from_at == NOW + day
    assert obstacle(late(is_capture=False), NOW) is None
    assert obstacle(late(release_delay_hours=0), NOW) is None
    assert obstacle(late(start=RecordingStart.IMMEDIATELY), NOW) is None
    assert obstacle(late(folder_start=FolderStart.WHEN_APPROVED), NOW) is Obstacle.NOT_YET


def test_of_delay_and_date_the_later_counts_r49():
    settings = Availability(
        folder_start=FolderStart.DATE,
        folder_starts_at=NOW + timedelta(hours=2),
        is_capture=True,
        ready_at=NOW,
        release_delay_hours=1,
    )
    assert window(settings).from_at == NOW + timedelta(hours=2)
    assert obstacle(settings, NOW + timedelta(hours=1)) is Obstacle.NOT_YET


def test_a_day_that_people_type_ends_at_its_own_midnight_across_the_clocks_change():
    """Dates arrive as instants: the night the clocks go back, midnight in London is an hour later in UTC."""
    london = ZoneInfo("Europe/London")
    ends = {
        datetime(2026, 10, 25, tzinfo=london): datetime(2026, 10, 24, 23, tzinfo=UTC),
        datetime(2026, 10, 26, tzinfo=london): datetime(2026, 10, 26, 0, tzinfo=UTC),
    }
    for typed, instant in ends.items():
        settings = Availability(end=RecordingEnd.DATE, ends_at=typed.astimezone(UTC))
        assert obstacle(settings, instant - timedelta(seconds=1)) is None
        assert obstacle(settings, instant) is Obstacle.EXPIRED
