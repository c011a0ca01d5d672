"""Put away that somebody has dealt with what a run left out (R126)."""

from collections.abc import Collection
from datetime import datetime

from cathedra.db.models import RetentionDealt
from cathedra.domain.terms import AccountId


def deal_with(item_ids: Collection[int], *, note: str, by: AccountId | None, now: datetime) -> set[int]:
    """Tick these lines off; the first word on a line stands. The caller holds their run. Returns which were open."""
    known = set(RetentionDealt.objects.filter(item_id__in=item_ids).values_list("item_id", flat=True))
    fresh = sorted(set(item_ids) - known)
    RetentionDealt.objects.bulk_create(
        RetentionDealt(item_id=one, note=note, dealt_by_id=by, dealt_at=now) for one in fresh
    )
    return set(fresh)
