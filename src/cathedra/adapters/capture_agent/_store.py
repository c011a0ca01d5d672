"""What a recorder keeps on its own disk: how it is connected, its schedule, what it recorded and how much of that the server
has. Every file is there whole or as it was before.

Of each capture the room writes `made.json` and the line to the server `sent.json`: neither writes the other's.
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cathedra.domain.ingest import Lamp, Pause, Planned, Stretch

_MOST_TROUBLES = 100


@dataclass(frozen=True, slots=True)
class Connection:
    """As the server gave it: its token, and what the recorder is called there."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was recorded, or is. Each stretch has a piece of each file."""

    recording_id: str
    files: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None

    @property
    def begun_at(self) -> datetime:
        return self.stretches[0].begun_at


@dataclass(frozen=True, slots=True)
class Sent:
    """What the server knows of it. `sums` are the checksums of its files once they are whole."""

    urls: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # of the files that go there
    positions: tuple[int, ...] = ()
    steps: int = 0
    sums: tuple[str, ...] = ()
    is_stop_told: bool = False
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the server is still to be told of what went wrong."""

    severity: str
    type: str
    text: str
    at: datetime


class Store:
    """One folder. It may be used by two threads and by a command beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "captures").mkdir(parents=True, exist_ok=True, mode=0o700)

    def connection(self) -> Connection | None:
        """None until it is connected."""
        told = self._read(self.folder / "connection.json")
        return Connection(**told) if told else None

    def set_connection(self, connection: Connection) -> None:
        self._write(self.folder / "connection.json", asdict(connection))

    def plan(self) -> tuple[Planned, ...]:
        """The schedule that was fetched last."""
        return tuple(
            Planned(one["recording_id"], _instant(one["starts_at"]), _instant(one["ends_at"]))
            for one in self._read(self.folder / "plan.json") or ()
        )

    def set_plan(self, plan: Iterable[Planned]) -> None:
        self._write(self.folder / "plan.json", [asdict(one) for one in plan])

    def set_lamp(self, lamp: Lamp, *, recording_id: str | None, now: datetime) -> None:
        """For whatever drives a lamp in the room (R163)."""
        self._write(self.folder / "lamp.json", {"state": lamp, "recording_id": recording_id, "since": now})

    def wish(self, word: str) -> None:
        """Somebody in the room wants it to start, pause, resume or stop."""
        self._write(self.folder / "wish.json", word)

    def take_wish(self) -> str:
        """What they want, once; nothing when nobody wants anything."""
        path = self.folder / "wish.json"
        word = self._read(path)
        path.unlink(missing_ok=True)
        return str(word or "")

    def captures(self) -> list[Made]:
        """Everything that was recorded and is still here, the oldest first."""
        found = [self._made(path) for path in (self.folder / "captures").glob("*/made.json")]
        return sorted((one for one in found if one), key=lambda one: one.begun_at)

    def set_made(self, made: Made) -> None:
        self._place(made.recording_id).mkdir(exist_ok=True, mode=0o700)
        self._write(self._place(made.recording_id) / "made.json", asdict(made))

    def sent(self, recording_id: str) -> Sent:
        """What the server knows of a capture: nothing, to begin with."""
        told = self._read(self._place(recording_id) / "sent.json")
        if not told:
            return Sent()
        lists = {key: tuple(told[key]) for key in ("urls", "names", "positions", "sums")}
        return replace(Sent(**{**told, **lists}), confirmed_at=_instant_or_none(told["confirmed_at"]))

    def set_sent(self, recording_id: str, sent: Sent) -> None:
        self._write(self._place(recording_id) / "sent.json", asdict(sent))

    def piece(self, recording_id: str, name: str, number: int) -> Path:
        """Where a piece of a file is: 1 is the first."""
        return self._place(recording_id) / f"{name}.{number}.mkv"

    def whole(self, recording_id: str, name: str) -> Path:
        """Where the pieces of a file are joined, if there are several."""
        return self._place(recording_id) / f"{name}.mkv"

    def drop(self, recording_id: str) -> None:
        """The local copy goes."""
        shutil.rmtree(self._place(recording_id), ignore_errors=True)

    def free_bytes(self) -> int:
        """What its disk has left."""
        return shutil.disk_usage(self.folder).free

    def add_trouble(self, trouble: Trouble) -> None:
        """Keep it until it is told; of very many the last ones."""
        self._write(
            self.folder / "troubles.json", [asdict(one) for one in (*self.troubles(), trouble)][-_MOST_TROUBLES:]
        )

    def troubles(self) -> list[Trouble]:
        told = self._read(self.folder / "troubles.json") or ()
        return [Trouble(**{**one, "at": _instant(one["at"])}) for one in told]

    def drop_trouble(self, trouble: Trouble) -> None:
        """It is told."""
        self._write(self.folder / "troubles.json", [asdict(one) for one in self.troubles() if one != trouble])

    def _place(self, recording_id: str) -> Path:
        """Only an id is a name here, whatever a server says."""
        return self.folder / "captures" / str(UUID(recording_id))

    def _made(self, path: Path) -> Made | None:
        told = self._read(path)
        if not told:
            return None
        return Made(
            told["recording_id"],
            tuple(told["files"]),
            tuple(Stretch(_instant(one["begun_at"]), _instant_or_none(one["ended_at"])) for one in told["stretches"]),
            tuple(Pause(**one) for one in told["pauses"]),
            _instant_or_none(told["ended_at"]),
        )

    def _read(self, path: Path) -> Any:
        try:
            return json.loads(path.read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def _write(self, path: Path, value: Any) -> None:
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        descriptor = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(value, file, default=lambda one: one.isoformat())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _instant_or_none(text: str | None) -> datetime | None:
    return _instant(text) if text else None
