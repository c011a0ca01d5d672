"""Availability of folders and recordings: R44 to R50."""

from datetime import UTC, datetime, timedelta

from cathedra.actions import access as actions
from cathedra.actions import publishing
from cathedra.db.models import Course, Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import library
from cathedra.domain import access
from cathedra.domain.access import Action, FolderEnd, FolderRole, FolderSchedule, FolderStart
from cathedra.domain.access import RecordingEnd as End
from cathedra.domain.access import RecordingSchedule as Own
from cathedra.domain.access import RecordingStart as Start
from cathedra.domain.library import CourseKind, FolderKind
from cathedra.domain.terms import PrincipalId
from tests.actions.access.conftest import acting, events
from tests.lectures import lecture


def code(viewer, recording, now):
    return access.decide(reads.recording_facts(viewer, recording), Action.VIEW, now).code


def test_a_folder_opens_and_closes_and_what_inherits_goes_along_r44_r45_r47(cast, inner, calendar, now):
    here, below = lecture(cast.chemistry, cast.alice, now=now), lecture(inner, cast.alice, title="Below", now=now)

    def set_to(by=cast.alice, folder=cast.chemistry, **settings):
        wanted = FolderSchedule(**settings)
        return actions.set_folder_schedule(folder, wanted, calendar=calendar, actor=acting(by), now=now)

    soon, later = now + timedelta(days=1), now + timedelta(days=2)
    for who in (cast.ben, cast.eve):
        assert set_to(by=who).code == "NO_PERMISSION"
    dated = {"start": FolderStart.DATE, "starts_at": soon, "end": FolderEnd.DATE, "ends_at": later}
    assert set_to(by=cast.chloe, **dated).is_permitted, "a Publisher may (R38 row 11)"
    for moment, expected in ((now, "NOT_YET"), (soon, "ALLOW"), (later, "EXPIRED")):
        assert {code(cast.ben, each, moment) for each in (here, below)} == {expected}
    assert set_to(folder=inner, start=FolderStart.NEVER_UNLESS_SESSION).is_permitted
    assert (code(cast.ben, here, soon), code(cast.ben, below, soon)) == ("ALLOW", "NEVER")
    assert set_to(start=FolderStart.DATE, starts_at=later, end=FolderEnd.DATE, ends_at=soon).reasons[0].rule == "R47"
    assert set_to(start=FolderStart.WHEN_APPROVED).reasons[0].rule == "R71"
    assert set_to(release_delay_hours=200).reasons[0].rule == "R49"
    first = events("folder:set_availability")[0]
    assert first.before["start"] is None
    assert first.after["starts_at"] == soon.isoformat()
    assert len(events("folder:set_availability")) == 2


def test_a_recordings_own_settings_win_and_are_cleared_again_r45_r50(cast, calendar, now):
    made = lecture(cast.chemistry, cast.alice, now=now)

    def set_to(wanted, by=cast.alice):
        return actions.set_recording_schedule(made, wanted, calendar=calendar, actor=acting(by), now=now)

    assert set_to(Own(Start.NEVER), by=cast.ben).code == "NO_PERMISSION"
    assert set_to(Own(Start.NEVER), by=cast.chloe).is_permitted
    assert (code(cast.ben, made, now), code(cast.chloe, made, now)) == ("NEVER", "ALLOW")
    assert set_to(Own(Start.DATE, now, End.DATE, now)).reasons[0].rule == "R47"
    actions.set_recording_level(made, access.SharingLevel.ORGANISATION, actor=acting(cast.alice), now=now)
    (override,) = reads.list_overrides(cast.chemistry)
    assert (override.has_level, override.has_schedule) == (True, True)
    follow = {"calendar": calendar, "now": now}
    assert actions.follow_folder(made, actor=acting(cast.chloe), **follow).code == "NO_PERMISSION", "levels: who shares"
    decision, count = actions.clear_overrides(cast.chemistry, calendar=calendar, actor=acting(cast.chloe), now=now)
    assert (decision.code, count, reads.list_overrides(cast.chemistry)[0].has_level) == ("ALLOW", 1, True)
    assert actions.follow_folder(made, actor=acting(cast.alice), **follow).is_permitted
    assert reads.list_overrides(cast.chemistry) == ()
    row = Recording.objects.get(id=made)
    assert (row.start, row.end, row.sharing) == ("with_folder", "with_folder", None)
    assert actions.follow_folder(made, actor=acting(cast.alice), **follow).is_permitted
    assert len(events("recording:follow_folder")) == 1, "what follows already is not written down again"
    set_to(Own(Start.NEVER))
    assert (
        actions.clear_overrides(cast.chemistry, calendar=calendar, actor=acting(cast.ben), now=now)[0].code
        == "NO_PERMISSION"
    )
    assert actions.clear_overrides(cast.chemistry, calendar=calendar, actor=acting(cast.alice), now=now)[1] == 1
    assert events("folder:clear_overrides")[-1].facts == {"recordings": [str(made)], "count": 1}


