"""A value that can be set, with the comment that becomes its line of docs/config.md."""

from dataclasses import field
from typing import Any


def documented(default: Any, text: str, *, is_secret: bool = False) -> Any:
    """A field with its default; a secret may be given as a file too."""
    return field(default=default, metadata={"doc": text, "is_secret": is_secret})
