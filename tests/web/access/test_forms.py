"""The forms turn what is chosen into settings, and keep what they do not ask for."""

from cathedra.domain.access import FolderEnd, FolderSchedule, FolderStart, RecordingSchedule, SharingLevel
from cathedra.domain.access import RecordingStart as Start
from cathedra.web.access.forms import FolderTimes, Level, RecordingTimes


def times(data, own, *, inherits=False, needs_approval=False):
    form = FolderTimes(data, own=own, inherits=inherits, needs_approval=needs_approval, is_course=False)
    assert form.is_valid(), form.errors
    return form.chosen()


def test_what_was_left_alone_stays_unset_r46():
    plain = {"start": "immediately", "end": "forever"}
    assert times(plain, FolderSchedule()) == FolderSchedule()
    explicit = FolderSchedule(FolderStart.NEVER_UNLESS_SESSION, None, FolderEnd.FOREVER)
    assert times(plain, explicit) == FolderSchedule(FolderStart.IMMEDIATELY, None, FolderEnd.FOREVER)
    inherited = times({"start": "folder", "end": "folder"}, explicit, inherits=True)
    assert inherited == FolderSchedule()
    assert times(plain, FolderSchedule(), inherits=True).start is FolderStart.IMMEDIATELY
    approved = FolderSchedule(FolderStart.WHEN_APPROVED)
    assert times({"start": "never_unless_session", "end": "forever"}, approved, needs_approval=True) == approved


def test_a_day_without_its_choice_is_dropped_r44():
    form = RecordingTimes(
        {"start": "immediately", "starts_at": "2030-01-01T00:00", "end": "with_folder"},
        own=RecordingSchedule(),
        is_course=False,
    )
    assert form.is_valid()
    assert form.chosen() == RecordingSchedule(Start.IMMEDIATELY)


def test_levels_are_offered_as_far_as_the_cap_and_the_present_one_r33():
    def offered(now, **more):
        form = Level(cap=SharingLevel.ORGANISATION_UNLISTED, now=now, **more)
        return [value for value, _ in form.fields["level"].choices]

    assert offered(None) == ["restricted", "organisation_unlisted"]
    assert offered(SharingLevel.PUBLIC) == ["restricted", "organisation_unlisted", "public"]
    assert offered(None, is_recording=True)[0] == "folder"
