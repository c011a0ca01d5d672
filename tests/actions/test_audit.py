"""Verbs of the trail itself: what staff looked at, looked up and took away is on it (R223, R26)."""

import pytest

from cathedra.actions import audit
from cathedra.db.models import AuditEvent
from cathedra.domain.audit import ExportFormat, Wish
from cathedra.domain.terms import Actor, Channel


@pytest.mark.parametrize("kind", list(audit.Seen))
def test_r223_what_staff_saw_by_their_role_alone_is_written_down(cast, now, kind):
    actor = Actor(cast.dev, Channel.WEB, address="192.0.2.8")
    audit.note_look(kind, target_id=cast.chemistry, page="details", actor=actor, now=now)
    event = AuditEvent.objects.get()
    assert (event.action, event.target_kind, event.target_id) == (f"{kind}:look_at", kind.value, str(cast.chemistry))
    assert (event.actor_id, event.at, event.facts) == (cast.dev, now, {"page": "details"})


def test_r223_a_search_and_an_export_say_what_was_asked_for(cast, now):
    actor = Actor(cast.dev, Channel.WEB)
    audit.note_search(Wish(people=(cast.alice,), since=now), actor=actor, now=now)
    audit.note_export(Wish(), form=ExportFormat.JSONL, actor=actor, now=now)
    looked, took = AuditEvent.objects.order_by("id")
    assert looked.facts == {"people": [str(cast.alice)], "since": now.isoformat()}
    assert (took.action, took.facts) == ("audit:export", {"format": "jsonl"})


def test_r223_a_setting_that_changed_is_on_the_trail_with_what_it_was(cast, now):
    def set_to(**values):
        given = {f"approval.{name}": value for name, value in values.items()}
        return audit.note_settings(given, actor=Actor(None, Channel.CLI), now=now)

    assert set_to(allow_self=True, allow_webcast=False)
    assert not set_to(allow_self=True, allow_webcast=False), "a start that changes nothing"
    assert set_to(allow_self=False, allow_webcast=False)
    assert set_to(allow_self=True, allow_webcast=False, old=1)
    assert set_to(allow_self=True, allow_webcast=False), "one that is not there any more"
    first, *later = AuditEvent.objects.filter(action="settings:change").order_by("id")
    assert (first.before, first.after) == (None, {"approval.allow_self": True, "approval.allow_webcast": False})
    assert [(event.before, event.after) for event in later] == [
        ({"approval.allow_self": True}, {"approval.allow_self": False}),
        ({"approval.allow_self": False, "approval.old": None}, {"approval.allow_self": True, "approval.old": 1}),
        ({"approval.old": 1}, {"approval.old": None}),
    ]
