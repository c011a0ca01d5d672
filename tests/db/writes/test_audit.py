"""Who did what to which thing (R224)."""

from cathedra.db.models import AuditEvent
from cathedra.db.writes import audit
from cathedra.domain.terms import Actor, Channel


def test_an_event_says_who_when_through_which_door_and_what(cast, now):
    actor = Actor(account_id=cast.alice, channel=Channel.WEB, address="192.0.2.7", correlation_id="r1")
    audit.record(actor, "folder:rename", target_kind="folder", target_id=cast.chemistry, now=now, facts={"to": "IA"})
    row = AuditEvent.objects.get()
    assert (row.actor_id, row.at, row.channel, row.address, row.correlation_id) == (
        cast.alice,
        now,
        "WEB",
        "192.0.2.7",
        "r1",
    )
    assert (row.action, row.target_kind, row.target_id, row.facts) == (
        "folder:rename",
        "folder",
        str(cast.chemistry),
        {"to": "IA"},
    )
