"""Files made on purpose, sent to the running product as a lecture is sent: each fails with a sentence, and nothing that it
names is read (security classes 7, 8, 28). What the probe and the renderer do with many more is in tests/adapters."""

import http.server
import threading
import time

import pytest

from tests import media
from tests.edge.upload.tus import Tus
from tests.media import hostile

pytestmark = pytest.mark.slow
PATIENCE_S = 120
NOTHING_IN_IT = "There is no sound or picture in this file that can be read."
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{url}\n#EXTINF:10,\n{secret}\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile '{secret}'\nfile '{url}'\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}"/></svg>'
TTML = '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "{url}">]><tt xmlns="http://www.w3.org/ns/ttml"><body>&x;</body></tt>'


@pytest.fixture
def asked():
    """A server that nobody may ask: its address, and who did."""
    paths: list[str] = []

    class Listen(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listen)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/secret.ts", paths
    server.shutdown()
    server.server_close()
    thread.join()


def ended(running, recording_ids):
    """Each recording's media state and what its owner is told, once no job of theirs is left to wait for."""
    from cathedra.db.models import Recording

    deadline = time.monotonic() + PATIENCE_S
    while True:
        with running.database():
            rows = list(Recording.objects.filter(id__in=recording_ids).values_list("id", "media_state", "failure"))
        if all(state in ("FAILED", "READY") for _, state, _ in rows) or time.monotonic() > deadline:
            return {str(one): (state, failure) for one, state, failure in rows}
        time.sleep(0.2)


def test_classes_7_8_28_hostile_files_end_with_a_sentence_and_an_honest_one_behind_them_plays(running, tmp_path, asked):
    url, paths = asked
    secret = media.lecture(tmp_path / "secret.mp4", seconds=1)
    made = {name: text.format(url=url, secret=secret).encode() for name, text in
            {"playlist": PLAYLIST, "concat": CONCAT, "svg": SVG, "ttml": TTML}.items()}  # fmt: skip
    made["reference"] = hostile.refers(tmp_path / "x.mov", secret).read_bytes()
    made["bomb"] = hostile.claims_size(tmp_path / "x.mkv", 16_000, 16_000).read_bytes()
    made["honest"] = secret.read_bytes()
    recordings = {}
    with Tus(running, running.cast.alice) as alice:
        for name, content in made.items():
            opened = alice.post(len(content), running.cast.chemistry)
            assert opened.status_code == 201, opened.text
            recordings[name] = opened.headers["cathedra-recording"]
            assert alice.patch(opened.headers["location"], content).status_code == 204
    found = ended(running, recordings.values())
    assert found.pop(recordings.pop("honest")) == ("READY", "")
    state, failure = found.pop(recordings.pop("bomb"))
    assert (state, failure.startswith("The picture is larger")) == ("FAILED", True), failure
    for name, recording in recordings.items():
        state, failure = found[recording]
        assert (name, state) == (name, "FAILED")
        assert failure.startswith(NOTHING_IN_IT), (name, failure)
        assert not (running.media_dir / "stream" / recording).exists()
    assert paths == []
