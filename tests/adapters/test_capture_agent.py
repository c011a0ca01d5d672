"""The reference capture agent, part by part: its settings, what it keeps, its line to the server, ffmpeg, and the room (R158
to R163; security classes 10, 13, 26, 27)."""

import http.server
import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import av
import pytest

from cathedra.adapters.capture_agent import (
    Away,
    Connection,
    Input,
    Line,
    Made,
    Part,
    Recording,
    Refused,
    Room,
    Sent,
    Server,
    Store,
    Trouble,
    checksum,
    join,
    read_settings,
)
from cathedra.adapters.ffmpeg import find_program
from cathedra.config import WrongConfiguration
from cathedra.domain.ingest import CaptureStep, ErrorSeverity, Lamp, Pause, Planned, RecorderState, Stretch
from tests.agents import TEST_PICTURE, TEST_SOUND, until

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE = str(uuid4())
GOOD = """
server = "https://cathedra.example.org"
folder = "/var/lib/recorder"
[[file]]
name = "camera"
read = ["-i", "x"]
"""
INPUT = Input("room", (*TEST_PICTURE, *TEST_SOUND))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "kept")


# --- settings


def settings_of(tmp_path, text):
    path = tmp_path / "recorder.toml"
    path.write_text(text)
    return read_settings(path)


def test_settings_say_the_server_the_folder_and_the_inputs(tmp_path):
    found = settings_of(tmp_path, GOOD)
    assert (found.server, found.folder) == ("https://cathedra.example.org", Path("/var/lib/recorder"))
    assert [(one.name, one.read) for one in found.files] == [("camera", ("-i", "x"))]
    assert "libx264" in found.files[0].encode


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://cathedra.example.org", "http://cathedra.example.org"),  # the token would go in clear
        ("https://cathedra.example.org", "https://somebody:secret@cathedra.example.org"),
        ("https://cathedra.example.org", "https://cathedra.example.org/elsewhere"),
        ("https://cathedra.example.org", "file:///etc/passwd"),
        ("/var/lib/recorder", "var/lib"),
        ('"camera"', '"../camera"'),
        ('["-i", "x"]', '"-i x"'),
        ('["-i", "x"]', "[]"),
        ("[[file]]", "colour = 1\n[[file]]"),
        ("[[file]]", "[[files]]"),
        ("server", "sever"),
        ("server =", "server"),
        ('read = ["-i", "x"]', 'read = ["-i", "x"]\n[[file]]\nname = "camera"\nread = ["-i", "y"]'),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_a_sentence(tmp_path, before, after):
    with pytest.raises(WrongConfiguration, match=r"recorder\.toml"):
        settings_of(tmp_path, GOOD.replace(before, after, 1))


def test_a_server_on_the_same_machine_needs_no_certificate(tmp_path):
    here = settings_of(tmp_path, GOOD.replace("https://cathedra.example.org", "http://127.0.0.1:8000/"))
    assert here.server == "http://127.0.0.1:8000"


# --- what it keeps


def test_what_is_kept_is_read_back_as_it_was(store):
    made = Made(ONE, ("room",), (Stretch(NOW, NOW + SECOND), Stretch(NOW + 2 * SECOND)), (Pause(1, 2), Pause(3)))
    store.set_made(made)
    sent = Sent(("/files/1",), ("room",), (0,), steps=2, sums=("0f",), is_stop_told=True, confirmed_at=NOW)
    assert store.sent(ONE) == Sent()
    store.set_sent(ONE, sent)
    store.set_plan([Planned(ONE, NOW, NOW + SECOND)])
    store.set_connection(Connection("secret", "Lecture Block, LB 1"))
    again = Store(store.folder)
    assert (again.captures(), again.sent(ONE)) == ([made], sent)
    assert again.plan() == (Planned(ONE, NOW, NOW + SECOND),)
    assert again.connection() == Connection("secret", "Lecture Block, LB 1")
    assert (store.folder / "connection.json").stat().st_mode & 0o077 == 0
    again.drop(ONE)
    assert store.captures() == []


