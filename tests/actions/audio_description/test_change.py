"""An audio description: kept and asked to be prepared, refused, replaced, removed; audited (R38 row 5, R212)."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.db.models import AudioDescription, AuditEvent, Folder, Recording, Stream
from cathedra.db.writes import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Keeping, Origin
from cathedra.domain.terms import Code, PrincipalId
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def jobs():
    rows = ProcrastinateJob.objects.filter(task_name="PREPARE_DESCRIPTION").order_by("id")
    return list(rows.values_list("queue_name", "queueing_lock"))


def told():
    rows = AuditEvent.objects.filter(action__contains="description").order_by("id")
    return list(rows.values_list("action", flat=True))


def originals(desk):
    return sorted(key for key in desk.store.objects if "described-" in key)


def test_r212_it_is_kept_prepared_by_a_job_replaced_and_removed(desk):
    assert desk.add(b"one", name="../Week\n3.wav", language="en_gb").is_permitted
    one = desk.found()
    assert (one.original_name, one.language) == ("../Week 3.wav", "en-GB"), "a name is shown, never a path"
    assert (one.is_moving, one.is_made, one.added_by) == (True, False, desk.cast.alice)
    assert desk.store.objects[one.object_key] == b"one"
    assert one.object_key.startswith(f"originals/{desk.id}/described-")
    assert jobs() == [("cpu.re_encodes", f"description:{desk.id}")]
    AudioDescription.objects.update(problem="old", percent=7)
    assert desk.add(b"two", language="de").is_permitted
    two = desk.found()
    assert (two.problem, two.percent, two.language, two.name != one.name) == ("", None, "de", True)
    assert originals(desk) == [two.object_key]
    assert len(jobs()) == 1, "one waiting is enough"
    assert desk.remove().is_permitted
    assert desk.remove().is_permitted, "gone is gone"
    assert (desk.found(), originals(desk)) == (None, [])
    assert jobs()[1:] == [("io", f"description:{desk.id}:settle")], "which waits for no processor"
    assert told() == ["recording:add_description"] * 2 + ["recording:remove_description"]


def test_r38_it_is_for_those_of_row_5_alone(desk):
    cast = desk.cast
    for who in (cast.ben, cast.chloe, cast.eve, cast.dev):
        assert desk.add(who=who).code is Code.NO_PERMISSION
        assert desk.remove(who=who).code is Code.NO_PERMISSION
    assert (originals(desk), told(), desk.found()) == ([], [], None)


def test_r212_what_cannot_be_described_is_refused_before_anything_is_kept(desk):
    assert desk.add(b"").code is Code.BAD_REQUEST
    assert desk.add(language="no such language").code is Code.BAD_REQUEST
    rows = Recording.objects.filter(id=desk.id)
    rows.update(keeping=Keeping.ARCHIVED)
    assert desk.add().code is Code.ARCHIVED
    rows.update(keeping=Keeping.ONLINE)
    Stream.objects.filter(recording_id=desk.id).update(role="AUDIO")
    assert desk.add().code is Code.BAD_REQUEST, "there is nothing to see"
    assert (originals(desk), desk.found()) == ([], None)


def test_r201_through_a_copy_it_is_the_originals_and_asks_for_the_right_to_both(desk, now):
    cast = desk.cast
    for who in (cast.eve, cast.alice):
        access.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=now)
    copy = lecture(cast.physics, cast.eve, now=now, reference_of_id=desk.id, origin=Origin.REFERENCE_COPY)
    assert (desk.add(to=copy, who=cast.eve).code, desk.found()) == (Code.NOT_PERMITTED, None)
    assert desk.add(to=copy).is_permitted
    assert (desk.found() == desk.found(copy), AudioDescription.objects.get().recording_id) == (True, desk.id)
    assert desk.remove(of=copy, who=cast.eve).code is Code.NOT_PERMITTED
    assert desk.remove(of=copy).is_permitted
    assert desk.found() is None


def test_r73_where_the_site_asks_for_it_what_is_heard_anew_waits_for_approval(desk, site_says):
    Recording.objects.filter(id=desk.id).update(publication="PUBLISHED")
    Folder.objects.filter(id=desk.cast.chemistry).update(start="when_approved")
    assert desk.add(b"one").is_permitted
    assert Recording.objects.get(id=desk.id).publication == "PUBLISHED"
    with site_says(APPROVAL_REAPPROVE_ON_MEDIA_EDIT="true"):
        assert desk.add(b"two").is_permitted
    assert Recording.objects.get(id=desk.id).publication == "WAITING"
