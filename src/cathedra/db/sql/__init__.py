"""Statements that the ORM says badly: one per file, named and described at its top."""

from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> str:
    """The statement in `<name>.sql`, with psycopg's named places."""
    return files(__package__).joinpath(f"{name}.sql").read_text()
