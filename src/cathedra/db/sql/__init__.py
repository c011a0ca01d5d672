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
_STATES = "draft scheduled recording uploaded processing failed waiting rejected published held archived restoring"
KEYS = {  # what a list of recordings may be ordered by beside time, and its type
    "title": ("lower(r.title)", "text"),
    "length": ("COALESCE(r.edited_ms, r.duration_ms, -1)", "bigint"),
    "owner": ("lower(a.full_name)", "text"),
    "state": (f"array_position(string_to_array('{_STATES} recycled purged cancelled missed', ' '), state.word)", "int"),
}


@cache
def in_order(name: str, *, by: str | None, is_down: bool) -> str:
    """The same statement in another order, where it tells the newest first from a place on; no key is the beginning."""
    found = text(name)
    if _BEYOND not in found:
        raise ValueError(f"{name} does not tell the newest first")
    if by is not None:
        key, kind = KEYS[by]
        beyond = f"COALESCE(({key}, r.id) < (%(key)s::{kind}, %(beyond)s::uuid), TRUE)"
        found = found.replace(_BEYOND, beyond).replace("r.created_at", key)
    return found if is_down else found.replace(", r.id) < (", ", r.id) > (").replace(" DESC", "")


@cache
def state_word() -> str:
    """The state of a recording, as `listing_facts.sql` derives it, for statements that the ORM writes."""
    said = text("listing_facts").partition("LATERAL (SELECT ")[2].partition(" AS word)")[0]
    return said.replace(" r.", " cathedra_recording.").replace("(r.", "(cathedra_recording.").replace("%", "%%")


def state_rank() -> str:
    """Where that state stands among all, likewise."""
    return KEYS["state"][0].replace("state.word", f"({state_word()})")
