"""`cathedra meters`: the proof of the ledger, and its corrections."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cathedra.cli.main import main
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line
from tests.actions.retention.archives import kept, stores


@pytest.mark.slow
def test_what_differs_is_named_and_put_right_with_a_reason(cast, capsys):
    def say(*words: str, status: int = 0) -> str:
        assert main(["meters", *words]) == status
        told = capsys.readouterr()
        return told.out + told.err

    now, lost = datetime.now(UTC), str(uuid4())
    made = kept(cast, stores(), now)
    assert say("prove") == "The ledger says what the library is.\n"
    writes.add_lines([Line(lost, Category.STORED, 180, Cause.READY, now, "2026-27", None, cast.alice, "a")])
    found = say("prove", status=1)
    assert f"{lost} STORED: the ledger says 180 seconds, the library 0\n" in found
    assert "0.1 hours differ" in found
    assert "Say what was wrong" in say("correct", lost, "--why", " ", status=1)
    assert "STORED: -180 seconds" in say("correct", lost, "--why", "It was lost in a crash.")
    for one in (lost, str(made)):
        assert say("correct", one, "--why", "Again.") == "The ledger was right, so nothing was added.\n"
    assert say("prove") == "The ledger says what the library is.\n"
