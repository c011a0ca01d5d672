"""Programs record under the decisions of the page (T8 to T11, R84, R227)."""

import pytest

from cathedra.db.models import Capture, Folder, Recording, Upload, UseDeclaration
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from tests.conftest import COURSE
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.django_db
FILES = ["camera.webm", "screen.webm"]


def post(browser, address, **body):
    return browser.post(address, content_type="application/json", data=body)


@pytest.fixture
def alice(cast):
    return client(cast.alice)


@pytest.fixture
def begun(cast, alice):
    answer = post(alice, f"/api/folders/{cast.chemistry}/captures", title="Tides", files=FILES)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_r227_a_recording_is_begun_paused_resumed_and_stopped(cast, alice, begun):
    uploads = Upload.objects.filter(recording_id=begun["recording_id"]).order_by("position")
    assert begun["uploads"] == [f"/files/{one.id}" for one in uploads]
    here = f"/api/captures/{begun['recording_id']}"
    assert post(alice, f"{here}/pause", at_ms=1000).json()["phase"] == "paused"
    assert post(alice, f"{here}/resume", at_ms=3000).json()["phase"] == "capturing"
    [line] = alice.get("/api/captures").json()
    assert (line["title"], line["phase"], line["stopped_at"]) == ("Tides", "capturing", None)
    assert [part["name"] for part in line["parts"]] == FILES
    stopped = post(alice, f"{here}/stop").json()
    assert (stopped["phase"], bool(stopped["stopped_at"])) == ("transferring", True)
    assert Capture.objects.get().pauses == [[1000, 3000]]
    refused = post(alice, f"{here}/pause")
    assert (refused.status_code, refused.json()["code"]) == (409, "ILLEGAL_TRANSITION")


def test_somebody_elses_recording_is_neither_listed_nor_touched(cast, begun):
    here = f"/api/captures/{begun['recording_id']}"
    for who in (cast.ben, cast.eve):
        assert client(who).get("/api/captures").json() == []
        for step in ("pause", "resume", "stop", "cancel", "finish"):
            assert post(client(who), f"{here}/{step}").status_code == 404
    assert Capture.objects.get().phase == "capturing"


def test_a_cancelled_recording_of_which_nothing_came_is_gone_t11(alice, begun):
    assert post(alice, f"/api/captures/{begun['recording_id']}/cancel").status_code == 204
    assert not Recording.objects.exists()
    assert alice.get("/api/captures").json() == []


def test_nothing_begins_undeclared_r84_nor_with_a_third_file(cast, alice, now):
    address = f"/api/folders/{cast.chemistry}/captures"
    activate(now)
    refused = post(alice, address, title="Tides", files=FILES)
    assert (refused.status_code, refused.json()["rule"]) == (400, "R84")
    assert post(alice, address, files=[*FILES, "third.webm"]).status_code == 422
    use = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE)}
    no = post(alice, address, files=FILES, declaration={**use, "q1": "no"})
    assert no.json()["rule"] == "R85"
    assert not Recording.objects.exists()
    assert post(alice, address, files=FILES, declaration=use).status_code == 201


def test_r82_a_student_records_into_an_assignment_with_one_confirmation_and_elsewhere_not_at_all(cast, now):
    activate(now)
    Folder.objects.filter(id=cast.chemistry).update(kind="course", course_id=COURSE)
    work = library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now)
    ben = client(cast.ben)
    page = text(ben.get(f"/folders/{work}/record/"))
    assert "Is this your work for this course?" in page
    assert 'id="record"' in page
    assert ben.get(f"/folders/{cast.chemistry}/record/").status_code == 404
    undeclared = post(ben, f"/api/folders/{work}/captures", title="Essay", files=FILES[:1])
    assert (undeclared.status_code, undeclared.json()["rule"]) == (400, "R84")
    use = {**dict.fromkeys(("q1", "q2", "q3"), "yes"), "category": "student_assessment", "course": str(COURSE)}
    answer = post(ben, f"/api/folders/{work}/captures", title="Essay", files=FILES[:1], declaration=use)
    assert answer.status_code == 201, answer.content
    row = Recording.objects.get(id=answer.json()["recording_id"])
    assert (row.owner_id, row.media_state, row.folder_id) == (cast.ben, "RECORDING", work)
    assert UseDeclaration.objects.get().verdict == "PERMITTED"
    stopped = post(ben, f"/api/captures/{row.id}/stop")
    assert stopped.json()["phase"] == "transferring"
