"""Keep a list of cuts: done, refused, lost the race, audited (R38 row 5, R73, R96, R148, R201)."""

import pytest

from cathedra.actions import editing
from cathedra.db.models import AuditEvent, Edit, Recording
from cathedra.db.reads import content as reads
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.library import MOST_CUTS, Edits, Keeping, Layout, Look, Span
from cathedra.domain.terms import Code, PrincipalId, RecordingId
from tests.actions.editing.conftest import acting
from tests.actions.test_encoding import jobs
from tests.lectures import lecture

pytestmark = pytest.mark.django_db
CUTS = (Span(0, 5_000), Span(20_000, 30_000))


def save(who, recording_id, now, cuts=CUTS, version=0, looks=()):
    return editing.save_edit(recording_id, cuts=cuts, looks=looks, version=version, actor=acting(who), now=now)


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def test_a_creator_cuts_and_every_version_stays(cast, made, now):
    looks = (Look(0, Layout.FIRST),)
    assert (save(cast.alice, made, now, looks=looks).decision.is_permitted, jobs()[-1][0]) == (True, "CUT_EDGES")
    assert save(cast.alice, made, now, cuts=(), version=1).version == 2  # back to the original: one more version
    newest, first = reads.list_edits(made)
    assert (newest.edits.cuts, first.edits, first.made_by) == ((), Edits(CUTS, looks), "Alice")
    event = AuditEvent.objects.filter(action="recording:cut").order_by("id").first()
    assert (event.actor_id, event.target_id, event.after["cuts"]) == (
        cast.alice,
        str(made),
        [[0, 5000], [20000, 30000]],
    )
    assert reads.edits_of(made).cuts == ()  # what viewers have changes when it is made, not now


def test_the_metered_length_stays_r96(cast, made, now):
    before = Recording.objects.values_list("duration_ms", flat=True).get(id=made)
    save(cast.alice, made, now)
    assert Recording.objects.values_list("duration_ms", flat=True).get(id=made) == before


def test_who_may_not_and_what_may_not_be(cast, made, now):
    refused = {
        "a viewer": (save(cast.ben, made, now), Code.NO_PERMISSION),
        "a publisher": (save(cast.chloe, made, now), Code.NO_PERMISSION),
        "a service admin without a grant": (save(cast.dev, made, now), Code.NO_PERMISSION),
        "nobody": (save(None, made, now), Code.SIGN_IN),
        "everything cut": (save(cast.alice, made, now, cuts=(Span(0, 60_000),)), Code.BAD_REQUEST),
        "too many": (save(cast.alice, made, now, cuts=(Span(0, 10),) * (MOST_CUTS + 1)), Code.BAD_REQUEST),
        "a version that is not the latest": (save(cast.alice, made, now, version=3), Code.CONFLICT),
    }
    assert {case: saved.decision.code for case, (saved, _) in refused.items()} == {
        case: code for case, (_, code) in refused.items()
    }
    Recording.objects.filter(id=made).update(keeping=Keeping.ARCHIVED)
    assert save(cast.alice, made, now).decision.code is Code.ARCHIVED
    Recording.objects.filter(id=made).update(keeping=Keeping.ONLINE, publication="DRAFT", media_state="PREPARING")
    assert save(cast.alice, made, now).decision.code is Code.NOT_READY
    assert not Edit.objects.exists()
    assert not AuditEvent.objects.filter(action="recording:cut").exists()


def test_the_second_of_two_editors_is_told(cast, made, now):
    assert save(cast.alice, made, now).decision.is_permitted
    assert save(cast.alice, made, now, cuts=()).decision.code is Code.CONFLICT
    assert reads.editing_facts(made).latest == 1


def test_editing_a_reference_copy_edits_the_original_for_who_may_edit_both_r201(cast, made, now):
    copy = lecture(cast.physics, cast.eve, now=now)
    Recording.objects.filter(id=copy).update(reference_of_id=made, origin="reference_copy")
    access_writes.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    refused = save(cast.eve, copy, now).decision
    assert (refused.code, refused.reasons[0].rule) == (Code.NOT_PERMITTED, "R201")
    access_writes.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    assert save(cast.alice, copy, now).decision.is_permitted
    assert reads.editing_facts(made).edits == reads.editing_facts(RecordingId(copy)).edits == Edits(CUTS)
    event = AuditEvent.objects.get(action="recording:cut")
    assert (event.target_id, event.facts["through_copy"]) == (str(made), str(copy))
