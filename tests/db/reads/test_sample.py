"""Questions that loading the sample university asks."""

from cathedra.actions import sample as actions
from cathedra.adapters import sample_files
from cathedra.db.models import Account, Folder
from cathedra.db.reads import sample
from cathedra.db.writes import library
from cathedra.domain.library import Origin
from cathedra.domain.terms import Actor, Channel


def test_a_course_folder_is_found_by_name_and_a_recording_by_its_title(db, now):
    actions.load_sample_university(sample_files.university(), actor=Actor(None, Channel.CLI), now=now)
    alice = Account.objects.get(login_name="alice").id
    found = sample.find_course_folder("chem-1a", "Lectures")
    assert found == Folder.objects.get(course__external_id="chem-1a", name="Lectures").id
    assert sample.find_course_folder("chem-1a", "Nothing") is None
    assert not sample.has_recording_titled(found, "One")
    library.add_recording(found, title="One", owner_id=alice, created_by_id=alice, origin=Origin.UPLOAD, now=now)
    assert sample.has_recording_titled(found, "One")
