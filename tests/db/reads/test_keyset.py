"""Places in lists: opaque texts that survive an address, and that nobody can misuse."""

import base64
import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cathedra.db.reads import keyset


def test_a_place_comes_back_as_it_went():
    row_id = uuid4()
    assert keyset.parse(keyset.place("Ünïcode & more", row_id)) == ("Ünïcode & more", row_id)


def test_an_instant_comes_back_as_it_went():
    at, row_id = datetime(2026, 11, 2, 10, 0, 0, 123456, tzinfo=UTC), uuid4()
    assert keyset.parse_instant(keyset.place(at.isoformat(), row_id)) == (at, row_id)


SOME_ID = "9a3a4e7e-0000-4000-8000-000000000000"


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "made_up",
    ["", "x", "é", "'; DROP TABLE", encoded(1), encoded([]), encoded(["a"]), encoded(["a", "b"]), encoded([1, 2]),
     encoded(["a", None]), encoded({"a": 1}), encoded(["a\0b", SOME_ID]), encoded([None, SOME_ID])],
)  # fmt: skip
def test_a_place_that_somebody_made_up_is_the_beginning(made_up):
    assert keyset.parse(made_up) is None
    assert keyset.parse_instant(made_up) is None


def test_an_instant_of_no_time_zone_was_made_up():
    assert keyset.parse_instant(encoded(["2026-11-02T10:00:00", SOME_ID])) is None


def test_the_last_page_has_nothing_after_it():
    assert keyset.page_of([1, 2], ["a", "b"], limit=2) == keyset.Page((1, 2), "")
    assert keyset.page_of([1, 2, 3], ["a", "b", "c"], limit=2) == keyset.Page((1, 2), "b")
