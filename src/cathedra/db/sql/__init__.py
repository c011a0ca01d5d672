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


_BEYOND = "(r.created_at, r.id) < (%(key)s::timestamptz, %(beyond)s::uuid)"
_BY_TITLE = "COALESCE((lower(r.title), r.id) < (%(key)s::text, %(beyond)s::uuid), TRUE)"  # no key is the beginning


@cache
def in_order(name: str, *, by_title: bool, is_down: bool) -> str:
    """The same statement in another order, where it tells the newest first from a place on."""
    newest = text(name)
    if _BEYOND not in newest:
        raise ValueError(f"{name} does not tell the newest first")
    found = newest.replace(_BEYOND, _BY_TITLE).replace("r.created_at", "lower(r.title)") if by_title else newest
    return found if is_down else found.replace(", r.id) < (", ", r.id) > (").replace(" DESC", "")
