"""The staff page of exemptions (R33)."""

from uuid import uuid4

import pytest

from cathedra.db.models import Exemption
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r33_an_exemption_is_given_by_address_and_taken_back(cast):
    browser, page = client(cast.dev), "/staff/exemptions/"
    assert client(cast.alice).get(page).status_code == 404
    assert "No exemption counts now" in text(browser.get(page))
    given = {"reason": "Open day", "until": "2099-06-30"}
    where = f"https://example.org/folders/{cast.chemistry}/"
    for address, told in (
        ("the chemistry folder", "not the address of a folder"),
        (f"/folders/{uuid4()}/", "There is no such folder"),
    ):
        answer = browser.post(page, {**given, "address": address})
        assert answer.status_code == 422
        assert told in text(answer)
    assert "Choose a day in the future" in text(browser.post(page, {**given, "address": where, "until": "2020-01-01"}))
    assert "The exemption is given." in text(browser.post(page, {**given, "address": where}, follow=True))
    end = f"{page}{Exemption.objects.get().id}/end/"
    assert "is taken back" in text(browser.post(end, follow=True))
    assert "was taken back already" in text(browser.post(end, follow=True))
    assert browser.post(f"{page}{uuid4()}/end/").status_code == 404
