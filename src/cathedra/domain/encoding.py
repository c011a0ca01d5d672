"""Turning a source into things that play: what can be copied, what must be encoded, what cannot be used."""

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
