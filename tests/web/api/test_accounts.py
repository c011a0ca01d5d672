"""Accounts and system roles by API: the same decisions as the pages (R227, R228)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import Account, AuditEvent
from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


@pytest.mark.slow
def test_r227_everything_about_people_is_done_by_api_too(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=timezone.now())
    admin = client(cast.dev)
    assert [row["login_name"] for row in admin.get("/api/staff/people", {"q": "ali"}).json()["rows"]] == ["alice"]
    new = {"login_name": "olga", "full_name": "Olga", "affiliation": "college_staff"}
    made = admin.post("/api/staff/people", new, **JSON)
    assert (made.status_code, set(made.json())) == (201, {"id", "path", "expires_at"})
    assert admin.post("/api/staff/people", new, **JSON).status_code == 409
    one = f"/api/staff/people/{made.json()['id']}"
    seen = admin.get(one).json()["mark"]
    assert admin.patch(one, {"full_name": "Olga P", "seen": seen}, **JSON).json()["full_name"] == "Olga P"
    assert admin.patch(one, {"full_name": "Olga Q", "seen": seen}, **JSON).json()["code"] == "CONFLICT"
    assert admin.patch(one, {"is_active": False}, **JSON).json()["is_active"] is False
    assert admin.post(f"{one}/invitation").json()["code"] == "ILLEGAL_TRANSITION"
    assert admin.patch(one, {"is_active": True}, **JSON).json()["is_active"] is True
    assert admin.post(f"{one}/invitation").status_code == 200
    assert admin.delete(f"{one}/sign-ins").json()["sign_in_count"] == 0
    assert admin.delete(f"{one}/second-step").status_code == 200
    asked = {"reason": "Checks the figures", "approver": "alice", "review_date": str(timezone.localdate())}
    assert admin.put(f"{one}/roles/auditor", asked, **JSON).json()["rule"] == "R27"
    asked["review_date"] = str(timezone.localdate() + timedelta(days=30))
    assert admin.put(f"{one}/roles/auditor", asked, **JSON).json()["roles"][0]["role"] == "auditor"
    later = {"reason": "Still checks them", "review_date": str(timezone.localdate() + timedelta(days=90))}
    assert admin.patch(f"{one}/roles/auditor", later, **JSON).json()["roles"][0]["reason"] == "Still checks them"
    assert {row["role"] for row in admin.get("/api/staff/roles").json()["rows"]} >= {"auditor", "sys_admin"}
    assert admin.delete(f"{one}/roles/auditor").json()["roles"] == []
    assert admin.delete(f"/api/staff/people/{cast.dev}/roles/sys_admin").json()["code"] == "ILLEGAL_TRANSITION"
    assert admin.put(f"{one}/roles/emperor", asked, **JSON).status_code == 422
    assert admin.get(f"/api/staff/people/{cast.chemistry}").status_code == 404
    assert set(AuditEvent.objects.values_list("channel", flat=True)) == {"API"}


@pytest.mark.slow
def test_r228_to_others_none_of_it_exists_classes_12_and_24(cast):
    one = f"/api/staff/people/{cast.ben}"
    asks = [
        ("get", "/api/staff/people", None),
        ("post", "/api/staff/people", {"login_name": "x", "full_name": "X", "affiliation": "student"}),
        ("get", one, None),
        ("patch", one, {"full_name": "X"}),
        ("post", f"{one}/invitation", None),
        ("delete", f"{one}/sign-ins", None),
        ("delete", f"{one}/second-step", None),
        ("get", "/api/staff/roles", None),
        ("put", f"{one}/roles/auditor", {"reason": "x" * 20, "approver": "dev", "review_date": "2027-01-01"}),
        ("patch", f"{one}/roles/auditor", {"reason": "x" * 20, "review_date": "2027-01-01"}),
        ("delete", f"{one}/roles/auditor", None),
        ("get", "/api/staff/groups", None),
        ("post", "/api/staff/groups", {"name": "X"}),
        ("put", "/api/staff/pushed-groups/m:c_viewers", {"members": []}),
    ]
    for who, status in ((cast.dev, 404), (cast.ben, 404), (cast.alice, 404), (None, 401)):
        browser = client(who)
        for method, where, body in asks:
            answer = getattr(browser, method)(where, body, **(JSON if method != "get" else {}))
            assert answer.status_code == status, (who, method, where)
            assert set(answer.json()) == {"code", "rule", "message"}
    assert Account.objects.count() == 5
    assert not AuditEvent.objects.exists()
