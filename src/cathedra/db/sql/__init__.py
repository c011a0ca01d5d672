"""Statements that the ORM says badly: one per file, named and described at its top."""

from functools import cache
from importlib.resources import files

_MANY = "= ANY(%(ids)s::uuid[])"


@cache
def text(name: str) -> str:
    """The statement in `<name>.sql`, with psycopg's named places."""
    return files(__package__).joinpath(f"{name}.sql").read_text()


@cache
def of_one(name: str) -> str:
    """The same statement asked of one row, `id`, where it asks of many, `ids`: planned once, it is planned for one."""
    many = text(name)
    if _MANY not in many:
        raise ValueError(f"{name} does not ask of many")
    return many.replace(_MANY, "= %(id)s")
