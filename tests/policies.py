"""Policies for tests: acceptable use, the shipped one, other versions of it, one that is active; the terms of teaching."""

from datetime import UTC, datetime

from cathedra import wiring
from cathedra.actions.policy import DeclareWish
from cathedra.adapters import policy_files
from cathedra.db.writes import policy as writes
from cathedra.domain import access
from cathedra.domain.policy import Answer, UsePolicy
from tests.conftest import COURSE

SHIPPED = wiring.use_policy_text(wiring.use_policy_files()[0])
POLICY = wiring.use_policy(SHIPPED, "the shipped policy")
USE = DeclareWish((Answer.YES, Answer.YES, Answer.YES), "lecture", COURSE)  # permitted: a lecture of the cast's course


def version(number: int, *changes: tuple[str, str]) -> tuple[UsePolicy, str]:
    """The shipped policy under another number, with these changes of its text; the policy and its text."""
    text = SHIPPED.replace("version = 1", f"version = {number}", 1)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return wiring.use_policy(text, f"version {number}"), text


def activate(now: datetime) -> UsePolicy:
    """Without the check of every declaration there can be, which takes a quarter of a second."""
    writes.add_use_policy(POLICY, text=SHIPPED, why="a test", by=None, now=now)
    return POLICY


def course_calendar() -> access.Calendar:
    """The terms of teaching as shipped, their days in UTC (R48)."""
    return access.Calendar(access.parse_course_policy(policy_files.read("availability")), UTC)
