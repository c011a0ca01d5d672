"""`cathedra`: one word, then what to do."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from cathedra import __version__, wiring
from cathedra.config import WrongConfiguration
from cathedra.domain.terms import UnableTo


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command lives and what it is for. Its module is imported only when it is asked for: the supervisor stays
    small, and what reads the database finds the tables' layer ready."""

    module: str
    purpose: str
    needs_tables: bool = False


COMMANDS = {
    "up": Command("up", "start everything on one data folder, and keep it running"),
    "demo": Command("demo", "the same with a sample university, apart from the main installation"),
    "check": Command("check", "say what is wrong with this installation, and what to do about it"),
    "mail": Command("mail", "take a returned letter from a mail server", needs_tables=True),
    "user": Command("user", "add people, set passwords, close accounts, give roles", needs_tables=True),
    "terms": Command("terms", "list and publish the terms of use and the acceptable use policy", needs_tables=True),
    "policy": Command("policy", "check, try and activate the rules on acceptable use", needs_tables=True),
    "retention": Command("retention", "plan, try and run archiving and deleting; simulate rules", needs_tables=True),
    "meters": Command("metering", "prove the ledger of hours, and put it right", needs_tables=True),
    "group": Command("group", "say who is in a group of a teaching system or directory", needs_tables=True),
    "timetable": Command("timetable", "schedule what a timetable says: a file of events", needs_tables=True),
    "audit": Command("audit", "verify that the audit trail is whole, and export it", needs_tables=True),
    "recorder": Command("recorder", "record in a room what is scheduled there, and send it to a server"),
    "nginx-config": Command("nginx_config", "print the configuration of nginx"),
    "config-docs": Command("config_docs", "print the page that explains every setting"),
    "restore-database": Command("restore_database", "fill an empty database (part of deploy/restore)"),
    "prepare": Command("prepare", "bring tables and static files up to date (part of up)", needs_tables=True),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Returns the status for the shell: 0 well, 1 unable or not well; 2 is argparse's."""
    words = list(sys.argv[1:] if words is None else words)
    name = _parser().parse_args(words[:1]).command
    command = COMMANDS[name]
    try:
        if command.needs_tables:
            wiring.start_database()
        module = importlib.import_module(f"cathedra.cli.{command.module}")
        parser = argparse.ArgumentParser(prog=f"cathedra {name}", description=module.__doc__)
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(words[1:])) or 0)
    except (WrongConfiguration, UnableTo) as error:
        print(f"cathedra: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<17} {command.purpose}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="cathedra",
        description="Lecture capture and video for a university.",
        epilog=f"commands:\n{listed}\n\nMore on each: cathedra COMMAND --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cathedra {__version__}")
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    return parser
