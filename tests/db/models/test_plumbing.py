"""The audit trail's row: what must be there, and in which order it comes back."""

import pytest
from django.db import connection

from cathedra.db.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_events_keep_their_order_and_whole_facts(now):
    for number in range(3):
        AuditEvent.objects.create(
            at=now, channel="CLI", action="thing:do", target_kind="thing", target_id="x", facts={"n": number}
        )
    assert [event.facts["n"] for event in AuditEvent.objects.filter(target_kind="thing").order_by("id")] == [0, 1, 2]


def test_the_lookups_by_thing_and_by_person_have_their_indexes():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, AuditEvent._meta.db_table)
    assert found["audit_target"]["columns"] == ["target_kind", "target_id", "id"]
    assert found["audit_actor"]["columns"] == ["actor_id", "id"]
