"""The page of one run: how it stands, what it left out, and who deals with that (R126, R127)."""

from uuid import UUID

import pytest

from cathedra.db.models import AuditEvent, RetentionDealt, RetentionItem, RetentionRun
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole
from tests.actions.retention.archives import kept, local, stores, tend
from tests.web.browsing import client, text


def left_out(cast, now, *whys: str) -> tuple[str, list[UUID]]:
    """A run that stands, with lines left out; its page."""
    kept(cast, stores(), local(2027, 1, 10))
    tend(local(2027, 8, 2, 4), stores())
    some = RetentionItem.objects.values("run_id", "owner_id", "folder_id", "seconds", "joined").get()
    gone = [UUID(int=number) for number in range(len(whys))]
    for one, why in zip(gone, whys, strict=True):
        RetentionItem.objects.create(**some, recording_id=one, state="SKIPPED", why=why, settled_at=now)
    return f"/staff/retention/runs/{some['run_id']}/", gone


@pytest.mark.slow
def test_r127_a_page_says_why_each_was_left_out_and_the_list_of_runs_how_many(cast, now):
    dev = client(cast.dev)
    address, gone = left_out(cast, now, "HELD", "EXEMPT")
    page, listed = text(dev.get(address)), text(dev.get("/staff/retention/"))
    (noted,) = AuditEvent.objects.filter(action="recording:look_up")
    assert (noted.actor_id, noted.facts["page"]) == (cast.dev, "staff_retention_run"), "R223"
    assert noted.facts["recordings"] == [str(one) for one in gone]
    for said in ("Left out: It is on hold.", "Left out: It is exempt."):
        assert (said in page, said in listed) == (True, False), said
    assert "2 left out wait for somebody to deal with them" in listed
    assert "2 wait for somebody to deal with them." in page


@pytest.mark.slow
def test_r126_what_was_left_out_is_ticked_off_with_a_note_and_stays_to_be_read(cast, now):
    dev = client(cast.dev)
    address, (first, second, third) = left_out(cast, now, "NOT_TOLD", "NOT_PLANNED", "HELD")
    assert "Tick what you have dealt with first." in text(dev.post(f"{address}left-out/", {"note": "x"}, follow=True))
    unsaid = dev.post(f"{address}left-out/", {"recording": [first], "note": " "}, follow=True)
    assert "Say what came of it" in text(unsaid)
    assert not RetentionDealt.objects.exists()
    done = dev.post(f"{address}left-out/", {"recording": [first, second], "note": "They were written to."}, follow=True)
    page = text(done)
    for said in ("Ticked off.", "1 waits for somebody to deal with it.", "It is on hold."):
        assert said in page, said
    assert "They were written to." not in page, "what is open is shown"
    everything = text(dev.get(address, {"all": "1"}))
    assert everything.count("They were written to.") == 2
    assert "Dev" in everything
    dev.post(f"{address}left-out/", {"recording": [first, third], "note": "Again."})
    assert [row.note for row in RetentionDealt.objects.order_by("item_id")] == ["They were written to."] * 2 + [
        "Again."
    ]
    events = AuditEvent.objects.filter(action="recording:settle_left_out").order_by("id")
    assert [(event.target_id, event.reason, event.actor_id) for event in events] == [
        (str(first), "They were written to.", cast.dev),
        (str(second), "They were written to.", cast.dev),
        (str(third), "Again.", cast.dev),
    ]
    assert "wait" not in text(dev.get("/staff/retention/")).partition("Plans and runs")[2].partition("Requests")[0]


@pytest.mark.slow
def test_r126_only_the_service_team_ticks_off_and_only_what_the_run_left_out(cast, now):
    address, (first,) = left_out(cast, now, "NOT_TOLD")
    people.give_system_role(cast.eve, SystemRole.SYS_ADMIN, reason="runs the servers", now=now)
    eve, given = client(cast.eve), {"recording": [first], "note": "Mine."}
    assert "Tick off" not in text(eve.get(address))
    assert eve.post(f"{address}left-out/", given).status_code == 404
    dev = client(cast.dev)
    assert "Tick off" in text(dev.get(address))
    planned = RetentionItem.objects.get(state="PLANNED").recording_id
    assert dev.post(f"{address}left-out/", {"recording": [first, planned], "note": "Both."}).status_code == 404
    other = address.replace(str(RetentionRun.objects.get(kind="ARCHIVE").id), str(first))
    assert dev.post(f"{other}left-out/", given).status_code == 404
    assert dev.get(other).status_code == 404
    assert not RetentionDealt.objects.exists()


@pytest.mark.slow
def test_r126_the_start_page_says_what_runs_that_have_ended_left_out(cast, now):
    left_out(cast, now, "NOT_TOLD", "HELD")
    dev = client(cast.dev)
    assert "left 2 recordings out" not in text(dev.get("/staff/")), "the run has not ended"
    RetentionRun.objects.filter(kind="ARCHIVE").update(began_at=now, joined_at=now, ended_at=now)
    assert "Runs left 2 recordings out" in text(dev.get("/staff/"))
    people.give_system_role(cast.eve, SystemRole.SYS_ADMIN, reason="runs the servers", now=now)
    assert "recordings out" not in text(client(cast.eve).get("/staff/"))