def test_a_file_that_is_torn_or_missing_is_as_if_nothing_were_there(store):
    (store.folder / "plan.json").write_text('[{"recording_id": "')
    assert (store.plan(), store.connection(), store.captures(), store.take_wish()) == ((), None, [], "")


def test_class_13_only_an_id_is_the_name_of_a_capture(store):
    with pytest.raises(ValueError, match="UUID"):
        store.set_made(Made("../../etc", ("room",), (Stretch(NOW),)))


def test_a_wish_is_heeded_once_and_troubles_wait_until_they_are_told(store):
    store.wish("pause")
    assert [store.take_wish(), store.take_wish()] == ["pause", ""]
    one, other = (Trouble("fault", "input", text, NOW) for text in ("one", "other"))
    store.add_trouble(one)
    store.add_trouble(other)
    store.drop_trouble(one)
    assert store.troubles() == [other]


# --- the line


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers as the test says, and keeps what it was asked."""

    asked: list[tuple[str, str, dict[str, str], bytes]] = []
    status, headers_told, body = 200, {}, b"{}"

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).asked.append((self.command, self.path, dict(self.headers), content))
        self.send_response(self.status)
        for name, value in {**self.headers_told, "Content-Length": str(len(self.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    do_GET = do_POST = do_PATCH = _answer

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def desk():
    """A server whose answers the test sets."""
    kind = type("Kind", (Answers,), {"asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kind.address = f"http://127.0.0.1:{server.server_port}"
    yield kind
    server.shutdown()
    server.server_close()


def test_every_question_shows_the_token_and_bytes_have_their_checksum(desk):
    desk.headers_told = {"Upload-Offset": "3"}
    assert Server(desk.address, "secret").send("/files/1", b"abc", at=0, length=3) == 3
    ((method, path, headers, content),) = desk.asked
    assert (method, path, content) == ("PATCH", "/files/1", b"abc")
    assert headers["Authorization"] == "Bearer secret"
    assert (headers["Upload-Offset"], headers["Upload-Length"]) == ("0", "3")
    assert headers["Upload-Checksum"] == "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="


def test_class_10_no_redirection_is_followed_so_the_token_goes_to_nobody_else(desk):
    desk.status, desk.headers_told = 302, {"Location": f"{desk.address}/elsewhere"}
    with pytest.raises(Refused):
        Server(desk.address, "secret").schedule()
    assert len(desk.asked) == 1


@pytest.mark.parametrize(("status", "kind"), [(401, Refused), (404, Refused), (409, Refused), (429, Away), (503, Away)])
def test_a_no_is_told_from_a_server_that_is_away(desk, status, kind):
    desk.status, desk.body = status, json.dumps({"code": "X", "rule": "R1", "message": "Why."}).encode()
    with pytest.raises(kind) as raised:
        Server(desk.address).schedule()
    if kind is Refused:
        assert (raised.value.status, raised.value.code, str(raised.value)) == (status, "X", "Why.")


def test_what_is_no_answer_or_no_server_is_away(desk):
    desk.body = b"<html>"
    with pytest.raises(Away):
        Server(desk.address).schedule()
    with pytest.raises(Away):
        Server("http://127.0.0.1:9").schedule()
    with pytest.raises(Away):  # no certificate, as it is no TLS at all (class 26)
        Server(desk.address.replace("http:", "https:")).schedule()


# --- ffmpeg


@pytest.mark.slow
def test_r159_what_is_written_only_grows_and_pieces_are_joined_whole(tmp_path):
    program, pieces = find_program(""), [tmp_path / f"room.{number}.mkv" for number in (1, 2)]
    for piece in pieces:
        recording = Recording(program, [(INPUT, piece)])
        early = until(lambda piece=piece: piece.read_bytes() if _size(piece) > 60_000 else b"", what="nothing written")
        until(lambda piece=piece, early=early: _size(piece) > len(early) + 60_000, what="it does not grow")
        assert recording.is_whole
        recording.stop()
        assert piece.read_bytes().startswith(early), "what was sent already is never written again"
        assert not recording.is_whole
    whole = tmp_path / "room.mkv"
    join(program, pieces, whole)
    counts = [_frames(path) for path in (*pieces, whole)]
    assert counts[2] == counts[0] + counts[1]
    assert min(counts) > 10
    assert len(checksum(whole)) == 64


@pytest.mark.slow
def test_r164_it_hears_whether_there_is_a_sound(tmp_path):
    program = find_program("")
    silence = Input("room", (*TEST_PICTURE, "-re", "-f", "lavfi", "-i", "anullsrc=r=48000"))
    quiet = Recording(program, [(silence, tmp_path / "quiet.1.mkv")])
    loud = Recording(program, [(INPUT, tmp_path / "loud.1.mkv")])
    until(lambda: quiet.has_sound() is False, what="silence was not heard")
    assert loud.has_sound() is None, "nothing was silent yet"
    for one in (quiet, loud):
        one.stop()


@pytest.mark.slow
def test_class_27_a_device_that_is_not_there_is_a_fault_with_its_words_and_no_shell_reads_them(tmp_path):
    evil = Input("room", ("-f", "lavfi", "-i", "nothing; touch /tmp/pwned $(id)"))
    recording = Recording(find_program(""), [(evil, tmp_path / "room.1.mkv")])
    until(lambda: not recording.is_whole, what="it runs")
    assert recording.last_words()
    recording.stop()


def _frames(path):
    """How many pictures can be decoded of it."""
    with av.open(str(path)) as file:
        return sum(1 for _frame in file.decode(video=0))


def _size(path):
    return path.stat().st_size if path.exists() else 0


# --- the room


@pytest.fixture
def room(tmp_path, store):
    text = f'server = "http://127.0.0.1:9"\nfolder = "{store.folder}"\n[[file]]\nname = "room"\n'
    text += f"read = {json.dumps([*TEST_PICTURE, *TEST_SOUND])}\n"
    made = Room(settings_of(tmp_path, text), store, find_program(""))
    yield made
    made.stop(NOW + 3600 * SECOND)


def lamp(store):
    return json.loads((store.folder / "lamp.json").read_text())["state"]


@pytest.mark.slow
def test_t5_t9_t10_r163_it_records_by_its_plan_and_as_people_in_the_room_wish(room, store):
    store.set_plan([Planned(ONE, NOW, NOW + 60 * SECOND)])
    room.tick(NOW - SECOND)
    assert (lamp(store), store.captures()) == ("off", [])
    room.tick(NOW)
    assert lamp(store) == "recording"
    until(lambda: _size(store.piece(ONE, "room", 1)), what="nothing is written")
    for word, at, shown in (
        ("pause", 2, "paused"),
        ("pause", 3, "paused"),
        ("resume", 5, "recording"),
        ("pause", 8, "paused"),
    ):
        store.wish(word)
        room.tick(NOW + at * SECOND)
        assert lamp(store) == shown
    store.set_plan([Planned(ONE, NOW, NOW + 20 * SECOND)])  # its end was brought forward (R154)
    room.tick(NOW + 20 * SECOND)
    (made,) = store.captures()
    assert (made.begun_at, made.ended_at, lamp(store)) == (NOW, NOW + 20 * SECOND, "off")
    assert made.pauses == (Pause(2000, 5000), Pause(8000, 20000))
    assert _frames(store.piece(ONE, "room", 1)), "what was written is whole"


@pytest.mark.slow
def test_t5_t10_it_begins_early_when_somebody_wishes_and_is_not_begun_again_when_stopped(room, store):
    store.set_plan([Planned(ONE, NOW + 600 * SECOND, NOW + 900 * SECOND)])
    store.wish("start")
    room.tick(NOW)
    assert lamp(store) == "recording"
    store.wish("stop")
    room.tick(NOW + 5 * SECOND)
    room.tick(NOW + 700 * SECOND)
    assert lamp(store) == "off"
    assert store.captures()[0].ended_at == NOW + 5 * SECOND


@pytest.mark.slow
def test_r163_a_device_that_fails_is_a_fault_that_is_reported_and_tried_again(tmp_path, store):
    broken = f'server = "http://127.0.0.1:9"\nfolder = "{store.folder}"\n[[file]]\nname = "room"\nread = ["-i", "/nowhere"]\n'
    room = Room(settings_of(tmp_path, broken), store, find_program(""))
    store.set_plan([Planned(ONE, NOW, NOW + 60 * SECOND)])
    room.tick(NOW)
    until(lambda: (room.tick(NOW + SECOND), room.lamp)[1] is Lamp.FAULT, what="no fault is shown")
    assert [one.severity for one in store.troubles()] == [ErrorSeverity.FAULT]
    room.tick(NOW + 2 * SECOND)
    assert len(store.captures()[0].stretches) == 1, "not at once"
    room.tick(NOW + 7 * SECOND)
    assert len(store.captures()[0].stretches) == 2
    room.stop(NOW + 8 * SECOND)


def test_what_an_earlier_life_left_is_closed_when_its_time_is_over(room, store):
    store.set_made(Made(ONE, ("room",), (Stretch(NOW, NOW + 5 * SECOND), Stretch(NOW + 9 * SECOND))))
    room.tick(NOW + 100 * SECOND)
    (made,) = store.captures()
    assert made.ended_at == NOW + 9 * SECOND, "nothing of its last stretch is there"


# --- the line to the server


class Far:
    """A server that holds what it is sent, as the tests of the door prove that ours does."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.lengths: dict[str, int] = {}
        self.told: list[object] = []
        self.sums: dict[int, str] = {}
        self.is_away, self.damages = False, 0
        self.plan: tuple[Planned, ...] = ()

    def beat(self, state, **_more):
        self._asked(state)
        return NOW + 7 * SECOND

    def schedule(self):
        return self.plan

    def report(self, severity, kind, text, at):
        self._asked((severity, text))

    def begin(self, recording_id, files, begun_at):
        self._asked(("begin", begun_at))
        if not self.files:
            self.files[f"/files/{len(self.told)}"] = b""
        return self.look(recording_id)

    def look(self, recording_id):
        return tuple(
            Part(url, position, len(content), self.lengths.get(url) == len(content))
            for position, (url, content) in enumerate(self.files.items())
        )

    def step(self, recording_id, step, at_ms):
        self._asked((step, at_ms))

    def stop(self, recording_id, at_ms, sums):
        self._asked(("stop", at_ms))
        self.sums = sums

    def send(self, url, content, *, at, length):
        self._asked("send")
        assert at == len(self.files[url])
        self.files[url] += content
        if length is not None and self.damages:
            self.damages -= 1
            del self.files[url]
            raise Refused(460, "CHECKSUM_MISMATCH", "")
        if length is not None:
            self.lengths[url] = length
        return len(self.files[url])

    def _asked(self, what):
        if self.is_away:
            raise Away("away")
        self.told.append(what)


