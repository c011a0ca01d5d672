"""`cathedra`: one word, then what to do."""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from cathedra import __version__
from cathedra.cli import prepare, up
from cathedra.config import WrongConfiguration
from cathedra.domain.terms import UnableTo

COMMANDS: dict[str, ModuleType] = {
    "up": up,
    "prepare": prepare,
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Returns the status for the shell: 0 well, 1 unable or not well, 2 asked for wrongly."""
    arguments = _parser().parse_args(words)
    try:
        return int(COMMANDS[arguments.command].run(arguments) or 0)
    except (WrongConfiguration, UnableTo) as error:
        print(f"cathedra: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cathedra", description="Lecture capture and video for a university.")
    parser.add_argument("--version", action="version", version=f"cathedra {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, module in COMMANDS.items():
        first_line = (module.__doc__ or "").strip().splitlines()[0]
        module.add_arguments(commands.add_parser(name, help=first_line, description=first_line))
    return parser
