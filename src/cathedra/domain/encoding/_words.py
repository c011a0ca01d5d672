"""The words of the encoding room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class StreamRole(StrEnum):
    """R6."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"
    AUDIO = "AUDIO"


class RenditionKind(StrEnum):
    """What an encoded output is for."""

    VIDEO = "VIDEO"
    AUDIO = "AUDIO"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the owner, with `{name}` places filled from `values` by the door."""

    sentence: str
    values: Mapping[str, str] = field(default_factory=dict)