def test_a_courses_recordings_stay_until_two_weeks_after_the_term_r48(cast, calendar, now):
    department = Folder.objects.get(id=cast.chemistry).department_id
    given = {"full_name": "Chemistry", "kind": CourseKind.AWARD, "department_id": department}
    library.add_course("chem", short_name="IA", academic_year="2026-27", **given)
    Folder.objects.filter(id=cast.chemistry).update(course=Course.objects.get(short_name="IA"))
    writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.VIEWER, now=now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    early, middle = datetime(2026, 12, 18, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)

    def folder(ends_at, reference="", by=cast.alice):
        wanted = FolderSchedule(end=FolderEnd.DATE, ends_at=ends_at)
        more = {"calendar": calendar, "actor": acting(by), "now": now}
        return actions.set_folder_schedule(cast.chemistry, wanted, reference=reference, **more).code

    assert folder(early, "DEC-17") == "ILLEGAL_TRANSITION"
    assert folder(middle) == "BAD_REQUEST"
    assert folder(middle, "DEC-17") == "ALLOW"
    assert folder(early, "DEC-18", by=cast.dev) == "ALLOW", "a service administrator overrides"
    assert [event.reason for event in events("folder:set_availability")] == ["DEC-17", "DEC-18"]
    own = {"calendar": calendar, "actor": acting(cast.alice), "now": now}
    sooner = Own(end=End.DATE, ends_at=early - timedelta(days=1))
    assert actions.set_recording_schedule(made, sooner, reference="DEC-19", **own).code == "ILLEGAL_TRANSITION"
    later = Own(end=End.DATE, ends_at=middle)
    assert actions.set_recording_schedule(made, later, **own).is_permitted, "later than its folder's is no question"
    never = Own(start=Start.NEVER)
    assert actions.set_recording_schedule(made, never, reference="DEC-20", **own).code == "ILLEGAL_TRANSITION"
    closed = FolderSchedule(start=FolderStart.NEVER_UNLESS_SESSION)
    rest = {"reference": "DEC-21", "calendar": calendar, "now": now}
    assert (
        actions.set_folder_schedule(cast.chemistry, closed, actor=acting(cast.alice), **rest).reasons[0].rule == "R48"
    )
    by_dev = actions.set_folder_schedule(cast.chemistry, closed, actor=acting(cast.dev), **rest)
    assert by_dev.is_permitted, "a service administrator overrides"
    Recording.objects.filter(id=made).update(keeping="PURGED")
    writes.set_folder_schedule(cast.chemistry, FolderSchedule())
    assert actions.set_folder_schedule(cast.chemistry, closed, actor=acting(cast.alice), **rest).is_permitted, "empty"


