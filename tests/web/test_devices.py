"""A camera, a microphone and the screen are for the page on which is recorded, and for no other."""

import pytest

from cathedra.web.devices import HEADER
from tests.web.browsing import client

NONE = "camera=(), microphone=(), display-capture=()"
SELF = "camera=(self), microphone=(self), display-capture=(self)"


def test_the_page_that_records_may_use_them_and_no_other_page(cast):
    alice = client(cast.alice)
    assert alice.get(f"/folders/{cast.chemistry}/record/").headers[HEADER] == SELF
    for address in ("/", f"/folders/{cast.chemistry}/", f"/folders/{cast.chemistry}/upload/", "/api/captures"):
        assert alice.get(address).headers[HEADER] == NONE, address


@pytest.mark.parametrize("who", ["ben", None])
def test_who_may_not_record_gets_nothing_to_record_on(cast, who):
    answer = client(getattr(cast, who) if who else None).get(f"/folders/{cast.chemistry}/record/")
    assert answer.status_code == (404 if who else 401)
    assert b'id="record"' not in answer.content
