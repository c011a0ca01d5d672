"""Staff pages of system roles, and what the start page says of them (R25, R27)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import SystemRoleHolder
from cathedra.db.writes import people as writes
from cathedra.domain.people import SystemRole
from tests.web.browsing import client, text


@pytest.fixture
def admin(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=timezone.now())
    return client(cast.dev)


@pytest.mark.slow
def test_r27_a_role_is_given_reviewed_and_withdrawn_on_pages(cast, admin):
    soon = timezone.localdate() + timedelta(days=20)
    asked = {"role": "auditor", "reason": "Checks the yearly figures", "approver": "alice", "review_date": soon}
    where = f"/staff/people/{cast.chloe}/roles/"
    for wrong, told in (
        ({"approver": "nobody"}, "Nobody here is called: nobody."),
        ({"approver": "chloe"}, "Nobody approves a role for themselves"),
        ({"approver": "Part IA students"}, "Nobody here is called"),
        ({"reason": "because"}, "Say why"),
        ({"review_date": soon + timedelta(days=500)}, "twelve months"),
        ({"role": "videographer"}, "Name the folders"),
        ({"role": "videographer", "folders": str(cast.eve)}, "no folder"),
    ):
        answer = admin.post(where, {**asked, **wrong})
        assert answer.status_code == 422, wrong
        assert told in text(answer), wrong
    assert admin.post(where, asked)["Location"] == f"/staff/people/{cast.chloe}/"
    films = {**asked, "role": "videographer", "folders": f"https://x/folders/{cast.chemistry}/\n"}
    assert admin.post(where, films).status_code == 302
    listed = text(admin.get("/staff/roles/"))
    for part in ("Chloe", "Auditor", "Checks the yearly figures", "Approved by Alice", "Ends soon", "Part IA"):
        assert part in listed, part
    assert "system roles end soon" in text(admin.get("/staff/"))
    assert "Checks the yearly figures" in text(client(cast.chloe).get("/account/"))
    review = f"{where}auditor/"
    assert "Checks the yearly" in text(admin.get(review))
    assert admin.post(review, {"reason": "short", "review_date": soon}).status_code == 422
    later = soon + timedelta(days=100)
    assert admin.post(review, {"reason": "Still checks them", "review_date": later}).status_code == 302
    assert SystemRoleHolder.objects.get(role="auditor").review_date == later
    assert admin.post(review, {"withdraw": "1"}).status_code == 302
    assert not SystemRoleHolder.objects.filter(role="auditor").exists()
    for missing in (review, f"{where}made-up/", f"/staff/people/{cast.chemistry}/roles/"):
        assert admin.get(missing).status_code == 404, missing
    last = admin.post(f"/staff/people/{cast.dev}/roles/sys_admin/", {"withdraw": "1"})
    assert "last active systems administrator" in text(last)