def test_nothing_else_ends_a_courses_recording_early_in_passing_r48(cast, calendar, now):
    """Follow the folder again, all of them, move, inherit again: first the decision of the course is set, and named."""
    Folder.objects.filter(id__in=[cast.chemistry]).update(course=Course.objects.get(academic_year="2026-27"))
    early, middle = datetime(2026, 12, 18, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    made = lecture(cast.chemistry, cast.alice, now=now)
    acts = {"calendar": calendar, "actor": acting(cast.alice), "now": now}
    assert actions.set_recording_schedule(made, Own(end=End.FOREVER), **acts).is_permitted
    writes.set_folder_schedule(cast.chemistry, FolderSchedule(end=FolderEnd.DATE, ends_at=early))
    there = library.add_folder("There", kind=FolderKind.GENERAL, now=now)
    writes.add_member(there, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    Recording.objects.filter(id=made).update(end="with_folder")
    writes.set_folder_schedule(cast.chemistry, FolderSchedule())
    writes.set_folder_schedule(there, FolderSchedule(end=FolderEnd.DATE, ends_at=middle))
    refused = publishing.move_recording(made, there, **acts)
    assert (refused.code, refused.reasons[0].rule) == ("ILLEGAL_TRANSITION", "R48")
    writes.set_folder_schedule(cast.chemistry, FolderSchedule(end=FolderEnd.DATE, ends_at=early))
    Recording.objects.filter(id=made).update(end="forever")
    for refused in (actions.follow_folder(made, **acts), actions.clear_overrides(cast.chemistry, **acts)[0]):
        assert (refused.code, refused.reasons[0].rule) == ("ILLEGAL_TRANSITION", "R48")
        assert "2027" in refused.reasons[0].values["year_end_date"]
    assert Recording.objects.get(id=made).end == "forever"
    assert not events("recording:follow_folder")

    by_course = Own(end=End.DATE, ends_at=middle)
    assert actions.set_recording_schedule(made, by_course, reference="DEC-22", **acts).is_permitted
    assert publishing.move_recording(made, there, **acts).is_permitted, "it ends no earlier there"


def test_to_inherit_again_ends_no_courses_recordings_early_r48(cast, inner, calendar, now):
    Folder.objects.filter(id=inner).update(course=Course.objects.get(academic_year="2026-27"))
    lecture(inner, cast.alice, now=now)
    acts = {"actor": acting(cast.alice), "now": now}
    assert actions.stop_inheriting(inner, keeps_members=True, **acts).is_permitted
    Folder.objects.filter(id=inner).update(end=None)
    early = FolderSchedule(end=FolderEnd.DATE, ends_at=datetime(2026, 12, 18, tzinfo=UTC))
    sharing = reads.folder_sharing(cast.alice, inner)
    seen = access.fingerprint(sharing.members, sharing.level)
    for schedule, rule in ((early, "R48"), (FolderSchedule(), None)):
        writes.set_folder_schedule(cast.chemistry, schedule)
        decision = actions.inherit_again(inner, seen=seen, calendar=calendar, **acts)
        assert (decision.reasons[0].rule if decision.reasons else None) == rule
    assert Folder.objects.get(id=inner).inherits


def test_what_a_folder_above_gives_ends_no_courses_recordings_early_r48(cast, calendar, now):
    """A department's folder, and a course's whose lectures lie in a folder that follows it."""
    year = Course.objects.get(academic_year="2026-27").id
    top = library.add_folder("All of it", kind=FolderKind.DEPARTMENT, now=now)
    course = library.add_folder("Course", kind=FolderKind.COURSE, parent_id=top, course_id=year, now=now)
    lectures = library.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=course, now=now)
    for who, role in ((cast.alice, FolderRole.CREATOR), (cast.ben, FolderRole.VIEWER)):
        writes.add_member(top, PrincipalId(who), role, now=now)
    made = lecture(lectures, cast.alice, now=now)
    early, middle = datetime(2026, 12, 18, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)

    def given(folder_id, reference="", by=cast.alice, **wanted):
        more = {"calendar": calendar, "actor": acting(by), "now": now, "reference": reference}
        return actions.set_folder_schedule(folder_id, FolderSchedule(**wanted), **more)

    never = {"start": FolderStart.NEVER_UNLESS_SESSION}
    for refused in (given(top, "DEC-1", end=FolderEnd.DATE, ends_at=early), given(top, "DEC-1", **never)):
        assert (refused.code, refused.reasons[0].rule) == ("ILLEGAL_TRANSITION", "R48")
    assert given(top, end=FolderEnd.DATE, ends_at=middle).code == "BAD_REQUEST", "the course's decision is asked for"
    assert Folder.objects.get(id=top).end is None
    assert given(top, "DEC-1", end=FolderEnd.DATE, ends_at=middle).is_permitted
    Folder.objects.filter(id__in=[course, lectures]).update(end="forever")
    assert given(top, end=FolderEnd.DATE, ends_at=early).is_permitted, "neither follows in this"
    Folder.objects.filter(id__in=[course, lectures]).update(end=None)
    assert given(top).is_permitted

    assert actions.stop_inheriting(course, keeps_members=True, actor=acting(cast.alice), now=now).is_permitted
    assert given(course, "DEC-2", **never).reasons[0].rule == "R48", "what is below it is shut out too"
    assert access.decide(reads.recording_facts(cast.ben, made), Action.VIEW, now).is_permitted
    assert given(top, **never).is_permitted, "no course follows any more"
    Folder.objects.filter(id=course).update(start=None, end=None)
    sharing = reads.folder_sharing(cast.alice, course)
    seen = access.fingerprint(sharing.members, sharing.level)
    again = actions.inherit_again(course, seen=seen, calendar=calendar, actor=acting(cast.alice), now=now)
    assert (again.code, again.reasons[0].rule) == ("ILLEGAL_TRANSITION", "R48"), "for what follows it"
