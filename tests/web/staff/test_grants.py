"""Staff pages of grants: given, refused in words, told word for word, deferred, ended, reported (R141 to R150)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import grants
from cathedra.db.models import AccessGrant, AuditEvent
from cathedra.domain.people import SystemRole
from tests.giving import WHY, by, give, somebody, told
from tests.lectures import lecture
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def test_r142_to_r146_access_is_given_on_a_page_and_what_the_owner_was_told_stands_there(cast):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now, title="<b>Entropy</b>")
    admin = client(cast.dev)
    asked = {
        "grantee": "morgan", "things": f"https://x/recordings/{recording}/", "purpose": "manage_system",
        "explanation": WHY, "days": "7",
    }  # fmt: skip
    for wrong, told_words in (
        ({"grantee": "nobody"}, "Nobody here is called: nobody."),
        ({"grantee": "ben"}, "current staff"),
        ({"grantee": "dev"}, "another service administrator"),
        ({"purpose": "teaching"}, "ask a Creator of the folder to share it"),
        ({"purpose": "investigation"}, "needs a hold"),
        ({"purpose": "spying"}, "Select a valid choice"),
        ({"explanation": "because"}, "at least 20 characters"),
        ({"days": "31"}, "30 days at most"),
        ({"things": "that one"}, "no address"),
        ({"things": str(cast.alice)}, "no recording"),
    ):
        answer = admin.post("/staff/grants/new/", {**asked, **wrong})
        assert answer.status_code == 422, wrong
        assert told_words in text(answer), wrong
    assert not AccessGrant.objects.exists()
    prefilled = text(admin.get(f"/staff/grants/new/?recording={recording}&grantee=morgan"))
    assert f"/recordings/{recording}/" in prefilled
    where = admin.post("/staff/grants/new/", asked)["Location"]
    page = text(admin.get(where))
    for part in ("Waiting until the owner is told", WHY, "Morgan was given access to", "To Alice", "&lt;b&gt;Entropy"):
        assert part in page, part
    assert "<b>Entropy" not in page
    assert "Morgan" in text(admin.get("/staff/grants/"))
    assert "Morgan" not in text(admin.get("/staff/grants/?show=ended"))
    assert admin.post(where, {}).status_code == 200
    assert admin.post(where, {"revoke": "1", "why": "Done with it."}).status_code == 302
    assert "Done with it." in text(admin.get(where))
    assert "ended already" in text(admin.post(where, {"revoke": "1"}))
    assert admin.get(f"/staff/grants/{recording}/").status_code == 404
    assert client(morgan).get(where).status_code == 404


def test_r147_a_second_person_defers_on_the_page_and_tells_after_all(cast):
    now = timezone.now()
    morgan, rosa = somebody("morgan", now=now), somebody("rosa", SystemRole.SERVICE_ADMIN, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    made = give(morgan, cast.dev, now=now, recordings=[recording], is_notice_held=True).grant_id
    where, admin, second = f"/staff/grants/{made}/", client(cast.dev), client(rosa)
    assert "Write the reason down" not in text(admin.get(where))
    assert "waits for you to say why" in text(second.get("/staff/"))
    day = timezone.localdate() + timedelta(days=10)
    wanted = {
        "defer": "1",
        "ground": "security_incident",
        "reason": "A security incident is looked into.",
        "review_date": day,
    }
    assert "Another service administrator" in text(admin.post(where, wanted))
    assert second.post(where, {**wanted, "review_date": day + timedelta(days=40)}).status_code == 422
    assert second.post(where, {**wanted, "reason": ""}).status_code == 422
    assert second.post(where, wanted).status_code == 302
    assert "In force, owner not told yet" in text(admin.get(where))
    assert "A security incident" not in text(client(cast.alice).get("/account/grants/"))
    assert admin.post(where, {"tell": "1"}).status_code == 302
    assert "To Alice" in text(admin.get(where))


def test_r150_the_quarterly_report_and_its_file(cast):
    now = timezone.now()
    morgan = somebody("morgan", now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    told(morgan, cast.dev, now=now, recordings=[recording])
    grants.note_playback(recording, actor=by(morgan), now=now)
    give(cast.ben, cast.dev, now=now, recordings=[recording])
    admin = client(cast.dev)
    page = text(admin.get("/staff/grants/report/"))
    for part in ("1 (100 %)", "by rule R143", "Grants for: Managing the system"):
        assert part in page, part
    assert admin.get("/staff/grants/report/?quarter=2020-Q1").status_code == 200
    file = admin.get("/staff/grants/report/export/")
    assert file["Content-Type"].startswith("text/csv")
    assert "notice_rate_percent,100" in text(file)
    assert "refused_R143,1" in text(file)
    assert AuditEvent.objects.latest("id").action == "grant:export_report"
