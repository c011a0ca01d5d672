"""`cathedra retention`: plans, a dry run, the runs themselves, the simulator."""

import pytest

from cathedra import wiring
from cathedra.actions import retention as actions
from cathedra.cli import retention
from cathedra.cli.main import main
from tests.actions.retention.archives import kept, local, stores, tend


@pytest.mark.slow
def test_what_is_planned_tried_and_simulated_is_said_in_words(cast, capsys, monkeypatch):
    monkeypatch.setattr(wiring, "start_database", lambda: None)
    where = stores()
    monkeypatch.setattr(wiring, "object_store", lambda: where.media)
    monkeypatch.setattr(wiring, "archive_store", lambda: where.archive)

    def say(*words: str, status: int = 0) -> str:
        assert main(["retention", *words]) == status
        told = capsys.readouterr()
        return told.out + told.err

    assert "No run is planned yet" in say("plan")
    assert "No archive run is open" in say("stop", "archive", "--why", "Wait", status=1)
    kept(cast, where, local(2026, 1, 10))
    tend(local(2026, 8, 2, 4), where)
    assert "archive-2026 on 2026-09-01: frozen since 2026-08-02 03:00 UTC" in say("plan")
    assert "archive-2026 is stopped." in say("stop", "archive", "--why", "Wait")
    assert "stopped" in say("plan")
    assert "archive-2026 goes on." in say("resume", "archive")
    tend(local(2026, 9, 1, 0, 5), where)
    assert "done: 1 recordings, 0.0 hours" in say("plan")
    assert "would take" in say("dry-run", "deletion")
    assert "if nobody does anything" in say("simulate", "--profile", "age", "--days", "400")
    assert "Say with --days" in say("simulate", "--profile", "age", status=1)
    tended = actions.Tended(items=2)
    monkeypatch.setattr(actions, "tend_retention", lambda **_options: tended)
    assert "2 recordings of a run were dealt with." in say("run")
    assert retention.ACTOR.account_id is None
