"""Print docs/config.md, made from the comments in the configuration itself."""

import argparse
import inspect
import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any, get_args, get_origin, get_type_hints

from cathedra import config

_HEAD = """# Configuration

<!-- made by `cathedra config-docs`; a test holds it to src/cathedra/config -->

Cathedra needs none of this to start. Every value may stand in `cathedra.toml` in the data folder (or in the file that
`CATHEDRA_CONFIG` names), or in the environment, which wins. A value may be given as a file: `…_FILE=/path` holds it.

| variable | what it is |
|---|---|
| `CATHEDRA_DATA_DIR` | The data folder: database, media, secrets and run files. As root `/var/lib/cathedra/main`, else `~/.local/share/cathedra/main`. |
| `CATHEDRA_CONFIG` | Path of the TOML file, when it is not `cathedra.toml` in the data folder. |
| `CATHEDRA_SECRET_KEY` | Secret that signs cookies; when it is not given one is made at the first start and kept with mode 600. |
| `DATABASE_URL` | The same as `CATHEDRA_DATABASE_URL`. |
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    sys.stdout.write(text())
    return 0


def text() -> str:
    """The whole page."""
    hints = get_type_hints(config.Config)
    rooms = [(f.name, hints[f.name]) for f in fields(config.Config) if hasattr(hints[f.name], "__dataclass_fields__")]
    return _HEAD + "".join(part for name, kind in rooms for part in _section(name.rstrip("_"), kind))


def _section(name: str, kind: type) -> Iterator[str]:
    yield f"\n## [{name}]\n\n"
    if kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("):
        yield f"{inspect.cleandoc(kind.__doc__)}\n\n"
    yield "| in the file | in the environment | default | what it is |\n|---|---|---|---|\n"
    hints = get_type_hints(kind)
    for field in fields(kind):
        variable = f"CATHEDRA_{name}_{field.name}".upper()
        says = f"{field.metadata['doc']}{_choices(hints[field.name])}{_secret(field)}"
        yield f"| `{field.name}` | `{variable}` | {_default(field)} | {says} |\n"


def _default(field: Field[Any]) -> str:
    if field.default is MISSING or field.default == "":
        return "empty"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def _choices(hint: Any) -> str:
    return f" One of {', '.join(f'`{word}`' for word in get_args(hint))}." if get_origin(hint) else ""


def _secret(field: Field[Any]) -> str:
    return " Secret: prefer the `_FILE` form." if field.metadata["is_secret"] else ""
