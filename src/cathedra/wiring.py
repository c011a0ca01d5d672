"""Builds adapters from the configuration; the only place that chooses an implementation."""

import importlib
import os
from functools import cache

import django

from cathedra import config
from cathedra.adapters.object_store import LocalStore, ObjectStore


def configuration() -> config.Config:
    """The configuration of this process."""
    return config.get()


def start_database() -> None:
    """Make the tables' layer ready in a process that does not speak HTTP through Django (edge, worker, cli)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cathedra.settings")
    django.setup()


@cache
def object_store() -> ObjectStore:
    """Where media is kept. One a process; may be shared by threads.

    The S3 store is imported only when it is wanted: boto3 costs 27 MiB and 0.2 s in every process that imports it.
    """
    configured = config.get()
    if configured.storage.kind == "local":
        return LocalStore(configured.media_dir)
    s3 = importlib.import_module("cathedra.adapters.object_store._s3")
    store: ObjectStore = s3.S3Store(configured.storage, work_dir=configured.work_dir)
    return store
