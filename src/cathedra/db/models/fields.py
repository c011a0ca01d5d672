"""Column helpers: a text column that must be a member of an enumeration, and PostgreSQL's ltree."""

from enum import StrEnum
from typing import Any

from django.db import models
from django.db.models import F, Lookup, Q


class LtreeField(models.TextField):
    """A materialised path, `a.b.c`; subtree questions use `<@` with a GiST index."""

    def db_type(self, connection: object) -> str:
        return "ltree"


@LtreeField.register_lookup
class BelowLookup(Lookup):  # type: ignore[type-arg]  # not subscriptable at run time
    """`path__below=[...]`: this path is one of those or somewhere below one; by the GiST index."""

    lookup_name = "below"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        below, below_places = self.process_lhs(compiler, connection)
        return f"{below} <@ %s::ltree[]", [*below_places, list(self.rhs)]


def word(kind: type[StrEnum], **options: object) -> models.TextField:
    """A column that stores a member of `kind` as its text."""
    return models.TextField(**options)  # type: ignore[arg-type]  # options of one kind, typed by their names


def is_word(field: str, kind: type[StrEnum], name: str) -> models.CheckConstraint:
    """The constraint that goes with `word`."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": sorted(kind)}), name=name)


def is_word_or_null(field: str, kind: type[StrEnum], name: str) -> models.CheckConstraint:
    """The same for a column that may be null."""
    is_member = Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__in": sorted(kind)})
    return models.CheckConstraint(condition=is_member, name=name)


def dated(side: str, name: str) -> models.CheckConstraint:
    """`starts_at` stands exactly where `start` is a date; the same for the end (R44)."""
    return models.CheckConstraint(
        condition=Q(**{side: "date", f"{side}__isnull": False, f"{side}s_at__isnull": False})
        | (Q(**{f"{side}s_at__isnull": True}) & (Q(**{f"{side}__isnull": True}) | ~Q(**{side: "date"}))),
        name=name,
    )


def ends_later(name: str) -> models.CheckConstraint:
    """R47."""
    is_open = Q(starts_at__isnull=True) | Q(ends_at__isnull=True)
    return models.CheckConstraint(condition=is_open | Q(ends_at__gt=F("starts_at")), name=name)
