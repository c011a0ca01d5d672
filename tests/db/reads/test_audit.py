"""The trail as it is read: filtered, in pages, streamed; and what concerns an owner, a Creator, a Publisher (R225)."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection

from cathedra.db import sql
from cathedra.db.models import AccessGrant, AuditEvent, Recording
from cathedra.db.reads import audit as reads
from cathedra.db.writes import audit
from cathedra.domain.audit import GENESIS, Chain, ExportFormat, Wish
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture

HOUR = timedelta(hours=1)


@pytest.fixture
def trail(cast, now):
    """Eight events: Alice's on her recording and folder, Dev's on her behalf, and sign-ins."""
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    alice = Actor(cast.alice, Channel.WEB, address="192.0.2.7", correlation_id="r1")
    dev = Actor(cast.dev, Channel.API, address="192.0.2.8")
    nobody = Actor(None, Channel.WEB, address="192.0.2.9")
    told = [
        (alice, "recording:create", "recording", made, {}),
        (alice, "recording:edit", "recording", made, {"before": {"title": "=Heat"}, "after": {"title": "Entropy"}}),
        (dev, "recording:look_at", "recording", made, {}),
        (dev, "recording:edit", "recording", made, {"on_behalf_of": cast.alice, "reason": "She asked."}),
        (alice, "folder:create", "folder", cast.chemistry, {}),
        (alice, "account:sign_in", "account", cast.alice, {}),
        (nobody, "account:fail_sign_in", "account", cast.alice, {}),
        (dev, "account:close", "account", cast.ben, {}),
    ]
    for place, (actor, action, kind, key, more) in enumerate(told):
        audit.record(actor, action, target_kind=kind, target_id=key, now=now + place * HOUR, **more)
    return made


def ids(page) -> list[int]:
    return [event.id for event in page.rows]


def test_r224_the_trail_is_found_by_person_thing_action_and_time(cast, trail, now):
    wishes = [
        (Wish(), [8, 7, 6, 5, 4, 3, 2, 1]),
        (Wish(people=(cast.alice,)), [7, 6, 5, 4, 2, 1]),  # did it, had it done, was it done to
        (Wish(people=(cast.ben, cast.dev)), [8, 4, 3]),
        (Wish(people=()), []),
        (Wish(things=(str(trail),)), [4, 3, 2, 1]),
        (Wish(things=()), []),
        (Wish(actions=("recording:edit", "account:close")), [8, 4, 2]),
        (Wish(since=now + 2 * HOUR, until=now + 4 * HOUR), [4, 3]),
        (Wish(people=(cast.alice,), things=(str(trail),), actions=("recording:edit",), since=now + HOUR), [4, 2]),
    ]
    for wish, expected in wishes:
        assert ids(reads.list_events(wish, limit=50)) == expected, wish
        assert [event.id for event in reads.stream_events(wish)] == sorted(expected), wish


def test_pages_follow_one_another_and_a_made_up_place_is_the_beginning(trail):
    first = reads.list_events(Wish(), limit=5)
    second = reads.list_events(Wish(), after=first.after, limit=5)
    assert (ids(first), ids(second), second.after) == ([8, 7, 6, 5, 4], [3, 2, 1], "")
    for made_up in ("x", "-1", "9" * 30, "٣", "1.5"):
        assert ids(reads.list_events(Wish(), after=made_up, limit=1)) == [8]


def test_events_know_what_their_ids_are_called_now(cast, trail):
    event = next(event for event in reads.list_events(Wish(), limit=50).rows if event.id == 4)
    assert (event.actor_name, event.target_name, event.name_of(event.on_behalf_of_id)) == ("Dev", "Entropy", "Alice")
    Recording.objects.filter(id=trail).update(title="Order")
    assert reads.list_events(Wish(things=(str(trail),)), limit=1).rows[0].target_name == "Order"


def test_people_and_things_are_found_by_what_one_types(cast, trail):
    for typed in ("alice", "ALICE@example.org", "lic", str(cast.alice), f"/staff/people/{cast.alice}/"):
        assert reads.find_people(typed) == (cast.alice,), typed
    for typed in ("entro", f"https://x.example/recordings/{trail}/", str(trail).upper()):
        assert reads.find_things(typed) == (str(trail),), typed
    assert reads.find_people("zz\0z") == reads.find_things("zz\0z") == ()


def test_r225_an_owner_reads_who_did_what_to_their_recording_but_no_address_and_no_look(cast, trail):
    page = reads.list_of_recording(cast.alice, trail, limit=50)
    assert ids(page) == [4, 2, 1]
    assert {(event.address, event.correlation_id, event.hash, event.previous_hash) for event in page.rows} == {
        ("", "", "", "")
    }
    assert page.rows[0].actor_name == "Dev"
    assert page.rows[1].before == {"title": "=Heat"}
    later = reads.list_of_recording(cast.alice, trail, after="4", limit=1)
    assert (ids(later), later.after) == ([2], "2")


def test_r225_a_folder_tells_of_itself_of_what_is_in_it_and_of_what_left_it(cast, trail, now):
    gone = lecture(cast.physics, cast.alice, title="Secret", now=now)
    moved = {"before": {"folder_id": str(cast.chemistry)}, "after": {"folder_id": str(cast.physics)}}
    audit.record(
        Actor(cast.alice, Channel.WEB), "recording:edit", target_kind="recording", target_id=gone, now=now, **moved
    )
    page = reads.list_of_folder(cast.chloe, cast.chemistry, limit=50)
    assert ids(page) == [9, 5, 4, 2, 1]
    assert ids(reads.list_of_folder(cast.chloe, cast.chemistry, after="5", limit=2)) == [4, 2]
    left = page.rows[0]
    assert left.target_name == left.name_of(cast.physics) == ""  # R42: she sees neither now
    assert left.name_of(cast.chemistry) == "Part IA"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        places = {"folder_id": cast.chemistry, "before": 100, "shown": ["recording:edit"], "limit": 10, "withheld": []}
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.text("audit_of_folder"), places)
        plan = json.dumps(cursor.fetchone()[0])
    assert "Seq Scan" not in plan
    assert "audit_left" in plan


def test_r147_use_under_a_grant_of_which_the_owner_is_not_told_yet_is_not_told_here_either(cast, trail, now):
    why = {"deferred_reason": "An incident is looked into.", "deferred_by_id": cast.chloe, "review_at": now + HOUR}
    why["is_notice_held"] = True
    grant = AccessGrant.objects.create(
        grantee_id=cast.eve, purpose="manage_system", explanation="x" * 20, rights=["view"], starts_at=now,
        ends_at=now + HOUR, granted_by_id=cast.dev, granted_at=now, **why,
    )  # fmt: skip
    under = {"facts": {"grant_id": str(grant.id)}}
    audit.record(
        Actor(cast.eve, Channel.WEB), "recording:edit", target_kind="recording", target_id=trail, now=now, **under
    )
    pages = [
        lambda: ids(reads.list_of_recording(cast.alice, trail, limit=1)),
        lambda: ids(reads.list_of_folder(cast.alice, cast.chemistry, limit=1)),
    ]
    assert [page() for page in pages] == [[4], [5]]
    AccessGrant.objects.update(is_notice_held=False)
    assert [page() for page in pages] == [[9], [9]]


def test_r225_an_account_tells_its_person_where_somebody_signed_in_and_nobody_elses_address(cast, trail, now):
    audit.record(
        Actor(cast.dev, Channel.WEB, address="192.0.2.8"), "account:reopen",
        target_kind="account", target_id=cast.alice, now=now,
    )  # fmt: skip
    page = reads.list_of_account(cast.alice, limit=50)
    assert [(event.action, event.address) for event in page.rows] == [
        ("account:reopen", ""),
        ("account:fail_sign_in", "192.0.2.9"),
        ("account:sign_in", "192.0.2.7"),
    ]
    assert ids(reads.list_of_account(cast.eve, limit=50)) == []


def test_an_export_holds_every_column_and_no_formula_class_20(cast, trail):
    rows = list(csv.DictReader(io.StringIO("".join(reads.stream_lines(Wish(), form=ExportFormat.CSV)), newline="")))
    assert len(rows) == 8
    assert (rows[3]["actor"], rows[3]["on_behalf_of"], rows[3]["reason"], rows[3]["channel"]) == (
        "Dev", "Alice", "She asked.", "API",
    )  # fmt: skip
    Recording.objects.filter(id=trail).update(title="=cmd|' /C calc'!A0")
    safe = next(csv.DictReader(io.StringIO("".join(reads.stream_lines(Wish(), form=ExportFormat.CSV)), newline="")))
    assert safe["target"] == "'=cmd|' /C calc'!A0"
    lines = [json.loads(line) for line in reads.stream_lines(Wish(), form=ExportFormat.JSONL)]
    assert [line["number"] for line in lines] == list(range(1, 9))
    assert lines[1]["before"] == {"title": "=Heat"}
    assert [line["previous_hash"] for line in lines] == [GENESIS, *(line["hash"] for line in lines[:-1])]


@pytest.mark.parametrize("batch", [1, 3, 4, 8])
def test_the_stream_goes_on_over_its_batches(trail, batch):
    assert [event.id for event in reads.stream_events(Wish(), batch=batch)] == list(range(1, 9))


def test_r224_the_chain_is_whole_as_it_is_read_and_reads_by_key(trail):
    chain = Chain()
    assert [chain.take(link) for link in reads.list_links(after=None, limit=5)] == [None] * 5
    assert [chain.take(link) for link in reads.list_links(after=5, limit=5)] == [None] * 3
    assert chain.close(reads.find_head()) is None
    assert AuditEvent.objects.count() == chain.at.last_id
