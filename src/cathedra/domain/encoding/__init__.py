"""Turning a source into things that play: what can be copied, what must be encoded, what cannot be used."""

from cathedra.domain.encoding._again import (
    FAILED,
    LADDER_FORM,
    NO_LOWER,
    SET_ASIDE,
    came_too_late,
    decide_again,
    decide_replace,
)
from cathedra.domain.encoding._described import LENGTH_TOLERANCE_MS, plan_description
from cathedra.domain.encoding._ladder import Ladder, Limits, Rungs, WrongLadder, parse_ladder
from cathedra.domain.encoding._plan import (
    LEAST_RATE,
    Plan,
    Refusal,
    SoundPlan,
    VideoPlan,
    is_screen,
    lower_renditions,
    may_copy,
    needs_tone_mapping,
    plan,
)
from cathedra.domain.encoding._probe import (
    Picture,
    Probe,
    Problem,
    Sound,
    probe_from_json,
    probe_to_json,
    problem_probe,
)
from cathedra.domain.encoding._words import Note, RenditionKind, StreamRole

__all__ = [
    "FAILED",
    "LADDER_FORM",
    "LEAST_RATE",
    "LENGTH_TOLERANCE_MS",
    "NO_LOWER",
    "SET_ASIDE",
    "Ladder",
    "Limits",
    "Note",
    "Picture",
    "Plan",
    "Probe",
    "Problem",
    "Refusal",
    "RenditionKind",
    "Rungs",
    "Sound",
    "SoundPlan",
    "StreamRole",
    "VideoPlan",
    "WrongLadder",
    "came_too_late",
    "decide_again",
    "decide_replace",
    "is_screen",
    "lower_renditions",
    "may_copy",
    "needs_tone_mapping",
    "parse_ladder",
    "plan",
    "plan_description",
    "probe_from_json",
    "probe_to_json",
    "problem_probe",
]
