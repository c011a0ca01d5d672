"""Staff pages of groups (R2)."""

import pytest

from cathedra.db.models import Group, Membership
from cathedra.db.writes import people as writes
from cathedra.domain.people import GroupKind, SystemRole
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r2_internal_groups_are_edited_here_and_the_others_only_shown(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    admin = client(cast.dev)
    made = admin.post("/staff/groups/new/", {"name": "Helpers", "members": "ben ghost"}, follow=True)
    assert "1 person was added" in text(made)
    assert "left out: ghost." in text(made)
    group = Group.objects.get(name="Helpers").id
    where = f"/staff/groups/{group}/"
    assert "2 people were added" in text(admin.post(where, {"members": "eve,alice,ben"}, follow=True))
    assert admin.post(where, {"members": ""}).status_code == 422
    assert "taken out" in text(admin.post(f"{where}members/{cast.ben}/remove/", follow=True))
    assert set(Membership.objects.filter(group_id=group).values_list("account_id", flat=True)) == {cast.eve, cast.alice}
    assert admin.post(f"{where}edit/", {"name": "Part IA students"}).status_code == 422
    assert admin.post("/staff/groups/new/", {"name": "Part IA students"}).status_code == 422
    assert admin.post(f"{where}edit/", {"name": "Helping hands"}).status_code == 302
    assert "Helping hands" in text(admin.get("/staff/groups/", {"q": "hand HELP"}))
    students = Group.objects.get(name="Part IA students").id
    kept = text(admin.post(f"/staff/groups/{students}/edit/", {"remove": "1"}, follow=True))
    assert "Take those away first" in kept
    assert "Viewer" in kept
    assert "was removed" in text(admin.post(f"{where}edit/", {"remove": "1"}, follow=True))
    pushed = writes.add_group("Chem", kind=GroupKind.EXTERNAL, external_id="m:chem_viewers")
    writes.add_members(pushed, [cast.ben])
    shown = text(admin.get(f"/staff/groups/{pushed}/"))
    assert "Another system says who is in this group" in shown
    assert "Add people" not in shown
    assert "Take out" not in shown
    assert "comes from another system" in text(admin.post(f"/staff/groups/{pushed}/", {"members": "eve"}))
    assert Membership.objects.filter(group_id=pushed).count() == 1
    lists = admin.get("/staff/groups/", {"kind": "external"}).context["page"].rows
    assert [row.name for row in lists] == ["Chem"]
    for missing in (where, f"{where}edit/", f"/staff/groups/{cast.ben}/", f"/staff/groups/{pushed}/edit/"):
        assert admin.get(missing).status_code == 404, missing
    assert admin.post(f"{where}members/{cast.ben}/remove/").status_code == 404
