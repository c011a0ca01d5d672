"""Bring the database's tables and the static files up to date; `up` runs it before anything is served."""

import argparse

import psycopg
from django.core.management import call_command

from cathedra import wiring

MIGRATION_LOCK = 0x0CA7_ED7A  # any fixed number; held while tables change, so that two starts do it once


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate under an advisory lock; then the cache's table and the static files."""
    config = wiring.configuration()
    wiring.start_database()
    with psycopg.connect(config.database.url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0
