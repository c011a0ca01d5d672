"""Print the configuration of nginx that `up` would use."""

import argparse
import os
import sys
from pathlib import Path

from cathedra import wiring
from cathedra.adapters import nginx
from cathedra.config import Config, Site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--example` prints the copy kept in deploy/, which depends on no machine."""
    parser.add_argument("--example", action="store_true", help="for an imagined site, as kept in deploy/")


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    sys.stdout.write(example() if arguments.example else nginx.render(wiring.configuration(), _layout()))
    return 0


def _layout() -> nginx.Layout:
    user = nginx.worker_user()
    return nginx.Layout(
        user=user.pw_name if user else "",
        has_slice=nginx.find_program().has_slice,
        workers=min(os.cpu_count() or 2, 4),
        resolvers=nginx.resolvers(),
    )


def example() -> str:
    """The rendering for a site behind its own TLS proxy, with the standard data folder."""
    site = Site(host="127.0.0.1", port=8080, public_url="https://lectures.example.org", trusted_proxies="127.0.0.1")
    config = Config(data_dir=Path("/var/lib/cathedra/main"), site=site)
    return nginx.render(config, nginx.Layout(user="www-data", has_slice=True, workers=4))
