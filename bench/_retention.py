"""Run inside the product's configuration, on the synthetic university: what the retention cycle costs (R113 to R127).

Each recording has the rows of one original and one stream; those that go through both runs also get their files of a few
bytes in the product's own local folder, and their lines of the ledger. Then both runs of a year are driven by a clock of their own, which lies years ahead: plan and
notices of everything, then as many recordings as asked for to the archive, and those deleted a year later. Prints one JSON
object, and on the way how far it is. CPU is that of this process and of its PostgreSQL backend. SIGUSR1 ends the run in hand
where it is.
"""

import contextlib
import hashlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from cathedra import config, wiring

wiring.start_database()

from django.db import connection, reset_queries  # noqa: E402

from bench import _product  # noqa: E402
from cathedra.actions import metering, retention  # noqa: E402
from cathedra.actions.retention import Stores  # noqa: E402
from cathedra.db.models import Recording, RetentionItem, Source  # noqa: E402
from cathedra.db.writes.transaction import transaction  # noqa: E402
from cathedra.domain.metering import Cause  # noqa: E402
from cathedra.domain.retention import Profile, Rule, RunKind  # noqa: E402
from cathedra.domain.terms import RecordingId, system_actor  # noqa: E402

AMOUNT, STEP, ENOUGH = int(sys.argv[1]), 5000, threading.Event()
ZONE, ACTOR, CONTENT = ZoneInfo("Europe/London"), system_actor(), b"An original of a few bytes."
FILES = """
INSERT INTO cathedra_source(id, recording_id, position, original_name, size_bytes, sha256, object_key, received_at, probe,
    encoded_at, problem, problem_values)
  SELECT s.id, s.recording_id, 0, 'lecture.mp4', %(size)s, %(sha256)s, 'originals/' || s.recording_id || '/' || s.id,
    s.created_at, '{}', s.created_at, '', '{}'
  FROM (SELECT md5('source ' || id)::uuid AS id, id AS recording_id, created_at FROM cathedra_recording
        WHERE media_state = 'READY' AND keeping = 'ONLINE') s;
INSERT INTO cathedra_stream(id, recording_id, source_id, role, source_index, language, label, is_screen, offset_ms, duration_ms)
  SELECT md5('stream ' || id)::uuid, recording_id, id, 'PRIMARY', 0, '', '', false, 0, 3000000 FROM cathedra_source;
UPDATE cathedra_account SET email = login_name || '@example.org';
"""


@dataclass
class Leg:
    """One part of it: how many, how long, and what the process weighed before, in the middle and after, in bytes."""

    recordings: int
    seconds: float
    cpu_seconds: float
    weights: list[int]
    statements: int = 0


