"""Child processes, real ones: started again, stopped in order and by force, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import structlog

from cathedra.adapters import processes
from cathedra.adapters.processes import Child, FolderLock, Program, Tree, end_strays
from cathedra.domain.terms import UnableTo

pytestmark = pytest.mark.slow
SLEEP = ["sleep", "300"]


def until(is_so, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(is_so())


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def shell(text: str) -> list[str]:
    return ["/bin/sh", "-c", text]


@pytest.fixture
def tree(tmp_path):
    tree = Tree(tmp_path / "records")
    tree.open()
    yield tree
    tree.stop(())


def test_a_child_that_dies_is_started_again_with_a_pause_that_doubles(tree):
    child = tree.start(Program("short", shell("exit 3"), grace_s=1))
    pids, died = {child.pid: time.monotonic()}, []

    def tended() -> bool:
        before = time.monotonic()
        with structlog.testing.capture_logs() as said:
            tree.tend()
        died.extend((line["again_in_s"], before) for line in said if line["event"] == "child died")
        pids.setdefault(child.pid, time.monotonic())
        return len(pids) >= 4

    assert until(tended, 30)
    assert [pause for pause, _ in died[:3]] == [0.2, 0.4, 0.8]
    starts = list(pids.values())[1:4]
    assert all(
        again - seen >= pause for (pause, seen), again in zip(died[:3], starts, strict=True)
    )  # none is cut short


def test_what_a_child_started_ends_with_it(tree, tmp_path):
    note = tmp_path / "grandchild"
    child = tree.start(Program("parent", shell(f"sleep 300 & echo $! > {note}; wait"), grace_s=1))
    assert until(lambda: note.exists() and note.read_text().strip())
    grandchild = int(note.read_text())
    os.kill(child.pid, signal.SIGKILL)
    assert until(lambda: tree.tend() is None and not is_alive(grandchild))


def test_children_stop_in_the_order_asked_for_and_the_stubborn_by_force(tree, tmp_path):
    told, up = tmp_path / "told", tmp_path / "up"
    going_on = f"echo up >> {up}; while :; do sleep 0.05; done"
    for name in ("first", "last"):
        trap = f"trap 'echo {name} >> {told}; exit 0' TERM; {going_on}"
        tree.start(Program(name, shell(trap), grace_s=300))
    stubborn = tree.start(Program("stubborn", shell(f"trap '' TERM; {going_on}"), grace_s=0.3))
    pids = [child.pid for child in tree._children]
    assert until(lambda: up.exists() and up.read_text().split() == ["up"] * 3)
    started = time.monotonic()
    tree.stop((("first",), ("stubborn",)))
    assert told.read_text().split() == ["first", "last"]
    assert not any(is_alive(pid) for pid in pids)
    assert time.monotonic() - started < 100, "nobody who went was waited for"
    assert not stubborn.is_running


def test_readiness_is_awaited_and_its_absence_said_in_words(tree, tmp_path):
    mark = tmp_path / "mark"
    ready = tree.start(Program("ready", shell(f"sleep 0.2; touch {mark}; sleep 300"), is_ready=mark.exists, grace_s=1))
    ready.await_ready()
    assert mark.exists()
    never = tree.start(Program("never", SLEEP, is_ready=lambda: False, ready_s=0.2, grace_s=1))
    with pytest.raises(UnableTo, match="never did not answer within"):
        never.await_ready()
    ended = tree.start(Program("ended", shell("exit 1"), is_ready=lambda: False, grace_s=1))
    with pytest.raises(UnableTo, match="ended ended while it was starting"):
        ended.await_ready()


def test_leftovers_are_removed_before_every_start(tree, tmp_path):
    socket = tmp_path / "socket"
    socket.touch()
    tree.start(Program("fresh", SLEEP, leftovers=(socket,), grace_s=1))
    assert not socket.exists()


def test_what_children_say_is_told_with_their_name_and_its_parts(tmp_path):
    with structlog.testing.capture_logs() as lines:
        child = Child(
            Program("talker", shell("""echo plain; echo '{"event": "done", "level": "warning", "n": 3}'; echo '{x'""")),
            tmp_path,
        )
        child.start()
        assert until(lambda: len(lines) == 3)
        child.finish()
    assert [(line["event"], line["child"], line["log_level"]) for line in lines] == [
        ("plain", "talker", "info"),
        ("done", "talker", "warning"),
        ("{x", "talker", "info"),
    ]
    assert lines[1]["n"] == 3


SUPERVISOR = """
import sys, time
from pathlib import Path
from cathedra.adapters.processes import Program, Tree
tree = Tree(Path(sys.argv[1])); tree.open()
gentle = tree.start(Program("gentle", ["sleep", "300"]))
deaf = tree.start(Program("deaf", ["/bin/sh", "-c", "trap '' TERM; sleep 301 & while :; do sleep 0.1; done"]))
print(gentle.pid, deaf.pid, flush=True)
time.sleep(300)
"""


def test_nobody_outlives_a_supervisor_that_was_killed_not_even_the_deaf(tmp_path):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path / "records")], stdout=subprocess.PIPE, text=True
    )
    with supervisor.stdout:
        gentle, deaf = (int(word) for word in supervisor.stdout.readline().split())
    supervisor.kill()
    supervisor.wait()
    assert until(lambda: not is_alive(gentle))
    assert until(lambda: not is_alive(deaf))


def test_strays_of_an_earlier_start_are_ended_and_a_stranger_with_their_number_is_not(tmp_path):
    records = tmp_path / "records"
    records.mkdir()
    stray = subprocess.Popen(SLEEP, start_new_session=True)
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    processes._records.write(records / "stray", stray.pid)
    (records / "stranger").write_text(f"{stranger.pid} 1\n")
    (records / "gone").write_text("4194300 77\n")
    (records / "torn").write_text("")
    assert end_strays(records) == ["stray"]
    assert stray.wait(timeout=60) != 0
    assert stranger.poll() is None
    assert list(records.iterdir()) == []
    stranger.kill()
    stranger.wait()
    assert end_strays(tmp_path / "nothing") == []


def test_a_folder_is_held_by_one_and_the_second_learns_by_whom(tmp_path):
    first, second = FolderLock(tmp_path / "run/lock"), FolderLock(tmp_path / "run/lock")
    assert first.take() is None
    first.describe("process 12, http://127.0.0.1:8080")
    assert second.take() == "process 12, http://127.0.0.1:8080"
    first.release()
    assert second.take() is None
    second.release()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Makes a Python program of a text, for a fork to run."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(text: str, name: str = "forked_program") -> str:
        (tmp_path / f"{name}.py").write_text(text)
        return name

    return make


def said(tree: Tree, program: Program) -> tuple[int, list[str]]:
    with structlog.testing.capture_logs() as lines:
        status = tree.run(program, at_most_s=20)
    return status, [line["event"] for line in lines if line.get("child") == program.name]


def test_a_fork_is_a_program_of_its_own_with_what_its_parent_has_loaded(tree, program, tmp_path):
    """Arguments and output are its own; nothing that the parent has open is; what is loaded is there."""
    lock = FolderLock(tmp_path / "run/lock")
    assert lock.take() is None
    name = program(
        "import os, sys\n"
        "print('cathedra.domain.terms' in sys.modules, __name__, sys.argv[1:])\n"
        "print(sys.stdin.read() == '')\n"
        "held = [os.path.realpath(f'/proc/self/fd/{n}') for n in os.listdir('/proc/self/fd')]\n"
        "print([path for path in held if path.endswith('/lock')])\n"
        "print(os.getsid(0) == os.getpid(), file=sys.stderr)\n"
        "print(open('/proc/self/cmdline').read().split(chr(0))[0])\n"
    )
    forked = Program("forked", ["one", "two"], module=name, title="a title")
    status, lines = said(tree, forked)
    lock.release()
    assert (status, lines) == (
        0, ["True __main__ ['one', 'two']", "True", "[]", "True", "a title"]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("import sys; sys.exit(3)", 3, ""),
        ("import sys; sys.exit('a sentence')", 1, "a sentence"),
        ("raise ValueError('broken')", 1, "ValueError: broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -15, ""),
    ],
)
def test_the_end_of_a_fork_is_told_like_that_of_a_program(tree, program, text, status, told):
    ended, lines = said(tree, Program("forked", [], module=program(text)))
    assert ended == status
    assert not told or lines[-1] == told


def test_a_fork_that_takes_too_long_is_ended_with_what_it_started(tree, program, tmp_path):
    note = tmp_path / "grandchild"
    name = program(
        f"import subprocess, time\np = subprocess.Popen(['sleep', '300'])\nopen({str(note)!r}, 'w').write(str(p.pid))\ntime.sleep(300)"
    )
    assert tree.run(Program("forked", [], module=name), at_most_s=5) == 1
    assert until(lambda: not is_alive(int(note.read_text())))


def test_a_fork_is_started_again_and_stops_when_asked(tree, program, tmp_path):
    told, up = tmp_path / "told", tmp_path / "up"
    name = program(
        "import signal, sys, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (open({str(told)!r}, 'a').write('x'), sys.exit(0)))\n"
        f"open({str(up)!r}, 'a').write('u')\nwhile True: time.sleep(0.05)"
    )
    child = tree.start(Program("forked", [], module=name, grace_s=60))
    assert until(lambda: up.exists() and up.read_text() == "u")
    first = child.pid
    os.kill(first, signal.SIGKILL)
    assert until(lambda: tree.tend() is None and child.pid != first and child.is_running)
    second = child.pid
    assert until(lambda: up.read_text() == "uu")
    tree.stop(())
    assert told.read_text() == "x"
    assert not is_alive(second)
