"""Compare-and-set of publication, of a folder's switch, of a copy."""

import pytest

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import publishing as writes
from cathedra.domain.encoding import Note
from cathedra.domain.library import Publication
from cathedra.domain.publishing import ApprovalStep
from tests.lectures import lecture


@pytest.mark.slow
def test_what_stands_elsewhere_is_left_alone_r53(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now, publication=Publication.WAITING)
    Folder.objects.filter(id=cast.chemistry).update(newest_at=None)
    given = {"publication": "PUBLISHED", "step": ApprovalStep.APPROVED, "by": cast.chloe, "now": now}
    assert not writes.set_publication(made, expected="REJECTED", **given)
    assert writes.set_publication(made, expected="WAITING", **given)
    assert Folder.objects.get(id=cast.chemistry).newest_at == now
    assert writes.set_approval(cast.chemistry, is_on=True)
    assert not writes.set_approval(cast.chemistry, is_on=True)
    assert writes.set_approval(cast.chemistry, is_on=False)
    assert not writes.set_approval(cast.chemistry, is_on=False)
    copy = writes.add_full(made, cast.physics, title="Again", owner_id=cast.alice, by=None, now=now)
    assert writes.set_copying(copy, stage="Copying", percent=10, now=now)
    assert writes.finish_copy(copy, duration_ms=60_000, now=now)
    assert not writes.finish_copy(copy, duration_ms=60_000, now=now)
    assert not writes.fail_copy(copy, Note("No."), now=now)
    assert not writes.set_copying(made, stage="Copying", percent=10, now=now)
    writes.offer(copy, "PUBLISHED")
    writes.offer(copy, "WAITING")
    assert Recording.objects.get(id=copy).publication == "PUBLISHED"


@pytest.mark.slow
def test_a_copy_of_a_copy_refers_to_the_original_r140(cast, now):
    original = lecture(cast.chemistry, cast.alice, now=now)
    given = {"owner_id": cast.alice, "by": cast.alice, "now": now}
    first = writes.add_reference(original, cast.physics, title="Once", **given)
    second = writes.add_reference(first, cast.physics, title="Twice", **given)
    found = dict(Recording.objects.filter(id__in=(first, second)).values_list("id", "reference_of_id"))
    assert found == {first: original, second: original}