class Measure:
    """The clock, the CPU and the weight of a leg."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._pids = [os.getpid(), cursor.fetchone()[0]]
        self.weights = [self._weight()]
        self.statements = 0
        self._started, self._cpu = time.perf_counter(), _product.cpu_seconds(self._pids)
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def _weight(self) -> int:
        return _product.weight(os.getpid())

    def _look(self) -> None:
        while not self._is_over.wait(1):
            self.weights.append(self._weight())

    def so_far(self, recordings: int) -> str:
        """For whoever waits."""
        seconds, spent = time.perf_counter() - self._started, _product.cpu_seconds(self._pids) - self._cpu
        weight = self._weight() >> 20
        return f"{recordings / seconds:.0f} in a second, {1000 * spent / recordings:.1f} ms of CPU each, {weight} MB"

    def leg(self, recordings: int) -> Leg:
        """Its end."""
        spent = _product.cpu_seconds(self._pids) - self._cpu
        self._is_over.set()
        self._watch.join()
        self.weights.append(self._weight())
        seconds = time.perf_counter() - self._started
        middle = self.weights[len(self.weights) // 2]
        statements = round(self.statements / max(1, recordings), 1) if self.statements else 0
        return Leg(
            recordings, seconds, spent, [self.weights[0], middle, self.weights[-1], max(self.weights)], statements
        )


@contextlib.contextmanager
def counted(measure: Measure) -> Iterator[None]:
    """Statements meanwhile."""

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        measure.statements += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE).astimezone(UTC)


def fill() -> int:
    """The rows of files of what is live; returns how many recordings that is."""
    places = {"size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    with connection.cursor() as cursor:
        for statement in FILES.split(";\n")[:-1]:
            cursor.execute(statement, places if "%(size)s" in statement else None)
        cursor.execute("VACUUM ANALYZE")
    return Recording.objects.filter(keeping="ONLINE", media_state="READY").count()


def put_files(some: Iterable[tuple[UUID, str]]) -> None:
    """Files and lines of the ledger, of those that go through both runs; as the store keeps them, and not forced onto the
    disk one by one."""
    media = config.get().media_dir
    for page in batched(some, 500):
        with transaction():
            metering.settle([RecordingId(one) for one, _key in page], cause=Cause.READY, now=local(2026, 9, 1))
        for recording_id, key in page:
            for name in (key, f"stream/{recording_id}/v720.mp4"):
                (media / name).parent.mkdir(parents=True, exist_ok=True)
                (media / name).write_bytes(CONTENT)


def batched(some: Iterable[tuple[UUID, str]], size: int) -> Iterator[list[tuple[UUID, str]]]:
    left = iter(some)
    while page := list(islice(left, size)):
        yield page


def tend(now: datetime, stores: Stores, *, most: int = 500) -> retention.Tended:
    return retention.tend_retention(actor=ACTOR, now=now, stores=stores, most=most)


def plan(now: datetime, stores: Stores, kind: RunKind) -> Leg:
    """The plan frozen, everybody told."""
    measure = Measure()
    tend(now, stores)
    return measure.leg(RetentionItem.objects.filter(run__kind=kind).count())


def run(now: datetime, stores: Stores, kind: RunKind) -> Leg:
    """So many of it, and with them its end where nothing is left."""
    measure = Measure()
    done = 0
    ENOUGH.clear()
    with counted(measure):
        while done < AMOUNT and not ENOUGH.is_set():
            tended = tend(now, stores, most=min(500, AMOUNT - done))
            done += tended.items
            if done % STEP == 0:
                print(f"{kind.value.lower()}: {done:,} of {AMOUNT:,}, {measure.so_far(done)}", file=sys.stderr)
            if not tended.is_more:
                break
    return measure.leg(done)


def looked(rule: Rule | None, now: datetime) -> Leg:
    """A dry run, or with a rule the simulator."""
    measure = Measure()
    if rule is None:
        found = retention.dry_run(RunKind.ARCHIVE, now=now)
        return measure.leg(found.taken.recordings + sum(found.left.values()))
    retention.simulate(rule, now=now)
    return measure.leg(Recording.objects.count())


def main() -> None:
    stores = Stores(media=wiring.object_store(), archive=wiring.archive_store())
    found: dict[str, Leg] = {}
    count = fill()
    found["dry_run"] = looked(None, local(2030, 3, 1))
    found["simulator"] = looked(Rule(Profile.CALENDAR), local(2030, 3, 1))
    found["plan"] = plan(local(2030, 8, 2, 9), stores, RunKind.ARCHIVE)
    planned = RetentionItem.objects.order_by("id").values_list("recording_id", flat=True)[:AMOUNT]
    keys = Source.objects.filter(recording_id__in=planned).values_list("recording_id", "object_key")
    put_files(keys.iterator())
    print(f"{count:,} planned; files put", file=sys.stderr)
    tend(local(2030, 8, 25, 9), stores)
    found["archive"] = run(local(2030, 9, 1, 1), stores, RunKind.ARCHIVE)
    if found["archive"].recordings < count:
        RetentionItem.objects.filter(state="PLANNED").update(
            state="SKIPPED", why="NOT_READY", settled_at=local(2030, 9, 1)
        )
        tend(local(2030, 9, 1, 2), stores)
    found["receipts"] = plan(local(2030, 9, 2, 9), stores, RunKind.ARCHIVE)
    for day in ((2031, 6, 2, 9), (2031, 8, 1, 9), (2031, 8, 25, 9), (2031, 8, 30, 9)):  # every notice of both runs
        tend(local(*day), stores)
    found["deletion"] = run(local(2031, 8, 31, 1), stores, RunKind.DELETION)
    done = Recording.objects.filter(keeping="PURGED").count()
    print(json.dumps({"count": count, "purged": done, **{name: asdict(leg) for name, leg in found.items()}}))


signal.signal(signal.SIGUSR1, lambda *_: ENOUGH.set())
reset_queries()
main()
