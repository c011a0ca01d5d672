"""A value that can be set, with the comment that becomes its line of docs/config.md; and what everything is set to."""

from dataclasses import field, fields, is_dataclass
from typing import Any


def documented(default: Any, text: str, *, is_secret: bool = False) -> Any:
    """A field with its default; a secret may be given as a file too."""
    return field(default=default, metadata={"doc": text, "is_secret": is_secret})


def told(config: Any) -> dict[str, str | int | bool]:
    """Every value that can be set, as `section.name`, for whoever keeps what the site is set to: all but the secrets."""
    rooms = ((room.name.rstrip("_"), getattr(config, room.name)) for room in fields(config))
    return {
        f"{section}.{one.name}": getattr(values, one.name)
        for section, values in rooms
        if is_dataclass(values)
        for one in fields(values)
        if not one.metadata["is_secret"]
    }
