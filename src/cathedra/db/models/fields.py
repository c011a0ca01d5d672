"""Column helpers: a text column that must be a member of an enumeration, and PostgreSQL's ltree."""

from enum import StrEnum

from django.db import models
from django.db.models import Q


class LtreeField(models.TextField):
    """A materialised path, `a.b.c`; subtree questions use `<@` with a GiST index."""

    def db_type(self, connection: object) -> str:
        return "ltree"


def word(kind: type[StrEnum], **options: object) -> models.TextField:
    """A column that stores a member of `kind` as its text."""
    return models.TextField(**options)  # type: ignore[arg-type]


def is_word(field: str, kind: type[StrEnum], name: str) -> models.CheckConstraint:
    """The constraint that goes with `word`."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": sorted(kind)}), name=name)
