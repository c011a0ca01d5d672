"""Conditions put together so that what is known to be true or false never reaches the database."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

from cathedra.domain.library import MediaState, Origin

IN_INTAKE = Q(origin=Origin.IMPORT, media_state=MediaState.EMPTY)  # R93
ALL, NONE = Q(pk__isnull=False), Q(pk__in=())


def any_of(*conditions: Q) -> Q:
    """One of them holds."""
    if any(one is ALL for one in conditions):
        return ALL
    asked = [one for one in conditions if one is not NONE]
    return reduce(or_, asked) if asked else NONE


def all_of(*conditions: Q) -> Q:
    """Every one of them holds."""
    if any(one is NONE for one in conditions):
        return NONE
    asked = [one for one in conditions if one is not ALL]
    return reduce(and_, asked) if asked else ALL


def known(is_so: bool) -> Q:
    """What is known already."""
    return ALL if is_so else NONE
