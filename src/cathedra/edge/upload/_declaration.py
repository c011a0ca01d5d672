"""What a recording is for, as the key `declaration` of Upload-Metadata says it: JSON, with closed words (R77, R84)."""

import json
from typing import Any
from uuid import UUID

from cathedra.actions.policy import NOTE_CHARACTERS, DeclareWish
from cathedra.domain.policy import Answer, Relevance
from cathedra.domain.terms import Code
from cathedra.domain.terms import gettext_noop as _
from cathedra.edge.upload._answer import Refused

_QUESTIONS = ("q1", "q2", "q3")
_KEYS = {*_QUESTIONS, "category", "course", "directly_relevant", "note", "version"}
_WRONG = _(
    "Send `declaration` as JSON with q1, q2 and q3 (yes, no or unsure), category, course (an id or null), and where they "
    "apply directly_relevant (yes, no or unsure), note and version."
)


def declared(given: str) -> DeclareWish | None:
    """The declaration; None when there is none, which the rules refuse. Raises Refused for what is not one."""
    if not given:
        return None
    try:
        return _wish(json.loads(given))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(400, Code.BAD_REQUEST, _WRONG, rule="R77") from None


def _wish(said: Any) -> DeclareWish:
    if not isinstance(said, dict) or not said.keys() <= _KEYS:
        raise ValueError
    q1, q2, q3 = (Answer(said[question]) for question in _QUESTIONS)
    course, version = said.get("course"), said.get("version")
    if not isinstance(said["category"], str) or not isinstance(note := said.get("note", ""), str):
        raise TypeError
    if isinstance(version, bool) or not isinstance(version, int | None) or len(note) > NOTE_CHARACTERS:
        raise TypeError
    return DeclareWish(
        answers=(q1, q2, q3),
        category=said["category"],
        course_id=UUID(course) if course else None,
        relevance=Relevance(said.get("directly_relevant", Relevance.NOT_ASKED)),
        note=note,
        version=version,
    )
