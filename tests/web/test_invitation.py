"""The page behind an invitation's link (R1, class 35)."""

import pytest
from django.utils import timezone

from cathedra.actions import people
from cathedra.db.models import Account
from cathedra.domain.people import Affiliation, Details
from cathedra.domain.terms import Actor, Channel
from tests.web.browsing import client, text

GOOD = "a long enough password"


@pytest.mark.slow
def test_the_holder_of_the_link_chooses_a_password_and_signs_in(cast):
    olga = Details("Olga Petrova", "", Affiliation.STUDENT)
    invited = people.invite_person("olga", olga, actor=Actor(None, Channel.CLI), now=timezone.now())
    browser = client()
    assert "Welcome, Olga Petrova" in text(browser.get(invited.path))
    for wrong, told in (
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": GOOD, "again": "another long password"}, "differ"),
        ({}, "Fill in “The password again”."),
    ):
        answer = browser.post(invited.path, wrong)
        assert answer.status_code == 422, wrong
        assert told in text(answer), wrong
    assert browser.post(invited.path, {"password": GOOD, "again": GOOD})["Location"] == "/account/login/"
    assert browser.post("/account/login/", {"login": "olga", "password": GOOD})["Location"] == "/"
    over = client().get(invited.path)
    assert over.status_code == 410
    assert "<title>This link does not work any more" in text(over)
    assert "Olga" not in text(over)
    assert Account.objects.get(login_name="olga").check_password(GOOD)


@pytest.mark.slow
def test_links_cannot_be_tried_one_after_another_class_35(cast):
    browser = client()
    told = [browser.post(f"/invitation/guess-{number}/", {}).status_code for number in range(22)]
    assert told == [410] * 20 + [429] * 2
