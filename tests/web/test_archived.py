"""What is said of what is in the archive: since when, until when, and the wait; to whom it is told at all (R120, R121)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import publishing, retention
from cathedra.db.models import Hold, Kept, Recording
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.domain.retention import Exempt, ExemptionReason, deletion_of
from cathedra.domain.terms import Code, deny, permit
from cathedra.web import archived
from tests.actions.retention.archives import by, kept, local, stores
from tests.lectures import lecture
from tests.web.browsing import client, text

NOW = local(2026, 2, 1, 10)


def in_archive(cast, now, **more):
    made = lecture(cast.chemistry, cast.alice, now=now, keeping="ARCHIVED", **more)
    Kept.objects.create(recording_id=made, archived_at=now)
    return made


def said(recording, at=NOW):
    (reason,) = archived.dated(recording, deny(Code.ARCHIVED, "R121", "x"), at).reasons
    return reason.values


def test_r121_since_when_until_when_and_the_wait_and_no_day_where_none_is_set(cast):
    made = in_archive(cast, local(2025, 9, 1, 3))
    plain = {"archived_date": "2025-09-01", "hours": "48"}
    assert said(made) == plain | {"deletion_date": "2026-08-31"}
    writes.add_exemption(
        folder_id=None, recording_id=made, what=Exempt.DELETION, reason_kind=ExemptionReason.LEGAL, reason="x",
        by=cast.alice, expires_at=local(2026, 10, 1), now=NOW,
    )  # fmt: skip
    assert said(made)["deletion_date"] == "2026-08-31", "asked for, not given"
    exemption = reads.list_waiting()[0]
    writes.decide_exemption(exemption.id, is_granted=True, answer="", by=cast.dev, now=NOW)
    assert said(made)["deletion_date"] == "2027-08-31", "R128"
    Hold.objects.create(recording_id=made, kind="legal", opened_at=NOW)
    assert said(made) == plain, "R130"
    other = lecture(cast.chemistry, cast.alice, now=NOW)
    assert archived.dated(other, permit(), NOW).is_permitted
    kept_as_it_is = deny(Code.HELD, "R41", "x")
    assert archived.dated(other, kept_as_it_is, NOW) is kept_as_it_is
    copy = publishing.copy_recording(other, cast.chemistry, is_full=False, actor=by(cast.alice), now=NOW).recording_id
    Recording.objects.filter(id=other).update(keeping="ARCHIVED")
    Kept.objects.create(recording_id=other, archived_at=local(2025, 9, 1, 3))
    assert said(copy) == plain | {"deletion_date": "2026-08-31"}, "R140: of what it plays"
    (reason,) = archived.dated(other, deny(Code.RESTORING, "R120", "x"), NOW).reasons
    assert (reason.code, reason.values) == (Code.RESTORING, {"hours": "48"})


@pytest.mark.slow
def test_r121_a_viewer_its_owner_and_programs_are_told_and_nobody_else(cast):
    now, where = timezone.now() - timedelta(days=1), stores()
    made = kept(cast, where, now)
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    run = retention_day(made)
    words = (
        "This recording has been in the archive since",
        f"It is deleted for good on {run:%a} {run.day} {run:%b %Y}",
        "mostly takes an hour, and 48 hours at the most",
    )
    refused = client(cast.ben).get(f"/recordings/{made}/")
    assert refused.status_code == 409
    for page in (refused, client(cast.alice).get(f"/recordings/{made}/")):
        for word in words:
            assert word in text(page), word
        assert f'action="/recordings/{made}/restore/"' in text(page)
    for address in (f"/api/recordings/{made}", f"/api/recordings/{made}/player"):
        told = client(cast.ben).get(address).json()
        assert told["code"] == "ARCHIVED"
        assert all(word in told["message"] for word in words), address
    for address in (f"/recordings/{made}/", f"/api/recordings/{made}"):
        shown = text(client(cast.eve).get(address))
        assert not any(word in shown for word in words), "R42"


def retention_day(recording):
    facts = reads.get_facts(recording)
    return deletion_of(facts, calendar=reads.calendar(), now=timezone.now()).run.day


@pytest.mark.slow
def test_r121_r128_the_page_the_list_and_programs_say_the_day_that_counts(cast):
    now, where = timezone.now() - timedelta(days=1), stores()
    made = kept(cast, where, now)
    assert retention.archive_media(made, actor=by(cast.alice), now=now, stores=where) is None
    alice = client(cast.alice)
    keeping = f"/api/recordings/{made}/keeping"
    day = retention_day(made)
    assert (alice.get(keeping).json()["deletion_day"], alice.get(keeping).json()["kept_by"]) == (day.isoformat(), None)
    assert f"deleted for good on {day:%a} {day.day} {day:%b %Y}" in text(alice.get("/keeping/"))
    Hold.objects.create(recording_id=made, kind="legal", opened_at=now)
    assert (alice.get(keeping).json()["deletion_day"], alice.get(keeping).json()["kept_by"]) == (None, "HELD")
    for page in ("/keeping/", f"/recordings/{made}/keeping/"):
        shown = text(alice.get(page))
        assert "o day is set on which it is deleted" in shown, page
        assert "It is on hold." in shown, page
        assert "deleted for good on" not in shown, page
