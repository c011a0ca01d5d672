"""Folders and recordings as lists: who sees what, in which order, in how many questions."""

from datetime import timedelta

import pytest
from django.db import connection

from cathedra.db import sql
from cathedra.db.models import Account, Folder, Hold, Principal, Recording, RecordingViewer
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import library as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library as writes
from cathedra.db.writes import people
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Keeping, MediaState, Publication, State
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import FolderNotFound, PrincipalId, RecordingNotFound
from tests.lectures import lecture


def titles(page):
    return [row.title for row in page.rows]


def test_viewers_are_shown_what_is_published_and_creators_what_is_on_its_way(cast, now):
    lecture(cast.chemistry, cast.alice, title="published", now=now)
    lecture(cast.chemistry, cast.alice, title="processing", media=MediaState.PREPARING, now=now)
    lecture(cast.chemistry, cast.alice, title="waiting", publication=Publication.WAITING, now=now)
    lecture(cast.chemistry, cast.alice, title="binned", keeping=Keeping.RECYCLED, now=now)
    seen = {
        name: set(titles(reads.list_recordings(getattr(cast, name), cast.chemistry, now=now)))
        for name in ("alice", "ben", "chloe", "dev", "eve")
    }
    assert seen == {
        "alice": {"published", "processing", "waiting"},
        "ben": {"published"},
        "chloe": {"published", "processing", "waiting"},
        "dev": set(),
        "eve": set(),
    }


