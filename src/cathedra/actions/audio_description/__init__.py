"""The audio description of a recording (R212): added, replaced, removed by its Creators; made ready to be heard by a job."""

from cathedra.actions.audio_description._change import add_description, may_change, remove_description
from cathedra.actions.audio_description._prepare import abandon_description, prepare_description
from cathedra.actions.audio_description._sweep import sweep_description

__all__ = [
    "abandon_description",
    "add_description",
    "may_change",
    "prepare_description",
    "remove_description",
    "sweep_description",
]
