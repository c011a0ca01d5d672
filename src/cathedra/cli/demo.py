"""Start Cathedra with a sample university to try things in, apart from the main installation."""

import argparse
from dataclasses import replace

from cathedra.adapters import sample_files
from cathedra.cli import _log
from cathedra.cli.up import Supervisor, is_port_free
from cathedra.config import Config, demo_data_dir, load
from cathedra.domain.terms import UnableTo

PORTS_TRIED = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--port` to begin the search for a free port elsewhere."""
    parser.add_argument("--port", type=int, help="the port to use; without it the first free one from 8080")


def run(arguments: argparse.Namespace) -> int:
    """Start, load, say who can sign in, and keep running."""
    _log.set_up()
    config = configuration(arguments.port)
    with Supervisor(config, sample=True).running() as supervisor:
        print(welcome(supervisor.config), flush=True)
        supervisor.watch()
    return 0


def configuration(port: int | None) -> Config:
    """The demo's own data folder, beside the main one unless CATHEDRA_DATA_DIR says which; a port that is free."""
    config = load(demo_data_dir())
    chosen = port or free_port(config.site.host, config.site.port)
    if chosen != config.site.port and port is None:
        print(f"Port {config.site.port} is taken, so this demo uses {chosen}.")
    return replace(config, site=replace(config.site, port=chosen))


def free_port(host: str, first: int, *, tried: int = PORTS_TRIED) -> int:
    """The first port from `first` that nobody listens on. Raises UnableTo after a few dozen."""
    for port in range(first, first + tried):
        if is_port_free(host, port):
            return port
    raise UnableTo(f"No port from {first} to {first + tried - 1} is free. Say one: cathedra demo --port 9000.")


def welcome(config: Config) -> str:
    """What the terminal shows when everything runs."""
    university = sample_files.university()
    named = [person for person in university.people if person.shown_as]
    widest = max(len(person.login) for person in named)
    accounts = "\n".join(f"    {person.login:<{widest}}   {person.shown_as} ({person.name})" for person in named)
    return (
        f"\nCathedra is ready: {config.site.shown_url}\n\n"
        f"  Sign in as one of these; the password of each is  {university.password}\n\n{accounts}\n\n"
        f"  Everything is kept in {config.data_dir}. Ctrl-C stops it; the same command starts it again.\n"
    )
