"""The editor's page: for whom row 5 of R38 names; says what a reference copy is (R201)."""

from cathedra.db.models import Edit, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import content as writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original, lecture
from tests.web.browsing import client


def test_creators_come_to_it_and_nobody_else(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    page = client(cast.alice).get(f"/recordings/{made}/editor/")
    assert page.status_code == 200
    assert f'id="editor" data-recording="{made}"' in page.content.decode()
    assert f"/recordings/{made}/editor/" in client(cast.alice).get(f"/recordings/{made}/").content.decode()
    assert [client(who).get(f"/recordings/{made}/editor/").status_code for who in (cast.ben, cast.eve)] == [404, 404]
    for tab in ("captions", "chapters", "none"):
        assert client(cast.alice).get(f"/recordings/{made}/editor/?tab={tab}").status_code == 200


def test_it_says_that_a_reference_copy_is_not_edited_alone_r201(cast, now):
    made, copy = (lecture(cast.chemistry, cast.alice, now=now) for _ in range(2))
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    said = client(cast.alice).get(f"/recordings/{copy}/editor/").content.decode()
    assert "What you change here changes the original" in said
    assert f"/recordings/{copy}/copy/" in said  # made full in one step
    assert "One copy repeats this recording" in client(cast.alice).get(f"/recordings/{made}/editor/").content.decode()


def test_r201_who_may_not_edit_the_original_is_told_so_on_a_copy_and_is_shown_nothing_that_is_cut(cast, now):
    made, copy = lecture(cast.chemistry, cast.alice, now=now), lecture(cast.physics, cast.eve, now=now)
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    access_writes.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    for tab in ("cuts", "captions"):
        said = client(cast.eve).get(f"/recordings/{copy}/editor/?tab={tab}").content.decode()
        assert "You may not edit that one" in said
        assert f"/recordings/{copy}/copy/" in said
        assert 'id="editor"' not in said
        assert "changes the original" not in said


def test_what_was_uploaded_is_for_who_may_edit_once_it_is_cut_r204(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    source = keep_original(made, MemoryStore())
    Recording.objects.update(downloads=None)
    Recording.objects.select_related("folder").get(id=made).folder.__class__.objects.update(downloads="viewers")
    address = f"/recordings/{made}/download/{source}/"
    assert address in client(cast.ben).get(f"/recordings/{made}/").content.decode()
    Edit.objects.create(recording_id=made, version=1, cuts=[[1000, 9000]], made_at=now)
    writes.show_edit(made, 1, form=1, edited_ms=52_000, now=now)
    assert address not in client(cast.ben).get(f"/recordings/{made}/").content.decode()
    refused = client(cast.ben).get(address)
    assert refused.status_code == 409
    assert "is edited" in refused.content.decode()
    assert "As edited" in client(cast.ben).get(f"/recordings/{made}/").content.decode()
    assert address in client(cast.alice).get(f"/recordings/{made}/").content.decode()
