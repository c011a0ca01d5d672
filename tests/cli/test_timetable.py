"""A timetable by the command line (R156)."""

import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.cli.main import main
from cathedra.db.models import AuditEvent, Recording, Schedule
from tests.actions.scheduling.feeds import event, prepare

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def soon(cast):
    """The day after tomorrow, in a room that Ben may schedule in."""
    prepare(cast, timezone.now())
    day = (timezone.now() + timedelta(days=2)).date().isoformat()
    return {"starts_at": f"{day}T09:00", "ends_at": f"{day}T10:00"}


def test_r156_a_file_is_tried_and_then_done(cast, soon, tmp_path, capsys):
    path = tmp_path / "feed.csv"
    told = [event(1, **soon), event(2, room="Nowhere", **soon), event(3, joint="yes", **soon)]
    names = [*told[0], "joint"]
    rows = [",".join(names), *(",".join(f'"{one.get(name, "")}"' for name in names) for one in told)]
    path.write_text("\n".join(rows), "utf-8-sig")
    assert main(["timetable", "--as", "ben", "--dry-run", str(path)]) == 1
    said = capsys.readouterr()
    assert said.out == "3 events: 1 scheduled, 1 left out, 1 failed. Nothing was changed.\n"
    assert "2 E2 Entropy: failed: No recorder in use is called “Nowhere”" in said.err
    assert Recording.objects.count() == 0
    assert main(["timetable", "--as", "ben", str(path)]) == 1
    assert capsys.readouterr().out == "3 events: 1 scheduled, 1 left out, 1 failed.\n"
    assert Schedule.objects.get().external_id == "E1"
    assert AuditEvent.objects.get(action="recording:schedule").channel == "CLI"


def test_r156_json_is_read_from_the_input(cast, soon, monkeypatch, capsys):
    told = {"events": [event(7, **soon) | {"cancelled": False, "joint": None}]}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(told)))
    assert main(["timetable", "--as", "ben", "--json"]) == 0
    assert capsys.readouterr().out == "1 events: 1 scheduled.\n"


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        (["--as", "ghost"], "", "There is no account ghost."),
        (["--as", "ben"], "event,title\n", "These are missing: starts_at"),
        (["--as", "ben", "--json"], "{", "This is not JSON"),
        (["--as", "ben", "--json"], "[1]", "The JSON is to be a list of events"),
        (["--as", "ben", "--json"], "[]", "There is no event in it."),
        (["--as", "ben", "nowhere.csv"], "", "The timetable cannot be read"),
    ],
)
def test_r156_what_cannot_be_taken_says_why(cast, monkeypatch, capsys, words, text, said):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["timetable", *words]) == 1
    assert said in capsys.readouterr().err
