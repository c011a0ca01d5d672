"""Whether a fake can be called as the real thing is, and as whoever uses it says that it is called."""

import inspect
from collections.abc import Iterable
from pathlib import Path


def differences(protocol: type, *others: type) -> list[str]:
    """Methods that one of `others` lacks, or that take other names, kinds of arguments or defaults than `protocol` says."""
    return [
        f"{other.__name__}.{name}: {_called(other, name)} is not {_called(protocol, name)}"
        for other in others
        for name in methods(protocol)
        if _called(other, name) != _called(protocol, name)
    ]


def methods(protocol: type) -> list[str]:
    return [name for name, _ in inspect.getmembers(protocol, inspect.isfunction) if not name.startswith("_")]


def _called(owner: type, name: str) -> list[tuple[str, str, object]] | None:
    method = getattr(owner, name, None)
    if method is None:
        return None
    return [(one.name, one.kind.name, one.default) for one in inspect.signature(method).parameters.values()]


def files_below(folder: Path, *, but: Iterable[Path] = ()) -> dict[str, bytes]:
    """Every file with its bytes, except in some folders: what was there before and after is compared."""
    left_out = tuple(but)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(path.is_relative_to(one) for one in left_out)
    }
