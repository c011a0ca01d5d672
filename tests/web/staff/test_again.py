"""Staff page on which recordings are chosen to be looked at again (R16)."""

import pytest
from django.utils import timezone

from cathedra.db.models import UseCase
from tests.lectures import lecture
from tests.policies import activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
PAGE = "/staff/cases/again/"


def test_r16_lines_of_a_file_choose_what_is_looked_at_again(cast):
    now = timezone.now()
    activate(now)
    one, two = (lecture(cast.chemistry, cast.alice, now=now, title=title) for title in ("One", "Two"))
    browser = client(cast.dev)
    assert PAGE in browser.get("/staff/cases/").content.decode()
    for form, said in (({}, "Fill in “Recordings”."), ({"recordings": "none", "why": "x"}, "no address or id")):
        answer = browser.post(PAGE, form)
        assert (answer.status_code, said in text(answer)) == (422, True), form
    chosen = f"{one},One,Part IA\nhttps://here/recordings/{two}/\n{one}"
    assert browser.post(PAGE, {"recordings": chosen, "why": "Version 2 holds."})["Location"] == "/staff/cases/"
    page = text(browser.get("/staff/cases/"))
    assert "2 cases were opened." in page
    assert "Chosen to be looked at again" in page
    case = UseCase.objects.get(recording_id=one)
    assert "Version 2 holds." in text(browser.get(f"/staff/cases/{case.id}/"))
    browser.post(PAGE, {"recordings": str(one), "why": "Again."})
    assert "1 has an open case already." in text(browser.get("/staff/cases/"))
    for who in (cast.alice, cast.chloe):
        assert client(who).get(PAGE).status_code == 404
        assert client(who).post(PAGE, {"recordings": str(one), "why": "x"}).status_code == 404
