"""What is said of a recording that was destroyed (R58, R131)."""

from cathedra.db.models import Department, Folder, Recording, Tombstone
from cathedra.db.reads import publishing
from cathedra.db.writes import library
from cathedra.domain.terms import Code, deny, permit
from cathedra.web import tombstones
from tests.actions.retention.archives import local
from tests.lectures import lecture
from tests.web.browsing import client, text

NOW = local(2026, 8, 31, 2)


def test_r131_when_by_whose_rule_and_whom_to_ask(cast):
    made, told = lecture(cast.chemistry, cast.alice, now=NOW), deny(Code.GONE, "R58", "Gone.")
    assert tombstones.gone(made, told) is told
    stone = Tombstone.objects.create(
        recording_id=made, owner_id=cast.alice, folder_id=cast.chemistry, folder_path="Chemistry", title="Entropy",
        created_at=NOW, purged_at=NOW, reason="deletion-2026", run_id=made,
    )  # fmt: skip
    assert tombstones.gone(made, permit()).is_permitted
    folder = Folder.objects.get(id=cast.chemistry)
    folder.department = Department.objects.create(name="D", contact_email="ask@example.org")
    folder.save()
    (reason,) = tombstones.gone(made, told).reasons
    assert reason.values == {"purged_date": "2026-08-31", "contact": "ask@example.org"}
    assert "under the retention policy" in reason.sentence
    stone.run_id = None
    stone.save()
    assert "policy" not in tombstones.gone(made, told).reasons[0].sentence
    Folder.objects.filter(id=cast.chemistry).update(department=None, course=None)
    assert "contact" not in tombstones.gone(made, told).reasons[0].values


def test_r131_its_address_says_it_to_who_could_see_it_and_its_title_to_nobody(cast):
    """Where it lay in a folder of the course's, the contact is the course's; strangers learn nothing (R42)."""
    below = library.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=NOW)
    made = lecture(below, cast.alice, now=NOW, keeping="PURGED")
    Tombstone.objects.create(
        recording_id=made, owner_id=cast.alice, folder_id=below, folder_path="Chemistry / Week 1", title="Entropy",
        created_at=NOW, purged_at=NOW, reason="deletion-2026", run_id=made,
    )  # fmt: skip
    ask = Department.objects.create(name="D", contact_email="ask@example.org")
    Folder.objects.filter(id=cast.chemistry).update(department=ask)
    said = "This recording was deleted on Mon 31 Aug 2026 under the retention policy. Questions: ask@example.org."

    def told(who):
        page = client(who).get(f"/recordings/{made}/")
        assert "Entropy" not in text(page)
        return page.status_code, said in text(page)

    assert [told(who) for who in (cast.ben, cast.alice, cast.eve, None)] == [
        (410, True), (410, True), (404, False), (401, False),
    ]  # fmt: skip
    for operation in ("", "/player"):
        assert client(cast.ben).get(f"/api/recordings/{made}{operation}").json()["message"] == said
    Recording.objects.filter(id=made).update(sharing="organisation_unlisted")  # whoever had the link saw it
    assert [told(who) for who in (cast.eve, None)] == [(410, True), (401, False)]
    assert publishing.contact_address(cast.physics) == ""