@pytest.mark.parametrize("order", list(reads.RecordingOrder))
def test_pages_by_key_show_every_recording_once_in_order(cast, now, order):
    names = ["Beta", "alpha", "Gamma", "alpha", "delta", "Epsilon", "zeta"]
    for place, name in enumerate(names):
        owner = cast.alice if place % 3 else cast.chloe
        long = 60_000 * (place % 4 + 1)
        lecture(cast.chemistry, owner, title=name, now=now + timedelta(hours=place // 2), duration_ms=long)
    seen, after = [], ""
    for _ in range(10):
        page = reads.list_recordings(cast.ben, cast.chemistry, order=order, after=after, limit=3, now=now)
        seen += page.rows
        after = page.after
        if not after:
            break
    assert len({row.id for row in seen}) == len(seen) == len(names)
    key = {
        "title": lambda row: row.title.lower(),
        "length": lambda row: row.duration_ms,
        "state": lambda row: row.state,
    }
    key |= {"owner": lambda row: row.owner_name.lower(), None: lambda row: row.recorded_at}
    keys = [key[order.by](row) for row in seen]
    assert keys == sorted(keys, reverse=order.is_down)


def test_a_filter_looks_into_title_and_description_and_takes_no_pattern(cast, now):
    lecture(cast.chemistry, cast.alice, title="100% yield", now=now)
    lecture(cast.chemistry, cast.alice, title="Kinetics", description="about yields", now=now)
    assert set(titles(reads.list_recordings(cast.ben, cast.chemistry, wanted=reads.Filter("yield"), now=now))) == {
        "100% yield",
        "Kinetics",
    }
    assert titles(reads.list_recordings(cast.ben, cast.chemistry, wanted=reads.Filter("%"), now=now)) == ["100% yield"]


def test_a_list_costs_the_same_questions_for_one_row_and_for_many(cast, now, django_assert_num_queries):
    for place in range(20):
        lecture(cast.chemistry, cast.alice, title=f"L{place}", now=now + timedelta(hours=place))
    for limit in (1, 20):
        with django_assert_num_queries(3):  # the viewer's groups, the ids, the rows
            reads.list_recordings(cast.ben, cast.chemistry, limit=limit, now=now)
        with django_assert_num_queries(2):  # the ids, the rows
            reads.list_newest(cast.ben, limit=limit, now=now)


def test_the_newest_come_from_every_folder_one_may_view_and_from_no_other(cast, now):
    lecture(cast.chemistry, cast.alice, title="old", now=now)
    lecture(cast.physics, cast.alice, title="not for Ben", now=now + timedelta(hours=1))
    lecture(cast.chemistry, cast.alice, title="new", now=now + timedelta(hours=2))
    lecture(cast.chemistry, cast.alice, title="hidden", publication=Publication.WAITING, now=now + timedelta(hours=3))
    held = lecture(cast.chemistry, cast.alice, title="held", now=now + timedelta(hours=4))
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    assert [row.title for row in reads.list_newest(cast.ben, now=now)] == ["new", "old"]
    assert [row.title for row in reads.list_newest(cast.eve, now=now)] == ["not for Ben"]
    assert reads.list_newest(cast.dev, now=now) == ()


def test_the_newest_are_found_by_the_index_of_the_folder(cast, now):
    """The plan the statement's head expects: recordings of a folder come by `recording_newest`."""
    lecture(cast.chemistry, cast.alice, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        places = {
            "viewer": cast.ben,
            "levels": access_reads.levels_for(cast.ben, is_listing=True),
            "folders": 20,
            "count": 20,
            "now": now,
        }
        cursor.execute("EXPLAIN " + sql.text("newest_recordings"), places)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "recording_newest" in plan
    assert "recording_viewer_lately" in plan
    assert "Seq Scan" not in plan


def test_r24_who_was_added_to_a_recording_finds_it_by_when_it_was_made_whoever_wrote_that_down(cast, now):
    """The database writes the instant beside the viewer; a recording older than twenty others is not looked at."""
    elsewhere = writes.add_folder("Elsewhere", kind=FolderKind.DEPARTMENT, now=now)
    made = [lecture(elsewhere, cast.alice, title=f"{n}", now=now + timedelta(hours=n)) for n in range(23)]
    for recording in made:
        access_writes.add_viewers(recording, [PrincipalId(cast.eve)], by=None, now=now)
    found = [row.title for row in reads.list_newest(cast.eve, now=now + timedelta(days=2))]
    assert found == [f"{n}" for n in range(22, 2, -1)]
    known = dict(Recording.objects.values_list("id", "created_at"))
    told = dict(RecordingViewer.objects.values_list("recording_id", "recording_created_at"))
    assert told == {recording: known[recording] for recording in made}


def test_r24_who_was_added_finds_it_however_many_others_were_added_to_recordings_lately(cast, now):
    """Some hundred are read by time, more by person; both ways find the same (D1)."""
    elsewhere = writes.add_folder("Elsewhere", kind=FolderKind.DEPARTMENT, now=now)
    hers = [lecture(elsewhere, cast.alice, title=f"{n}", now=now - timedelta(hours=n)) for n in range(2)]
    group = people.add_group("Supervisees", kind=GroupKind.INTERNAL)
    people.add_members(group, [cast.eve])
    access_writes.add_viewers(hers[0], [PrincipalId(cast.eve)], by=None, now=now)
    access_writes.add_viewers(hers[1], [PrincipalId(group)], by=None, now=now)
    others = [
        Account(login_name=f"m{number}", full_name="M", affiliation="student", created_at=now) for number in range(105)
    ]
    Principal.objects.bulk_create(Principal(id=one.id, is_group=False) for one in others)
    Account.objects.bulk_create(others)
    theirs = lecture(elsewhere, cast.alice, title="theirs", now=now + timedelta(hours=1))
    for some in (others[:98], others[98:]):  # with hers, a hundred; and more
        access_writes.add_viewers(theirs, [PrincipalId(one.id) for one in some], by=None, now=now)
        assert [row.title for row in reads.list_newest(cast.eve, now=now + timedelta(days=1))] == ["0", "1"]
        assert [row.title for row in reads.list_newest(some[0].id, now=now + timedelta(days=1))] == ["theirs"]


def test_what_needs_its_owner_is_theirs_and_not_ready(cast, now):
    lecture(cast.chemistry, cast.alice, title="ready", now=now)
    lecture(cast.chemistry, cast.alice, title="failed", media=MediaState.FAILED, now=now + timedelta(hours=1))
    lecture(cast.chemistry, cast.alice, title="busy", media=MediaState.PREPARING, now=now + timedelta(hours=2))
    assert [row.title for row in reads.list_needing_me(cast.alice, now=now)] == ["busy", "failed"]
    assert reads.list_needing_me(cast.chloe, now=now) == ()


def test_a_recording_is_told_with_its_state_and_its_files(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="One", now=now)
    page = reads.get_recording(cast.ben, made)
    assert (page.title, page.state, page.has_picture, page.source_names) == ("One", State.PUBLISHED, True, ("one.mp4",))
    with pytest.raises(RecordingNotFound):
        reads.get_recording(cast.ben, cast.ben)


def test_a_folder_names_only_those_above_that_the_viewer_can_see(cast, now):
    week = writes.add_folder("Week 1", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    day = writes.add_folder("Monday", kind=FolderKind.COURSE, parent_id=week, now=now)
    assert [crumb.name for crumb in reads.get_folder(cast.ben, day).crumbs] == ["Part IA", "Week 1"]
    with pytest.raises(FolderNotFound):
        reads.get_folder(cast.ben, cast.ben)


def test_browsing_begins_at_folders_under_nothing_visible(cast, now):
    writes.add_folder("Week 1", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    assert [row.name for row in reads.list_folders(cast.ben, now=now).rows] == ["Part IA"]
    assert [row.name for row in reads.list_folders(cast.ben, search="week", now=now).rows] == ["Week 1"]
    assert [row.place for row in reads.list_folders(cast.ben, search="week", now=now).rows] == ["Part IA"]
    assert [row.name for row in reads.list_folders(cast.eve, now=now).rows] == ["Physics"]
    assert reads.list_folders(cast.dev, now=now).rows == ()


def test_folders_come_in_pages_by_key(cast, now):
    for place in range(5):
        folder = writes.add_folder(f"F{place}", kind=FolderKind.GENERAL, now=now)
        access_writes.add_member(folder, PrincipalId(cast.dev), access.FolderRole.VIEWER, now=now)
    first = reads.list_folders(cast.dev, limit=3, now=now)
    rest = reads.list_folders(cast.dev, limit=3, after=first.after, now=now)
    assert [row.name for row in (*first.rows, *rest.rows)] == ["F0", "F1", "F2", "F3", "F4"]
    assert rest.after == ""


def test_subfolders_are_those_the_viewer_can_see(cast, now):
    writes.add_folder("Open", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    writes.add_folder("Apart", kind=FolderKind.COURSE, parent_id=cast.chemistry, inherits=False, now=now)
    assert [row.name for row in reads.list_subfolders(cast.ben, cast.chemistry, now=now)] == ["Open"]


def test_places_to_upload_are_where_one_creates(cast, now):
    assert [row.name for row in reads.list_places_to_upload(cast.alice)] == ["Part IA"]
    assert reads.list_places_to_upload(cast.ben) == reads.list_places_to_upload(cast.chloe) == ()


def test_an_audience_names_groups_and_counts_people(cast):
    audience = reads.get_audience(cast.alice, cast.chemistry)
    assert audience.groups == (("Part IA students", 1),)
    assert audience.people == 2  # Alice and Chloe by name


def test_of_a_very_large_group_only_so_many_are_counted(cast, now):
    group = people.add_group("Everybody", kind=GroupKind.INTERNAL)
    many = [
        Account(login_name=f"m{number}", full_name="M", affiliation="student", created_at=now) for number in range(305)
    ]
    Account.objects.bulk_create(many)
    people.add_members(group, [account.id for account in many])
    access_writes.add_member(cast.chemistry, PrincipalId(group), FolderRole.VIEWER, now=cast.now)
    assert dict(reads.get_audience(cast.alice, cast.chemistry).groups)["Everybody"] == reads.MOST_COUNTED + 1


def test_a_subfolder_is_of_its_parents_kind_but_not_a_department(cast, now):
    root = writes.add_folder("Maths", kind=FolderKind.DEPARTMENT, now=now)
    assert reads.kind_for_subfolder(root) == FolderKind.GENERAL
    assert reads.kind_for_subfolder(cast.chemistry) == FolderKind.COURSE
    handed_in = writes.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    assert reads.kind_for_subfolder(handed_in) == FolderKind.ASSIGNMENT, "R183: each sees only what is theirs"


def test_r183_a_list_does_not_tell_when_somebody_handed_something_in(cast, now):
    handed_in = writes.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    beside = writes.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    for place in (handed_in, beside):
        lecture(place, cast.alice, now=now)
    Folder.objects.filter(id__in=(handed_in, beside)).update(newest_at=now)
    told = {row.id: row.newest_at for row in reads.list_subfolders(cast.ben, cast.chemistry, now=now)}
    assert told == {handed_in: None, beside: now}
    found = {row.id: row.newest_at for row in reads.list_folders(cast.ben, now=now, search="e").rows}
    assert (found[handed_in], found[beside]) == (None, now)
    assert reads.is_name_taken(cast.chemistry, "week 1") is False
    writes.add_folder("Week 1", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    assert reads.is_name_taken(cast.chemistry, "week 1") is True


def test_a_root_folder_is_found_by_its_name(cast):
    assert reads.find_root_folder("Physics") == cast.physics
    assert reads.find_root_folder("Part IA") is None
