"""What is said of a recording that was destroyed (R58, R131)."""

from cathedra.db.models import Department, Folder, Tombstone
from cathedra.domain.terms import Code, deny, permit
from cathedra.web import tombstones
from tests.actions.retention.archives import local
from tests.lectures import lecture

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
