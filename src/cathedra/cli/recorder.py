"""Record in a room: connect this machine to its server as a recorder, run, and do what people in the room wish. It needs no
installation of Cathedra beside it, only a file that says what it records from (docs/recorder.md)."""

import argparse
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cathedra import __version__
from cathedra.adapters.capture_agent import Connection, Line, Room, Server, Store, read_settings
from cathedra.adapters.ffmpeg import find_program
from cathedra.adapters.processes import FolderLock
from cathedra.domain.ingest import TOLD_BY_LAMP
from cathedra.domain.terms import UnableTo

SETTINGS = "/etc/cathedra/recorder.toml"
_TICK_S, _LINE_S, _AWAY_S = 0.25, 1.0, 5.0
WISHES = ("start", "pause", "resume", "stop")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Connect, run, and a word for each wish."""
    parser.add_argument("--settings", type=Path, default=Path(SETTINGS), help=f"the file of settings ({SETTINGS})")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    connect = verbs.add_parser(
        "connect", help="give a code, which is made at the page of the room, for this one's token"
    )
    connect.add_argument("code", help="as ABCD-EFGH-JKLM-NPQR; good once, for half an hour")
    verbs.add_parser("run", help="record what is scheduled here, until it is ended")
    verbs.add_parser("start", help="begin the next scheduled recording now, half an hour early at most")
    verbs.add_parser("pause", help="what follows is cut for viewers, and can be taken back")
    verbs.add_parser("resume", help="go on after a pause")
    verbs.add_parser("stop", help="end the recording that is being made")


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    settings = read_settings(arguments.settings)
    store = Store(settings.folder)
    if arguments.verb == "connect":
        token, name = Server(settings.server).connect(arguments.code, version=__version__)
        store.set_connection(Connection(token, name))
        print(f"Connected as {name}.")
        return 0
    if arguments.verb in WISHES:
        store.wish(arguments.verb)
        return 0
    connection = store.connection()
    if connection is None:
        raise UnableTo(
            "This recorder is not connected yet. Make a code at the page of its room, then: recorder connect CODE"
        )
    if FolderLock(settings.folder / "lock").take() is not None:
        raise UnableTo("This recorder runs already.")
    program = find_program(settings.ffmpeg)
    room = Room(settings, store, program)
    line = Line(
        store,
        Server(settings.server, connection.token),
        program,
        version=__version__,
        state=lambda: TOLD_BY_LAMP[room.lamp],
        has_sound=room.has_sound,
    )
    _live(room, line)
    return 0


def _live(room: Room, line: Line) -> None:
    """Until we are ended. The room has the main thread: what it starts ends with that."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    speaking = threading.Thread(target=_speak, args=(line, ended), daemon=True)
    speaking.start()
    while not ended.wait(_TICK_S):
        room.tick(_now(line))
    room.stop(_now(line))
    speaking.join(timeout=2)


def _speak(line: Line, ended: threading.Event) -> None:
    """A schedule is by the server's clock, so that is the recorder's too, as far as it is known."""
    while not ended.wait(_LINE_S if line.tick(datetime.now(UTC)) else _AWAY_S):
        pass


def _now(line: Line) -> datetime:
    ahead: timedelta = line.ahead
    return datetime.now(UTC) + ahead
