"""Builds adapters from the configuration; the only place that chooses an implementation."""

import os

import django

from cathedra import config


def configuration() -> config.Config:
    """The configuration of this process."""
    return config.get()


def start_database() -> None:
    """Make the tables' layer ready in a process that does not speak HTTP through Django (edge, worker, cli)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cathedra.settings")
    django.setup()
