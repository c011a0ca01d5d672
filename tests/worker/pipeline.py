"""A recording on its way through a worker of its own, which can be told to die at any step.

Run as a program it is the mother of such workers: for each line `<folder> <when it dies>` it forks one, which saves
that each loads Python and Django anew, and answers with its status. A worker wires the real adapters, wrapped so that
before and after every call that leaves a trace outside (a run of ffmpeg, a put, a delete, a folder made) a step is
written down; at the step given, the process kills itself with SIGKILL. Nothing in the product knows.
"""

import asyncio
import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import traceback
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from tests import live

ROOT = Path(__file__).parents[2]
_COUNTED = {
    "put_file",
    "put_bytes",
    "delete",
    "probe",
    "make_first",
    "make_rest",
    "make_poster",
    "make_storyboard",
    "join",
}
_SAVING = {"SAVE_ANEW", "CLEAR_SAVING"}
_LONGEST_S = 300  # a life that hangs
_ENCODING = {"make_first", "make_rest"}
NEW = "at the first step where nobody died yet"


@dataclass(frozen=True)
class Folder:
    """Where the worker of a test keeps everything."""

    path: Path

    @property
    def incoming(self) -> Path:
        return self.path / "incoming"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def work(self) -> Path:
        return self.path / "work"

    @property
    def steps(self) -> Path:
        """What the last worker did."""
        return self.path / "steps"

    @property
    def deaths(self) -> Path:
        return self.path / "deaths"

    @property
    def log(self) -> Path:
        return self.path / "log"

    def files(self) -> list[Path]:
        """All but our own, below the folder."""
        found = [path.relative_to(self.path) for path in self.path.rglob("*") if path.is_file()]
        return [path for path in found if str(path) not in ("steps", "deaths", "log")]


def receive(folder: Folder, file: Path, *, cast, now: datetime, recording_id=None, position: int = 0):
    """What the last byte of an upload does: a source, a recording RECEIVED, a job."""
    from cathedra.db.models import Source
    from cathedra.db.writes import jobs, library
    from cathedra.domain.jobs import Job, JobKind, Queue
    from cathedra.domain.library import MediaState, Origin

    if recording_id is None:
        recording_id = library.add_recording(
            cast.chemistry,
            title="Heat",
            owner_id=cast.alice,
            created_by_id=cast.alice,
            origin=Origin.UPLOAD,
            now=now,
        )
    source_id = uuid.uuid4()
    folder.incoming.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, folder.incoming / str(source_id))
    Source.objects.create(
        id=source_id,
        recording_id=recording_id,
        position=position,
        original_name=file.name,
        size_bytes=file.stat().st_size,
        object_key="",
        received_at=now,
    )
    if position == 0:
        library.move_media(recording_id, sources=(MediaState.EMPTY,), to=MediaState.RECEIVED, now=now)
    arguments = {"source_id": str(source_id)}
    jobs.enqueue([Job(JobKind.PROBE_SOURCE, arguments, queue=Queue.IO, lock=f"recording:{recording_id}")])
    return recording_id, source_id


def work(folder: Folder, *, dies_at: int = 0) -> int:
    """Run the worker until no job is left or it dies; its exit code. The test's own database is used."""
    return _live(folder, str(dies_at))


def work_dying_everywhere(folder: Folder) -> list[str]:
    """Worker after worker, each killed at the first step at which none was killed before; where they died."""
    while _live(folder, NEW) == -signal.SIGKILL:
        pass
    return folder.deaths.read_text().splitlines()


_mothers: list[subprocess.Popen] = []


def _live(folder: Folder, dies: str) -> int:
    from django.db import connection

    if not _mothers:
        settings = connection.settings_dict
        url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
        environment = {**os.environ, "DATABASE_URL": url}
        environment["CATHEDRA_ENCODING_FFMPEG"] = live.SHIPPED_FFMPEG
        environment.pop("CATHEDRA_DATABASE_URL", None)
        command = [sys.executable, "-m", "tests.worker.pipeline"]
        mother = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        _mothers.append(mother)
        atexit.register(mother.communicate)  # at the end of its input it ends
    mother = _mothers[0]
    mother.stdin.write(f"{folder.path}\t{dies}\n")
    mother.stdin.flush()
    code = int(mother.stdout.readline())
    if code not in (0, -signal.SIGKILL):
        raise AssertionError(folder.log.read_text()[-4000:])
    if code:
        _forget_the_dead(connection)
    return code