@pytest.fixture
def far():
    return Far()


@pytest.fixture
def line(store, far):
    return Line(
        store, far, Path("/nowhere"), version="1", state=lambda: RecorderState.RECORDING, has_sound=lambda: None
    )


CONTENT = b"what was said" * 1000


def record(store, content=CONTENT, **more):
    made = replace(Made(ONE, ("room",), (Stretch(NOW, NOW + 60 * SECOND),)), **more)
    store.set_made(made)
    store.piece(ONE, "room", 1).write_bytes(content)
    return made


def test_r159_it_is_sent_while_it_is_recorded_and_confirmed_at_its_end(store, far, line):
    made = record(store, CONTENT[:500], pauses=(Pause(5),))
    far.plan = (Planned(ONE, NOW, NOW + SECOND),)
    assert line.tick(NOW)
    assert (line.ahead, store.plan()) == (7 * SECOND, far.plan)
    assert list(far.files.values()) == [CONTENT[:500]]
    record(store, ended_at=NOW + 60 * SECOND, pauses=(Pause(5, 9),))
    assert line.tick(NOW + SECOND)
    assert list(far.files.values()) == [CONTENT]
    assert far.sums == {0: checksum(store.piece(ONE, "room", 1))}
    line.tick(NOW + 2 * SECOND)
    assert store.sent(ONE).confirmed_at is not None
    steps = [one for one in far.told if one not in ("send", RecorderState.RECORDING)]
    assert steps == [("begin", made.begun_at), (CaptureStep.PAUSE, 5), (CaptureStep.RESUME, 9), ("stop", 60_000)]
    count = len(far.told)
    line.tick(NOW + 3 * SECOND)
    assert len(far.told) == count, "nothing is left to be told"


