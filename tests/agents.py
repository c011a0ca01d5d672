"""A capture agent beside a running Cathedra, for tests: a room of its own, what is scheduled there, and the program itself."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cathedra.actions import recorders, scheduling
from cathedra.actions.recorders import IssuedCode
from cathedra.actions.scheduling import Scheduled, ScheduleWish
from cathedra.db.models import Department, Recording
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import Span
from cathedra.domain.terms import Actor, Channel, RecordingId
from tests.actions.scheduling.rooms import LONDON
from tests.policies import USE

PATIENCE_S = 120
TEST_PICTURE = ["-re", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25"]
TEST_SOUND = ["-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]


def until(is_so: Callable[[], Any], *, what: str) -> Any:
    """Wait for it; a busy machine is no failure."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := is_so()):
        assert time.monotonic() < deadline, what
        time.sleep(0.2)
    return found


class Agent:
    """One recorder of one room, with its program."""

    def __init__(self, running: Any, folder: Path, *, name: str, technicians: tuple[Any, ...] = ()) -> None:
        self.running, self.folder, self._process = running, folder, None
        now = datetime.now(UTC)
        with running.database(), transaction():
            department = Department.objects.get(name="Chemistry").id
            facility = writes.add_facility(
                name, department_id=department, schedulers=[running.cast.alice], technicians=technicians, now=now
            )
            self.recorder_id = writes.add_recorder(facility, "R 1", now=now)
        self.point_to(running.url)

    def point_to(self, address: str) -> None:
        """Where it looks for its server."""
        words = {"read": [*TEST_PICTURE, *TEST_SOUND], "folder": str(self.folder / "kept"), "server": address}
        lines = [f"{key} = {json.dumps(words[key])}" for key in ("server", "folder")]
        files = ["[[file]]", 'name = "room"', f"read = {json.dumps(words['read'])}"]
        self.settings.write_text("\n".join([*lines, *files]) + "\n")

    @property
    def settings(self) -> Path:
        return self.folder / "recorder.toml"

    def connect(self) -> None:
        alice = Actor(self.running.cast.alice, Channel.API)
        self.running.sign_in(self.running.cast.alice)  # who has accepted the terms (R14)
        with self.running.database():
            code = recorders.issue_code(self.recorder_id, actor=alice, now=datetime.now(UTC))
        assert isinstance(code, IssuedCode)
        told = self.say("connect", code.code)
        assert told.returncode == 0, told.stderr

    def schedule(self, *, in_s: float, for_s: float, title: str = "Entropy") -> RecordingId:
        """As somebody does who schedules; its times are put where the test wants them."""
        now = datetime.now(UTC)
        alice = Actor(self.running.cast.alice, Channel.WEB)
        span = Span(now + timedelta(minutes=5), now + timedelta(minutes=10))  # in whole minutes, as people do
        wish = ScheduleWish(self.running.cast.chemistry, title, span, (self.recorder_id,), use=USE)
        with self.running.database():
            made = scheduling.schedule_recordings(wish, actor=alice, now=now, max_hours=8, zone=LONDON)
            assert isinstance(made, Scheduled), made
            recording_id = made.recordings[0][0]
            sooner = Span(now + timedelta(seconds=in_s), now + timedelta(seconds=in_s + for_s))
            with transaction():
                writes.set_times([(recording_id, sooner)])
        return recording_id

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of it, to its end."""
        return subprocess.run(self._command(*words), capture_output=True, text=True, check=False, timeout=60)

    def start(self) -> None:
        with (self.folder / "agent.log").open("ab") as log:
            self._process = subprocess.Popen(self._command("run"), stdout=log, stderr=log)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=30)
            self._process = None

    def lamp(self) -> str:
        path = self.folder / "kept/lamp.json"
        return str(json.loads(path.read_text())["state"]) if path.exists() else ""

    def sent(self, recording_id: RecordingId) -> dict[str, Any]:
        path = self.folder / f"kept/captures/{recording_id}/sent.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def plan(self) -> str:
        path = self.folder / "kept/plan.json"
        return path.read_text() if path.exists() else ""

    def bytes_of(self, recording_id: RecordingId, number: int) -> int:
        """How much there is of a piece."""
        path = self.folder / f"kept/captures/{recording_id}/room.{number}.mkv"
        return path.stat().st_size if path.exists() else 0

    def pieces(self, recording_id: RecordingId) -> list[Path]:
        return sorted((self.folder / f"kept/captures/{recording_id}").glob("room.*.mkv"))

    def log(self) -> str:
        return (self.folder / "agent.log").read_text(errors="replace")

    def row(self, recording_id: RecordingId) -> Recording:
        with self.running.database():
            return Recording.objects.get(id=recording_id)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "cathedra.cli", "recorder", "--settings", str(self.settings), *words]
