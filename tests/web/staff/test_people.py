"""Staff pages of people (R38 row 24): found, seen, made, changed; what each shows, and the look on the trail."""

import re

import pytest

from cathedra.db.models import Account, AuditEvent, UnreachableAddress
from cathedra.db.writes import people as writes
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.web.staff.people import ROWS
from tests.web.browsing import client, text


@pytest.fixture
def admin(cast):
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    return client(cast.dev)


@pytest.mark.slow
def test_people_are_found_by_name_login_or_address_and_paged(cast, admin):
    for query, found in (
        ({"q": "ali"}, ["Alice"]),
        ({"q": "CHLOE@example"}, ["Chloe"]),
        ({"q": "dev example.org"}, ["Dev"]),
        ({"kind": "student"}, ["Ben", "Eve"]),
        ({"kind": "roles"}, ["Dev"]),
        ({"kind": "closed"}, []),
        ({"q": "zzz\0%"}, []),
        ({"kind": "made-up", "after": "made-up"}, ["Alice", "Ben", "Chloe", "Dev", "Eve"]),
    ):
        answer = admin.get("/staff/people/", query)
        assert [row.full_name for row in answer.context["page"].rows] == found, query
    many = [f"Person {number:03}" for number in range(2 * ROWS)]
    for name in many:
        writes.add_account(
            name.replace(" ", ""),
            full_name=name,
            email="",
            affiliation=Affiliation.STUDENT,
            password=None,
            now=cast.now,
        )
    seen, after, pages = [], "", 0
    while True:
        page = admin.get("/staff/people/", {"after": after}).context["page"]
        seen += [row.full_name for row in page.rows]
        pages += 1
        if not (after := page.after):
            break
    assert (seen, pages) == (["Alice", "Ben", "Chloe", "Dev", "Eve", *many], 3)


@pytest.mark.slow
def test_a_persons_page_shows_what_they_hold_and_the_look_is_audited_r223(cast, admin):
    UnreachableAddress.objects.create(address="ben@example.org", reason="550 no such box", since_at=cast.now)
    client(cast.ben)  # signs in
    shown = text(admin.get(f"/staff/people/{cast.ben}/"))
    for part in ("ben@example.org", "Student", "Viewer", "Part IA students", "Part IA", "550 no such box", "Since "):
        assert part in shown, part
    event = AuditEvent.objects.get(action="account:look_at")
    assert (event.actor_id, event.target_id) == (cast.dev, str(cast.ben))
    own = text(admin.get(f"/staff/people/{cast.dev}/"))
    assert "Systems administrator" in own
    assert "/close/" not in own
    assert "Give a role" not in own
    assert admin.get(f"/staff/people/{cast.chemistry}/").status_code == 404


@pytest.mark.slow
def test_an_account_is_made_and_its_link_shown_once(cast, admin):
    new = {"login_name": "olga", "full_name": "Olga", "email": "o@example.org", "affiliation": "college_staff"}
    answer = admin.post("/staff/people/new/", new)
    link = re.search(r'value="(http[^"]*/invitation/[^"]+)"', text(answer))[1]
    assert answer["Cache-Control"] == "no-store"
    made = Account.objects.get(login_name="olga")
    page = text(admin.get(f"/staff/people/{made.id}/"))
    assert "Not chosen yet" in page
    assert link.rsplit("/", 2)[1] not in page
    assert "/invitation/" in text(admin.post(f"/staff/people/{made.id}/invite/"))
    for wrong, place in (
        ({**new, "login_name": "BEN"}, "login_name"),
        ({**new, "login_name": "x", "email": "nobody"}, "email"),
        ({**new, "login_name": "", "full_name": ""}, "login_name"),
    ):
        refused = admin.post("/staff/people/new/", wrong)
        assert (refused.status_code, place in refused.context["form"].errors) == (422, True), wrong
    assert admin.post(f"/staff/people/{cast.ben}/invite/").status_code == 302  # has a password: told on their page
    assert admin.post(f"/staff/people/{cast.chemistry}/invite/").status_code == 404


@pytest.mark.slow
def test_a_person_is_changed_and_a_change_over_another_is_refused(cast, admin):
    where = f"/staff/people/{cast.ben}/edit/"
    form = admin.get(where).context["form"]
    sent = {**form.initial, "full_name": "Benjamin"}
    assert admin.post(where, sent).status_code == 302
    assert Account.objects.get(id=cast.ben).full_name == "Benjamin"
    late = admin.post(where, {**sent, "full_name": "Benny"})
    assert late.status_code == 422
    assert "Somebody else changed this person" in text(late)
    assert admin.get(f"/staff/people/{cast.chemistry}/edit/").status_code == 404


def test_r223_who_looks_people_up_is_on_the_trail_pages_and_api(cast, admin):
    for address, channel in (("/staff/people/", "WEB"), ("/api/staff/people", "API")):
        assert admin.get(address).status_code == 200
        assert not AuditEvent.objects.filter(action="account:look_up", channel=channel).exists(), "nobody was asked for"
        assert admin.get(address, {"q": "ali"}).status_code == 200
        assert AuditEvent.objects.get(action="account:look_up", channel=channel).facts == {"text": "ali"}
    admin.get(f"/staff/people/{cast.ben}/edit/")
    look = AuditEvent.objects.get(action="account:look_at")
    assert (look.target_id, look.facts) == (str(cast.ben), {"page": "staff_edit_person"})
