"""At first access: sign in, read and accept the terms, arrive where one was going; the policy before the first upload."""

import pytest
from playwright.sync_api import expect

from cathedra.db.writes import access, people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import PrincipalId
from tests.conftest import PASSWORD
from tests.journeys.conftest import keep_picture, sign_in


@pytest.fixture
def jo(running) -> str:
    """A lecturer on the first day."""
    with running.database():
        account_id = people.add_account(
            "jo", full_name="Jo", email="", affiliation=Affiliation.COLLEGE_STAFF, password=PASSWORD, now=running.cast.now
        )  # fmt: skip
        access.add_member(running.cast.chemistry, PrincipalId(account_id), FolderRole.CREATOR, now=running.cast.now)
    return "jo"


def test_whoever_comes_for_the_first_time_accepts_and_arrives_where_they_were_going_r9_r15(running, page_for, jo):
    wanted = f"/folders/{running.cast.chemistry}/upload/"
    page = page_for(running)
    page.goto(f"/account/login/?next={wanted}")
    sign_in(page, jo)
    expect(page.get_by_role("heading", name="Terms of use", level=1)).to_be_visible()
    keep_picture(page, "terms-first-access")
    page.get_by_role("button", name="Do not accept").click()
    expect(page.get_by_text("You have not accepted")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("button", name="Accept the terms").click()
    page.wait_for_url(f"**{wanted}")
    expect(page.get_by_role("heading", name="Acceptable use policy")).to_be_visible()
    page.get_by_role("button", name="I have read this: go on").click()
    page.locator("#upload > *").first.wait_for()
    assert page.url.endswith(wanted)
