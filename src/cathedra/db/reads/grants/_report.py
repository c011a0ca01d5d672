"""The figures of the quarterly report on grants (R150)."""

from collections import Counter
from datetime import datetime

from django.db.models import Count

from cathedra.db.models import AccessGrant, AccessGrantTelling, AccessGrantUse, AuditEvent
from cathedra.domain.access import GrantPurpose, GrantReport, Informed, Quarter


def report(quarter: Quarter, *, since: datetime, until: datetime) -> GrantReport:
    """What was given between the two instants, and what was refused. The doors let only service administrators ask.

    An owner counts as told when the notice was delivered, which is what lets anybody in."""
    given = AccessGrant.objects.filter(granted_at__gte=since, granted_at__lt=until)
    purposes = given.order_by().values_list("purpose").annotate(count=Count("*"))
    tellings = AccessGrantTelling.objects.filter(grant__in=given)
    delivered = tellings.filter(live_since__isnull=False)
    uses = AccessGrantUse.objects.filter(grant__in=given)
    refused = AuditEvent.objects.filter(action="grant:refuse", at__gte=since, at__lt=until)
    return GrantReport(
        quarter=quarter,
        by_purpose={GrantPurpose(purpose): count for purpose, count in purposes},
        used=uses.values("grant_id").distinct().count(),
        uses=uses.count(),
        revoked=given.filter(revoked_at__isnull=False).count(),
        to_tell=tellings.count(),
        told=delivered.filter(informed=Informed.OWNER).count(),
        told_instead=delivered.filter(informed__in=(Informed.CREATORS, Informed.DEPARTMENT)).count(),
        deferred=Counter(given.exclude(deferred_reason="").values_list("deferred_ground", flat=True)),
        refused=Counter(facts.get("rule", "") for facts in refused.values_list("facts", flat=True)),
    )
