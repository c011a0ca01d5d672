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
    os.kill(own.process.pid, signal.SIGSTOP)  # or they would be there again before anybody had asked
    for pid in own.processes():
        with contextlib.suppress(OSError):
            if b"cathedra: web " in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
    answer = httpx.get(own.url + "/browse/")
    look = httpx.get(own.url + "/static/errors/errors.css")
    os.kill(own.process.pid, signal.SIGCONT)
    assert answer.status_code == 502
    assert "The service is starting" in answer.text
    assert look.status_code == 200
