"""What nginx says itself when no page answers."""

import contextlib
import os
import signal
from pathlib import Path

import httpx
import pytest


@pytest.mark.slow
def test_while_the_pages_are_away_people_are_told_so_in_our_look(start_cathedra):
    own = start_cathedra()
    assert httpx.get(own.url + "/account/login/").status_code == 200
    for pid in own.processes():
        with contextlib.suppress(OSError):
            if b"cathedra.web.wsgi" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
    answer = httpx.get(own.url + "/browse/")
    assert answer.status_code == 502
    assert "The service is starting" in answer.text
    assert httpx.get(own.url + "/static/errors/errors.css").status_code == 200
