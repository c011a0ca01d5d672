"""Refusals as JSON: {code, rule, message}, each with its status (R228)."""

import json

from cathedra.domain.terms import Code, deny
from cathedra.web import refusals
from cathedra.web.api import answers
from tests.web.browsing import client


def test_a_refusal_has_code_rule_and_a_sentence_with_its_values():
    told = answers.told(deny(Code.CONFLICT, "R53", "“{name}” changed.", name="One"))
    assert (told.status_code, told.value) == (409, {"code": "CONFLICT", "rule": "R53", "message": "“One” changed."})


def test_every_refusal_has_a_status_that_the_description_names():
    """The library lets an operation refuse with any status; its callers know those of the description (R228)."""
    told_by_uploads_alone = {Code.TOO_LARGE, Code.NO_SPACE}
    told_here = set(Code) - told_by_uploads_alone - {Code.ALLOW}
    assert {refusals.answer_for(code).status for code in told_here} <= set(answers.REFUSAL_STATUSES)


def test_what_is_not_understood_names_the_fields_and_repeats_nothing(cast, now):
    answer = client(cast.alice).put(
        f"/api/recordings/{cast.ben}/position", '{"position_ms": "<script>"}', content_type="application/json"
    )
    assert answer.status_code == 422
    assert json.loads(answer.content) == {
        "code": "BAD_REQUEST",
        "rule": "R228",
        "message": "That could not be understood: position_ms.",
    }


def test_the_anonymous_and_the_lost_get_the_same_shape(cast):
    for browser, address, status, code in (
        (client(), "/api/me", 401, "SIGN_IN"),
        (client(cast.alice), f"/api/recordings/{cast.ben}", 404, "NO_PERMISSION"),
        (client(cast.eve), f"/api/folders/{cast.chemistry}", 404, "NO_PERMISSION"),
    ):
        answer = browser.get(address)
        body = json.loads(answer.content)
        assert (answer.status_code, body["code"], set(body)) == (status, code, {"code", "rule", "message"})


def test_too_many_requests_is_a_refusal_too():
    assert answers.too_many_requests()["rule"] == "R227"
