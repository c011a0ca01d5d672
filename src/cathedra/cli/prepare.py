"""Bring the database's tables and the static files up to date; `up` runs it before anything is served."""

import argparse
from datetime import UTC, datetime

import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cathedra import wiring
from cathedra.actions import audit, policy, sample
from cathedra.adapters import sample_files
from cathedra.adapters.first_run import FirstRunCode
from cathedra.config import Config, told
from cathedra.db.reads import people
from cathedra.db.reads import policy as reads
from cathedra.domain.terms import Actor, Channel

MIGRATION_LOCK = 0x0CA7_ED7A  # any fixed number; held while tables change, so that two starts do it once


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What else than the usual."""
    parser.add_argument("--check", action="store_true", help="only say by the status whether migrations are missing")
    parser.add_argument("--sample", action="store_true", help="load the sample university too")


def run(arguments: argparse.Namespace) -> int:
    """Migrate under an advisory lock; the static files; the first terms; the settings, on the audit trail where they
    changed; the sample university or the first code."""
    config = wiring.configuration()
    if arguments.check:
        call_command("migrate", check_unapplied=True, verbosity=0)  # leaves with status 1
        return 0
    with psycopg.connect(config.database_url, autocommit=True) as held:
        held.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        if _is_behind():
            call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    policy.publish_shipped(wiring.known_terms(), actor=Actor(None, Channel.CLI), now=datetime.now(UTC))
    _activate_first_policy()
    audit.note_settings(told(config), actor=Actor(None, Channel.CLI), now=datetime.now(UTC))
    if arguments.sample:
        _load_sample(config)
    _offer_first_run(wiring.first_run_code(config))
    return 0


def _is_behind() -> bool:
    """Whether a migration is missing. `migrate` builds the history of every table first, missing or not."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _activate_first_policy() -> None:
    """Later versions wait for somebody to activate them."""
    if reads.find_active_use_policy() is None:
        text = wiring.use_policy_text(wiring.use_policy_files()[0])
        policy.activate_use_policy(
            wiring.use_policy(text, "the shipped policy"),
            text=text,
            why="the shipped policy, at the first start",
            actor=Actor(None, Channel.CLI),
            now=datetime.now(UTC),
        )


def _load_sample(config: Config) -> None:
    actor, now = Actor(None, Channel.CLI), datetime.now(UTC)
    university = sample_files.university()
    sample.load_sample_university(university, actor=actor, now=now)
    sample.accept_terms_as_sample(university, actor=actor, now=now)
    sample.add_sample_lectures(
        sample_files.lectures(), actor=actor, now=now, spool=wiring.spool(), limits=config.upload
    )


def _offer_first_run(code: FirstRunCode) -> None:
    if people.has_administrator():
        code.forget()
    else:
        code.make()
