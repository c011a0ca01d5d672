"""Processes that tend retention and kill themselves with SIGKILL, each at the first step at which none was killed before.

A process is a fork of the tests' own, with a connection and stores of its own. A step is what another process can tell
apart: a statement inside a transaction was made, a transaction is over, a call that changes a store is about to be
made, half done, or done. Steps are told by wrappers that the process puts around Django's connection and the stores;
nothing in the product knows. One is known again by the lines of the product that led to it and the recording it is about.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import FrameType

from django.db import connection
from psycopg.pq import TransactionStatus

import cathedra
from cathedra.actions import retention
from cathedra.actions.retention import Stores
from cathedra.adapters.object_store import LocalStore
from tests.actions.retention.archives import SYSTEM

_OURS = str(Path(cathedra.__file__).parent)
_CHANGES = {"put_file", "put_bytes", "delete", "delete_prefix"}
_LONGEST_S = 60  # a life that hangs


def places(folder: Path) -> Stores:
    """Both stores, of files."""
    return Stores(media=LocalStore(folder / "media"), archive=LocalStore(folder / "archive"))


def tend_dying_everywhere(now: datetime, folder: Path, titles: Mapping[object, str]) -> list[str]:
    """Process after process tends what is due then, until one ends; where the others were killed. `titles` are those of
    the recordings, by their ids."""
    deaths = folder / f"deaths-{now:%Y-%m-%dT%H%M}"
    deaths.touch()
    while _was_killed(lambda: _tend(now, folder, _Steps(deaths, titles)), folder / "failure"):
        pass
    return deaths.read_text().splitlines()


def _was_killed(life: Callable[[], object], failure: Path) -> bool:
    connection.close()  # two processes may not share one
    child = os.fork()
    if not child:
        try:
            signal.alarm(_LONGEST_S)
            life()
            os._exit(0)
        except BaseException:
            failure.write_text(traceback.format_exc())
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise AssertionError(failure.read_text() if failure.exists() else f"It ended with {code}.")
    return code != 0


def _tend(now: datetime, folder: Path, steps: "_Steps") -> None:
    where = places(folder)
    mortal = Stores(media=_Mortal(where.media, steps), archive=_Mortal(where.archive, steps))
    connection.force_debug_cursor = True  # or statements that are prepared would pass by
    with connection.execute_wrapper(steps.statement):
        retention.tend_retention(actor=SYSTEM, now=now, stores=mortal)


class _Steps:
    """Counts nothing: knows each step by its name, and dies at a new one."""

    def __init__(self, deaths: Path, titles: Mapping[object, str]) -> None:
        self._deaths, self._titles = deaths, {str(one): title for one, title in titles.items()}
        self._known, self._about = set(deaths.read_text().splitlines()), ""

    def statement(self, execute, sql, params, many, context):
        """Around every statement of Django's connection."""
        self.is_about(f"{params}")
        if self._is_idle():  # what was before is committed
            self.take("before a statement")
        answer = execute(sql, params, many, context)
        if not self._is_idle():
            self.take("after a statement")
        return answer

    @staticmethod
    def _is_idle() -> bool:
        asked = connection.connection
        return asked is None or asked.info.transaction_status == TransactionStatus.IDLE

    def is_about(self, text: str) -> None:
        """Which recordings are in hand from now on, where something says so."""
        if named := sorted(title for one, title in self._titles.items() if one in text):
            self._about = " and ".join(named)

    def take(self, what: str) -> None:
        name = f"{what} about {self._about or 'none'}: {_way(sys._getframe(1))}"
        if name not in self._known:
            with self._deaths.open("a") as file:
                file.write(f"{name}\n")
            os.kill(os.getpid(), signal.SIGKILL)


def _way(frame: FrameType | None) -> str:
    """The lines of the product that are being done, the innermost last."""
    lines = []
    while frame is not None:
        if frame.f_code.co_filename.startswith(_OURS):
            lines.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " ".join(reversed(lines))


class _Mortal:
    """A store whose process may die around every call that changes it, and in the middle of one that removes much."""

    def __init__(self, inner: LocalStore, steps: _Steps) -> None:
        self._inner, self._steps = inner, steps

    def __getattr__(self, name: str):
        method = getattr(self._inner, name)
        if name not in _CHANGES:
            return method

        def counted(key: str, *more):
            self._steps.is_about(key)
            self._steps.take(f"before {name}")
            if name == "delete_prefix" and (keys := sorted(self._inner.list_keys(key))):
                self._inner.delete(keys[0])
                self._steps.take(f"during {name}")
            method(key, *more)
            self._steps.take(f"after {name}")

        return counted
