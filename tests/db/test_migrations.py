"""A database that begins with `0031_whole` is the one that the thirty-one before it leave."""

from importlib import import_module

from django.db.migrations import RunSQL
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

# Of rows that were there before, of which a new database has none: nothing is left to mend.
MENDS = {("0004_access", "UPDATE"), ("0008_people", "UPDATE"), ("0028_search", "DELETE")}


def test_every_table_is_described_alike_by_either_way():
    whole, chain = (MigrationLoader(None, replace_migrations=replaces) for replaces in (True, False))
    new, old = (
        whole.project_state(("cathedra", "0031_whole")),
        chain.project_state(("cathedra", "0031_retention_trials")),
    )
    assert MigrationAutodetector(old, new).changes(whole.graph) == {}
    assert len(old.models) == len(new.models) > 70
    assert {key: list(model.fields) for key, model in new.models.items()} == {
        key: list(model.fields) for key, model in old.models.items()
    }, "the columns stand in another order"


def test_every_statement_of_the_others_is_run_by_it_too():
    whole = import_module("cathedra.db.migrations.0031_whole").Migration
    run = {operation.sql for operation in whole.operations if isinstance(operation, RunSQL)}
    left_out = {
        (name, operation.sql.split()[0])
        for _, name in whole.replaces
        for operation in import_module(f"cathedra.db.migrations.{name}").Migration.operations
        if isinstance(operation, RunSQL) and operation.sql not in run
    }
    assert left_out == MENDS
