"""What names of a timetable stand for, and whose feeds somebody sees (R156)."""

import pytest

from cathedra.db.models import Account, Folder, Recorder
from cathedra.db.reads import scheduling as reads
from cathedra.db.writes import library
from cathedra.db.writes import scheduling as writes
from cathedra.domain.ingest.timetable import FeedRoom
from cathedra.domain.library import FolderKind
from tests.actions.scheduling.rooms import make_room
from tests.conftest import COURSE

pytestmark = pytest.mark.django_db


def named(*, rooms=(), folders=(), people=()):
    return reads.names_of_feed(rooms, folders, people)


def test_r156_a_room_is_a_facility_a_recorder_that_is_alone_of_its_name_or_both(cast, now):
    room = make_room(now=now)
    all_of_it = FeedRoom((room.first, room.second, room.camera), 2)
    asked = ["LECTURE BLOCK", "lb 1", "Lecture Block, Camera", "LB 9", "Annexe, LB 1"]
    assert named(rooms=asked).rooms == {
        "lecture block": all_of_it,
        "lb 1": FeedRoom((room.first,), 1),
        "lecture block, camera": FeedRoom((room.camera,), 0),
    }
    department = library.add_department("Law")
    writes.add_recorder(writes.add_facility("Annexe", department_id=department, now=now), "LB 1", now=now)
    assert set(named(rooms=asked).rooms) == {"lecture block", "lecture block, camera", "annexe, lb 1"}
    Recorder.objects.filter(id=room.second).update(retired_at=now)
    assert named(rooms=["LB 2"]).rooms == {}


def test_r156_a_folder_is_its_id_or_the_code_of_a_course_that_one_folder_is_of(cast, now):
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    below = library.add_folder("Practicals", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    Folder.objects.filter(id=below).update(course_id=COURSE)
    asked = [str(cast.physics).upper(), "CHEM-1A", "chem1a", "law", str(cast.alice)]
    assert named(folders=asked).folders == {
        str(cast.physics): cast.physics,
        "chem-1a": cast.chemistry,
        "chem1a": cast.chemistry,
    }
    Folder.objects.filter(id=cast.physics).update(course_id=COURSE)
    assert set(named(folders=asked).folders) == {str(cast.physics)}


def test_r156_a_presenter_is_an_open_account_of_a_person_by_login_or_an_address_of_their_own(cast, now):
    Account.objects.filter(id=cast.chloe).update(email="Lecturer@example.org")
    asked = ["CHLOE", "lecturer@example.org", "ben", "eve", "nobody"]
    Account.objects.filter(id=cast.ben).update(affiliation="service_account")
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    assert named(people=asked).people == {"chloe": cast.chloe, "lecturer@example.org": cast.chloe}
    Account.objects.filter(id=cast.dev).update(email="lecturer@example.org")
    assert named(people=asked).people == {"chloe": cast.chloe}


def test_r156_somebody_sees_their_own_feeds_and_who_runs_the_service_all(cast, now):
    mine = writes.add_run([{"event": "E1"}], by=cast.alice, is_trial=False, now=now)
    assert [row.id for row in reads.list_runs(cast.alice, runs_service=False)] == [mine]
    assert reads.list_runs(cast.ben, runs_service=False) == []
    with pytest.raises(reads.RunNotFound):
        reads.get_run(mine, cast.ben, runs_service=False)
    assert reads.get_run(mine, cast.dev, runs_service=True).sent_by_name == "Alice"
