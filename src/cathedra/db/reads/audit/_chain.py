"""The chain as it stands in the database. It asks for no viewer: it says nothing of what the events say to anybody."""

from django.db import connection

from cathedra.db import sql
from cathedra.db.models import AuditHead
from cathedra.domain.audit import Head, Link


def find_head() -> Head | None:
    """Where the chain ends; None before the first event, or when somebody took it away."""
    found = AuditHead.objects.values_list("last_id", "last_hash").first()
    return Head(*found) if found else None


def list_links(*, after: int | None, limit: int) -> list[Link]:
    """The next events, by number; after None from the very first, whatever its number."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("audit_chain"), {"after": after, "limit": limit})
        return [Link(*row) for row in cursor.fetchall()]
