"""What the site was set to when it was last put on the trail (R223)."""

from cathedra.db.models import AuditEvent

TARGET_KIND, TARGET_ID = "settings", "site"


def last_settings() -> dict[str, object]:
    """Every value as it was told last; of a site that never told any, nothing. Asked at a start, so it takes no viewer."""
    told = AuditEvent.objects.filter(target_kind=TARGET_KIND, target_id=TARGET_ID).order_by("id")
    found: dict[str, object] = {}
    for after in told.values_list("after", flat=True):
        found |= after or {}
    return found
