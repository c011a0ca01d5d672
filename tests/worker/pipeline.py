"""A recording on its way through a worker of its own, which can be told to die at any step.

Run as a program it is that worker: `python -m tests.worker.pipeline <folder> <deaths>`. It wires the real adapters,
wrapped so that before and after every call that leaves a trace outside (a run of ffmpeg, a put, a delete, a folder
made) a counter goes up; at the number given, the process kills itself with SIGKILL. Nothing in the product knows.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COUNTED = {"put_file", "put_bytes", "delete", "probe", "make_first", "make_rest", "make_poster", "make_storyboard"}


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
        return self.path / "steps"


def receive(folder: Folder, file: Path, *, cast, now: datetime, recording_id=None, position: int = 0):
    """What the last byte of an upload does: a source, a recording RECEIVED, a job."""
    from cathedra.db.models import Source
    from cathedra.db.writes import jobs, library
    from cathedra.domain.library import MediaState, Origin
    from cathedra.domain.terms import Job, JobKind, Queue

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


def work(folder: Folder, *, dies_at: int = 0, timeout: float = 300) -> int:
    """Run the worker until no job is left or it dies; its exit code. The test's own database is used."""
    from django.db import connection

    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    environment = {**os.environ, "DATABASE_URL": url, "CATHEDRA_WORKER_STALLED_SECONDS": "1"}
    environment.pop("CATHEDRA_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.worker.pipeline", str(folder.path), str(dies_at)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(done.stderr[-4000:])
    return done.returncode


class Mortal:
    """An adapter whose every telling call is counted, and fatal at the right number."""

    def __init__(self, inner: object, folder: Folder, dies_at: int) -> None:
        self._inner, self._folder, self._dies_at = inner, folder, dies_at

    def __getattr__(self, name: str):
        method = getattr(self._inner, name)
        if name not in _COUNTED:
            return method

        def counted(*args, **options):
            self._step(f"before {name}")
            answer = method(*args, **options)
            self._step(f"after {name}")
            return answer

        return counted

    def _step(self, what: str) -> None:
        with self._folder.steps.open("a") as file:
            file.write(f"{what}\n")
        if len(self._folder.steps.read_text().splitlines()) == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)


async def _until_nothing_is_left(config, tools) -> None:
    from asgiref.sync import sync_to_async
    from django.db import connection

    from cathedra.worker import loop

    def left() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT IN"
                " ('RETRY_STALLED_JOBS', 'EXPIRE_UPLOADS', 'SWEEP_STRAY_FILES', 'SWEEP_WORK_FOLDERS')"
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


def main() -> None:
    from cathedra import wiring

    wiring.start_database()
    from cathedra.actions.encoding import Tools
    from cathedra.adapters.object_store import LocalStore
    from cathedra.adapters.spool import Spool

    folder, dies_at = Folder(Path(sys.argv[1])), int(sys.argv[2])
    folder.steps.unlink(missing_ok=True)
    tools = Tools(
        store=Mortal(LocalStore(folder.media), folder, dies_at),
        spool=Mortal(Spool(folder.incoming), folder, dies_at),
        prober=Mortal(wiring.prober(), folder, dies_at),
        renderer=Mortal(wiring.renderer(), folder, dies_at),
        ladder=wiring.ladder(),
        work_dir=folder.work,
        max_hours=24,
    )
    asyncio.run(_until_nothing_is_left(wiring.configuration(), tools))
    os._exit(0)


if __name__ == "__main__":
    main()
