"""What children say, as log lines of ours that name the child."""

import contextlib
import json
import logging
import threading
from typing import IO

import structlog

_log = structlog.get_logger()
silence = threading.Lock()  # whoever holds it knows that nothing is being told at this moment


def lines(name: str, stream: IO[str]) -> None:
    with stream:
        for line in stream:
            if text := line.rstrip():
                with silence:
                    _repeat(name, text)


def _repeat(name: str, text: str) -> None:
    """A child's line as ours; what it said structured stays structured."""
    said: object = None
    if text.startswith("{"):
        with contextlib.suppress(ValueError):
            said = json.loads(text)
    if isinstance(said, dict) and isinstance(said.get("event"), str):
        rest = {key: value for key, value in said.items() if key not in ("event", "level", "timestamp", "child")}
        level = logging.getLevelNamesMapping().get(str(said.get("level", "info")).upper(), logging.INFO)
        _log.log(level, said["event"], child=name, **rest)
    else:
        _log.info(text, child=name)
