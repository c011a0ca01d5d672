"""`cathedra retention`: plans, a dry run, the runs themselves, the simulator."""

import argparse

import pytest

from cathedra import wiring
from cathedra.actions.retention import Stores
from cathedra.cli import retention
from cathedra.cli.main import main
from tests.actions.retention.archives import keeping, kept, local, tend


@pytest.fixture
def where():
    """The stores that the command itself uses, in the data folder of the tests."""
    return Stores(media=wiring.object_store(), archive=wiring.archive_store())


@pytest.mark.slow
def test_what_is_planned_tried_done_and_simulated_is_said_in_words(cast, capsys, where):
    def said() -> str:
        told = capsys.readouterr()
        return told.out + told.err

    def say(*words: str, status: int = 0) -> str:
        assert main(["retention", *words]) == status
        return said()

    def run_at(*instant: int) -> str:
        parser = argparse.ArgumentParser()
        retention.add_arguments(parser)
        assert retention.run(parser.parse_args(["run"]), clock=lambda: local(*instant)) == 0
        return said()

    assert "No run is planned yet" in say("plan")
    assert "No archive run is open" in say("stop", "archive", "--why", "Wait", status=1)
    made = [kept(cast, where, local(2026, 1, 10), title=title) for title in ("Entropy", "Heat")]
    tend(local(2026, 8, 2, 4), where)
    assert "archive-2026 on 2026-09-01: frozen since 2026-08-02 03:00 UTC" in say("plan")
    assert "archive-2026 is stopped." in say("stop", "archive", "--why", "Wait")
    assert "stopped" in say("plan")
    assert "archive-2026 goes on." in say("resume", "archive")
    assert "2 recordings of a run were dealt with." in run_at(2026, 9, 1, 0, 5)
    assert {keeping(one) for one in made} == {"ARCHIVED"}
    assert "No run is due." in run_at(2026, 9, 1, 0, 6)
    assert "done: 2 recordings, 0.0 hours" in say("plan")
    assert "would take" in say("dry-run", "deletion")
    assert "if nobody does anything" in say("simulate", "--profile", "age", "--days", "400")
    assert "Say with --days" in say("simulate", "--profile", "age", status=1)
    assert retention.ACTOR.account_id is None
