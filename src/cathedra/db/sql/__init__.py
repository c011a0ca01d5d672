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


_ASKED = {"%(viewer)s::uuid": "NULL::uuid", "%(session_key)s": "asked.key", "%(recording_id)s": "asked.recording_id"}


@cache
def of_sessions(name: str) -> str:
    """The same statement, which asks of a `session_key` and a `recording_id`, asked of each of the `session_keys` with the
    one of the `recording_ids` beside it: a row for each, in that order. To begin a statement of this size costs PostgreSQL
    five times what one more answer does."""
    one = text(name)
    for place, asked in _ASKED.items():
        if place not in one:
            raise ValueError(f"{name} does not ask of a session and a recording")
        one = one.replace(place, asked)
    return (
        f"-- {name}, of many\nSELECT told.*\n"
        "FROM unnest(%(session_keys)s::text[], %(recording_ids)s::uuid[])\n"
        "     WITH ORDINALITY AS asked(key, recording_id, place)\n"
        f"CROSS JOIN LATERAL (\n{one}) told\nORDER BY asked.place\n"
    )


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
