"""The page of a recording that failed, and what can be done there (T18)."""

import pytest

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind, MediaState
from tests.agreements import AUP, publish
from tests.conftest import COURSE
from tests.fakes.object_store import MemoryStore
from tests.lectures import keep_original, lecture
from tests.web.browsing import client, text


@pytest.fixture
def failed(cast, now):
    from cathedra.db.models import Source

    made = lecture(cast.chemistry, cast.alice, now=now, media=MediaState.FAILED)
    Source.objects.create(
        recording_id=made, position=0, original_name="one.mp4", size_bytes=1, object_key="", received_at=now,
        problem="The file holds neither sound nor pictures.",
    )  # fmt: skip
    keep_original(made, MemoryStore())
    return made


def test_t18_its_page_offers_another_try_and_another_file(cast, failed):
    alice, address = client(cast.alice), f"/recordings/{failed}/"
    page = text(alice.get(address))
    assert "The file holds neither sound nor pictures." in page
    assert f'action="{address}process-again/"' in page
    assert f'href="{address}replace-file/"' in page
    answer = alice.post(f"{address}process-again/", follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "It is being processed again." in text(answer)
    assert Recording.objects.get(id=failed).media_state == "PREPARING"
    assert "Preparing the recording" in text(answer)


def test_t18_who_may_not_is_told_who_can_and_sees_no_button(cast, failed):
    page = text(client(cast.chloe).get(f"/recordings/{failed}/"))  # a Publisher follows what is on its way (R38 row 3)
    assert "have it processed again" in page
    assert "process-again" not in page
    for who in (cast.ben, cast.chloe, cast.eve):
        browser = client(who)
        assert browser.post(f"/recordings/{failed}/process-again/").status_code == 404
        assert browser.get(f"/recordings/{failed}/replace-file/").status_code == 404
    assert Recording.objects.get(id=failed).media_state == "FAILED"


def test_t18_the_service_does_it_from_its_own_page(cast, failed):
    dev, page = client(cast.dev), f"/staff/recordings/{failed}/"
    assert f'action="/recordings/{failed}/process-again/"' in text(dev.get(page))
    assert f'data-recording="{failed}" data-position="0"' in text(dev.get(f"/recordings/{failed}/replace-file/"))
    assert dev.post(f"/recordings/{failed}/process-again/")["Location"] == page
    assert "process-again" not in text(dev.get(page))


def test_t18_a_copy_that_failed_says_what_to_do_instead(cast, failed):
    Recording.objects.filter(id=failed).update(origin="full_copy")
    page = text(client(cast.alice).get(f"/recordings/{failed}/"))
    assert "Delete it, and copy the original again." in page
    assert "process-again" not in page


def test_r60_its_owner_sees_its_place_in_the_queue(cast, failed):
    alice, address = client(cast.alice), f"/recordings/{failed}/"
    alice.post(f"{address}process-again/")
    assert "Waiting for its turn: number 1 in the queue." in text(alice.get(address))
    assert alice.get(f"/api/recordings/{failed}/progress").json()["queue_position"] == 1


def test_t18_the_other_file_is_sent_to_the_same_recording(cast, failed, now):
    alice, page = client(cast.alice), f"/recordings/{failed}/replace-file/"
    assert f'data-recording="{failed}" data-position="0"' in text(alice.get(page))
    Recording.objects.filter(id=failed).update(
        media_state="READY", publication="PUBLISHED", ready_at=now, duration_ms=1, failure=""
    )
    refused = alice.get(page, follow=True)
    assert refused.redirect_chain == [(f"/recordings/{failed}/", 302)]
    assert "Only a recording that could not be prepared is processed again." in text(refused)
    assert "Only a recording that could not" in text(alice.post(f"/recordings/{failed}/process-again/", follow=True))


def test_t18_an_owner_who_adds_nothing_there_is_offered_another_try_alone(cast, failed):
    Recording.objects.filter(id=failed).update(owner=cast.eve)
    eve, address = client(cast.eve), f"/recordings/{failed}/"
    page = text(eve.get(address))
    assert f'action="{address}process-again/"' in page
    assert "replace-file" not in page
    assert eve.get(f"{address}replace-file/").status_code == 404


def test_t18_r15_a_student_who_replaces_a_submission_is_not_shown_the_policy(cast, failed, now):
    publish(AUP, now=now)
    work = library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    Folder.objects.filter(id__in=(cast.chemistry, work)).update(kind="course", course_id=COURSE)
    Folder.objects.filter(id=work).update(kind="assignment")
    Recording.objects.filter(id=failed).update(folder=work, owner=cast.ben)
    address = f"/recordings/{failed}/replace-file/"
    shown = {name: client(who).get(address).context["policy"] for name, who in (("c", cast.alice), ("s", cast.ben))}
    assert shown["c"] is not None
    assert shown["s"] is None


def test_t18_there_is_nothing_at_an_address_of_nothing(cast):
    address = f"/recordings/{cast.alice}/"
    assert client(cast.alice).post(f"{address}process-again/").status_code == 404
    assert client(cast.alice).get(f"{address}replace-file/").status_code == 404
