"""Asking for access from the neutral page, and answering (R36, R42)."""

from uuid import uuid4

from cathedra.db.models import AccessRequest
from tests.web.browsing import client, text


def test_the_neutral_page_asks_and_the_answer_lets_in_r36(cast, made):
    eve, alice = client(cast.eve), client(cast.alice)
    forbidden, missing = eve.get(f"/recordings/{made}/"), eve.get(f"/recordings/{uuid4()}/")
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    for answer in (forbidden, missing):
        assert "Request access" in text(answer)
        assert "Secret title" not in text(answer)
    told = [
        text(eve.post("/access/request/", {"recording_id": each, "message": "Please"}, follow=True))
        for each in (made, uuid4())
    ]
    assert all("have been asked" in each for each in told)
    wanted = AccessRequest.objects.get()
    page = f"/access/requests/{wanted.id}/"
    assert f'href="{page}"' in text(alice.get(f"/folders/{cast.chemistry}/access/"))
    shown = text(alice.get(page))
    assert "Eve" in shown
    assert "Please" in shown
    assert eve.get(page).status_code == client(cast.ben).post(page, {"give": "1"}).status_code == 404
    assert "Access was given." in text(alice.post(page, {"give": "1", "message": "Hello"}, follow=True))
    assert eve.get(f"/recordings/{made}/").status_code == 200
    assert alice.post(page, {"decline": "1"}).status_code == 422


def test_every_page_that_viewers_open_asks_and_pages_of_others_do_not_r36(cast, made):
    eve = client(cast.eve)
    for page in ("", "transcript/", "report/"):
        for each in (made, uuid4()):
            answer = eve.get(f"/recordings/{each}/{page}")
            assert (answer.status_code, "Request access" in text(answer)) == (404, True), page
            assert f'name="recording_id" value="{each}"' in text(answer)
    assert "Request access" not in text(eve.get(f"/recordings/{made}/edit/"))


def test_what_is_not_there_is_refused(cast):
    assert client(cast.alice).get(f"/access/requests/{uuid4()}/").status_code == 404
    assert client().post("/access/request/", {"recording_id": uuid4()}).status_code == 302
    assert client(cast.eve).post("/access/request/", {}).status_code == 302
    assert not AccessRequest.objects.exists()
    refused = client(cast.eve).get(f"/folders/{cast.chemistry}/")
    assert f'name="folder_id" value="{cast.chemistry}"' in text(refused)