def _forget_the_dead(connection) -> None:
    """What a dead worker held is free after some seconds of silence, and given up after many deaths; neither here."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 0")


class Mortal:
    """An adapter whose every telling call is written down, and fatal at the right one."""

    def __init__(self, inner: object, folder: Folder, dies: str) -> None:
        self._inner, self._folder, self._dies = inner, folder, dies

    def listen(self, _logger, _method, event: dict) -> dict:
        """In the worker's log: an action has returned, everything of it is committed, its job is not yet done."""
        if event["event"] == "job ended" and ("source_id" in event["arguments"] or event["kind"] in _SAVING):
            self._step(f"after {event['kind']} {event['arguments']}")
        return event

    def __getattr__(self, name: str):
        method = getattr(self._inner, name)
        if name not in _COUNTED:
            return method

        def counted(*args, **options):
            what = f"{name} {self._name(args[0])}"
            self._step(f"before {what}")
            with self._inside(what, args[-1]) if name in _ENCODING and self._dies == NEW else contextlib.nullcontext():
                answer = method(*args, **options)
            self._step(f"after {what}")
            return answer

        return counted

    @staticmethod
    def _name(thing: object) -> str:
        """Of a key, an upload, a file or a source of ffmpeg: the same in every life."""
        path = getattr(thing, "path", thing)
        if isinstance(path, list):  # tracks of files
            return " ".join(track[0][0].name for track in path)
        return path.name if isinstance(path, Path) else str(path)

    @contextlib.contextmanager
    def _inside(self, what: str, output: Path):
        """A step between the other two, as soon as ffmpeg writes its first file."""
        is_over = threading.Event()

        def watch() -> None:
            while not is_over.wait(0.005):
                if any(output.iterdir()):
                    self._step(f"during {what}")
                    return

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            yield
        finally:
            is_over.set()
            watcher.join()

    def _step(self, what: str) -> None:
        with self._folder.steps.open("a") as file:
            file.write(f"{what}\n")
        if self._dies == NEW:
            if what not in self._folder.deaths.read_text().splitlines():
                with self._folder.deaths.open("a") as file:
                    file.write(f"{what}\n")
                os.kill(os.getpid(), signal.SIGKILL)
        elif len(self._folder.steps.read_text().splitlines()) == int(self._dies):
            os.kill(os.getpid(), signal.SIGKILL)


async def _until_nothing_is_left(config, tools) -> None:
    from asgiref.sync import sync_to_async
    from django.db import connection

    from cathedra.worker import loop

    def left() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT IN"
                " ('RETRY_STALLED_JOBS', 'EXPIRE_UPLOADS', 'SWEEP_STRAY_FILES', 'SWEEP_WORK_FOLDERS', 'SEND_NOTICES',"
                " 'READ_BOUNCES')"
            )
            return cursor.fetchone()[0]

    worker = asyncio.create_task(loop.work(config, tools))
    while await sync_to_async(left)():
        await asyncio.sleep(0.1)
        if worker.done():
            worker.result()
            break
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


def _one_life(folder: Folder, dies: str) -> None:
    from cathedra import wiring
    from cathedra.actions.encoding import Tools
    from cathedra.adapters.object_store import LocalStore
    from cathedra.adapters.spool import Spool

    signal.alarm(_LONGEST_S)
    folder.steps.unlink(missing_ok=True)
    folder.deaths.touch()
    tools = Tools(
        store=Mortal(LocalStore(folder.media), folder, dies),
        spool=Mortal(Spool(folder.incoming), folder, dies),
        prober=Mortal(wiring.prober(), folder, dies),
        renderer=Mortal(wiring.renderer(), folder, dies),
        ladder=wiring.ladder(),
        work_dir=folder.work,
        max_hours=24,
    )
    structlog.configure(processors=[Mortal(None, folder, dies).listen, structlog.processors.JSONRenderer()])
    asyncio.run(_until_nothing_is_left(wiring.configuration(), tools))


def main() -> None:
    from cathedra import wiring

    wiring.start_database()
    from cathedra.worker import loop, processing  # noqa: F401 - before the forks, so that each finds them loaded

    for line in sys.stdin:
        path, dies = line.rstrip("\n").split("\t")
        folder = Folder(Path(path))
        child = os.fork()
        if not child:
            with folder.log.open("ab") as log, open(os.devnull) as nothing:
                for descriptor, file in enumerate((nothing, log, log)):
                    os.dup2(file.fileno(), descriptor)
            code = 1
            try:
                _one_life(folder, dies)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