def test_r159_it_is_dropped_fourteen_days_after_its_end_and_never_before_it_is_confirmed(store, far, line):
    record(store, ended_at=NOW)
    far.is_away = True
    for day in (0, 1, 15):
        assert not line.tick(NOW + timedelta(days=day))
    assert store.captures(), "a server that is away takes nothing from us"
    far.is_away = False
    for second in range(3):
        line.tick(NOW + timedelta(days=13, seconds=second))
    assert store.sent(ONE).confirmed_at is not None
    line.tick(NOW + timedelta(days=13, hours=23))
    assert store.piece(ONE, "room", 1).exists()
    line.tick(NOW + timedelta(days=14))
    assert store.captures() == []


def test_r159_what_arrived_damaged_is_sent_anew(store, far, line):
    record(store, ended_at=NOW)
    far.damages = 1
    for second in range(4):
        line.tick(NOW + second * SECOND)
    assert list(far.files.values()) == [CONTENT]
    assert [one for one in far.told if one == ("stop", 60_000)] == [("stop", 60_000)] * 2, "with its checksum again"
    assert store.sent(ONE).confirmed_at is not None


def test_t6_nothing_is_begun_of_which_there_is_nothing_yet(store, far, line):
    made = Made(ONE, ("room",), (Stretch(NOW),))
    store.set_made(made)
    line.tick(NOW)
    assert far.files == {}, "it is missed, if that stays so"
    record(store, CONTENT[:50], stretches=made.stretches)
    line.tick(NOW + SECOND)
    assert list(far.files.values()) == [CONTENT[:50]], "at once, and not in five minutes"
    store.set_made(replace(made, recording_id=str(uuid4()), ended_at=NOW))
    line.tick(NOW + timedelta(days=14))
    assert [one.recording_id for one in store.captures()] == [ONE]


def test_what_is_refused_for_good_is_tried_again_later_and_kept(store, far, line):
    record(store, ended_at=NOW)
    asked = []

    def refuse(*words):
        asked.append(words)
        raise Refused(409, "ILLEGAL_TRANSITION", "It was called off.")

    far.begin = refuse
    for second in range(0, 400, 10):
        line.tick(NOW + second * SECOND)
    assert len(asked) == 2, "every five minutes"
    assert store.captures()


def test_a_token_that_is_good_no_more_stops_nothing_in_the_room(store, far, line):
    record(store)

    def refuse(*words, **more):
        raise Refused(401, "SIGN_IN", "")

    far.beat = refuse
    assert not line.tick(NOW)
    assert store.captures()


def test_what_went_wrong_is_told_when_the_server_can_be_reached(store, far, line):
    store.add_trouble(Trouble("fault", "input", "No signal", NOW))
    far.is_away = True
    line.tick(NOW)
    assert len(store.troubles()) == 1
    far.is_away = False
    line.tick(NOW + SECOND)
    assert (ErrorSeverity.FAULT, "No signal") in far.told
    assert store.troubles() == []
