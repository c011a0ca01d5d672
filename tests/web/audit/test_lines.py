"""Events in words: who, what, and values as people read them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from cathedra.db.reads.audit import Event, Named
from cathedra.domain.terms import AccountId
from cathedra.web.audit import Change, lines

ALICE = AccountId(UUID(int=7))
FOLDER = "12345678-1234-1234-1234-123456789abc"


def event(**more) -> Event:
    told = {
        "id": 1, "at": datetime(2026, 11, 2, tzinfo=UTC), "actor_id": None, "on_behalf_of_id": None, "channel": "WEB",
        "address": "", "correlation_id": "", "action": "recording:edit", "target_kind": "recording", "target_id": "r",
        "before": None, "after": None, "reason": "", "facts": {}, "previous_hash": "", "hash": "",
        "names": {str(ALICE): Named("account", "Alice"), FOLDER: Named("folder", "Part IA")},
    }  # fmt: skip
    return Event(**{**told, **more})


def test_somebody_always_did_it():
    cases = [
        ({"actor_id": ALICE}, "Alice"),
        ({"actor_id": AccountId(uuid4())}, "Somebody who is not here any more"),
        ({"channel": "WORKER"}, "Cathedra itself"),
        ({"channel": "CLI"}, "The command line"),
        ({}, "Somebody not signed in"),
    ]
    for more, who in cases:
        assert lines([event(**more)])[0].who == who, more


def test_what_changed_is_said_for_people():
    facts = {
        "position": 2, "is_copy": True, "roles": ["sys_admin", "auditor"], "why": "", "folder_id": FOLDER,
        "until": "2026-06-01T10:00:00+00:00", "since": "2026-99-01T10:00", "any_other": {"name": None}, "values": {},
    }  # fmt: skip
    line = lines([event(before={"title": "Heat", "gone": 1}, after={"title": "Entropy"}, facts=facts)])[0]
    assert line.changes == (
        Change("Title", "Entropy", "Heat"),
        Change("Gone", "–", "1"),
        Change("Place", "2"),
        Change("Played as it is", "Yes"),
        Change("Roles", "Systems administrator, Auditor"),
        Change("Folder", "Part IA"),
        Change("To", "Mon 1 Jun 2026, 11:00"),
        Change("From", "2026-99-01T10:00"),
        Change("Any other", "Name: –"),
    )


def test_a_setting_is_called_as_it_is_set_r223():
    line = lines([event(before={"approval.allow_self": True}, after={"approval.allow_self": False})])[0]
    assert line.changes == (Change("approval.allow_self", "No", "Yes"),)


def test_amounts_are_measured_and_inner_ids_are_for_those_who_read_everything():
    facts = {"size_bytes": 1238943, "duration_ms": 65_000, "source_id": str(uuid4()), "folder_id": FOLDER}
    owners, everything = event(facts=facts), event(facts=facts, hash="f")
    assert lines([owners])[0].changes == (
        Change("Size", "1.2 MB"), Change("Length", "1 minute"), Change("Folder", "Part IA"),
    )  # fmt: skip
    assert [change.label for change in lines([everything])[0].changes] == ["Size", "Length", "File", "Folder"]


def test_a_thing_leads_somewhere_only_when_its_name_may_be_known():
    known, hidden = event(target_kind="folder", target_id=FOLDER), event(target_id=str(uuid4()))
    assert [(line.thing, line.thing_address) for line in lines([known, hidden])] == [
        ("Part IA", f"/folders/{FOLDER}/"),
        ("one you cannot see, or that is gone", ""),
    ]
    assert lines([known], about=FOLDER)[0].thing == ""
    assert not lines([known])[0].has_more
    assert lines([event(action="old:word", target_kind="old")])[0].what == "old:word"
