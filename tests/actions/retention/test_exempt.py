"""Kept longer: asked by a Creator, decided by the service, told before it ends (R128, N52)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import publishing, retention
from cathedra.actions.retention import Plea
from cathedra.db.models import Notice
from cathedra.db.reads import retention as reads
from cathedra.db.writes import access, library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.retention import Exempt, ExemptionReason
from cathedra.domain.terms import Code, PrincipalId
from tests.actions.retention.archives import SYSTEM, by, events, keeping, kept, local, stores, tend, told

NOW, UNTIL, ENDS = local(2027, 7, 1), local(2028, 9, 1), local(2028, 8, 31)


def plea(**more) -> Plea:
    given = {"what": Exempt.ARCHIVE, "reason_kind": ExemptionReason.REUSABLE, "reason": "Used again.", **more}
    return Plea(**{"expires_at": UNTIL, **given})


@pytest.mark.slow
def test_r128_a_folder_is_exempt_with_all_below_it_until_its_day(cast):
    where = stores()
    made = kept(cast, where, local(2027, 1, 10))
    below = library.add_folder("Below", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=NOW)
    deep = kept(cast, where, local(2027, 1, 10), title="Deep", folder=below)
    beside = kept(cast, where, local(2027, 1, 10), title="Beside", folder=cast.physics)
    cases = [
        (plea(folder_id=cast.chemistry), cast.ben, Code.NO_PERMISSION),
        (plea(folder_id=cast.chemistry), cast.chloe, Code.NO_PERMISSION),
        (plea(), cast.alice, Code.BAD_REQUEST),
        (plea(folder_id=cast.chemistry, reason=" "), cast.alice, Code.BAD_REQUEST),
        (plea(folder_id=cast.chemistry, expires_at=UNTIL + timedelta(days=1)), cast.alice, Code.BAD_REQUEST),
        (plea(recording_id=made), cast.eve, Code.NO_PERMISSION),
    ]
    for asked, who, code in cases:
        assert retention.ask_exemption(asked, actor=by(who), now=NOW).decision.code is code, asked
    outcome = retention.ask_exemption(plea(folder_id=cast.chemistry), actor=by(cast.alice), now=NOW)
    assert told("EXEMPTION_ASKED") == [str(cast.dev)]
    assert reads.get_facts(made).exempt_archive_until is None, "asking is not enough"

    def decide(who, *, is_granted: bool, answer: str = "", now=NOW) -> Code:
        decided = retention.decide_exemption(
            outcome.exemption_id, is_granted=is_granted, answer=answer, actor=by(who), now=now
        )
        return decided.code

    assert decide(cast.alice, is_granted=True) is Code.NO_PERMISSION
    assert decide(cast.dev, is_granted=False) is Code.BAD_REQUEST
    assert decide(cast.dev, is_granted=True, now=UNTIL) is Code.BAD_REQUEST
    assert decide(cast.dev, is_granted=True) is Code.ALLOW
    assert decide(cast.dev, is_granted=True) is Code.CONFLICT
    answer = Notice.objects.get(kind="EXEMPTION_ANSWERED")
    assert (answer.recipient_id, answer.values["answer"]["values"]["until"]) == (cast.alice, {"day": "2028-09-01"})
    assert events(cast.chemistry) == ["exemption:ask", "exemption:decide"]
    assert reads.get_facts(made).exempt_archive_until == UNTIL
    assert reads.get_facts(made).exempt_deletion_until is None
    tend(local(2027, 8, 2, 4), where)
    tend(local(2027, 9, 1, 0, 5), where)
    assert [keeping(one) for one in (made, deep, beside)] == ["ONLINE", "ONLINE", "ARCHIVED"]
    access.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=NOW)
    for day in (70, 60, 59, 14, 13):
        retention.tend_bins(actor=SYSTEM, now=UNTIL - timedelta(days=day))
    assert told("N52") == sorted([str(cast.alice), str(cast.chloe)] * 2), "who asked, and the folder's Creators"
    tend(local(2028, 8, 2, 4), where)
    tend(local(2028, 9, 1, 0, 5), where)
    assert keeping(made) == "ARCHIVED"


@pytest.mark.slow
def test_r128_a_recordings_own_is_taken_back_or_declined_with_a_reason(cast):
    where = stores()
    made = kept(cast, where, NOW, owner=cast.chloe)
    asked = [
        retention.ask_exemption(
            plea(recording_id=made, what=Exempt.DELETION, expires_at=ENDS), actor=by(who), now=NOW
        ).exemption_id
        for who in (cast.chloe, cast.alice)
    ]
    dev = by(cast.dev)
    assert retention.decide_exemption(asked[0], is_granted=True, actor=dev, now=NOW).is_permitted
    declined = retention.decide_exemption(asked[1], is_granted=False, answer="Once is enough.", actor=dev, now=NOW)
    assert declined.is_permitted
    assert reads.get_facts(made).exempt_deletion_until == ENDS
    assert [row.is_granted for row in reads.list_of(recording_id=made, folder_id=cast.chemistry, now=NOW)] == [True]
    assert retention.end_exemption(asked[0], actor=by(cast.chloe), now=NOW).code is Code.NO_PERMISSION
    for _turn in range(2):
        assert retention.end_exemption(asked[0], actor=dev, now=NOW).is_permitted
    assert reads.get_facts(made).exempt_deletion_until is None
    assert events(made) == ["exemption:ask"] * 2 + ["exemption:decide"] * 2 + ["exemption:take_back"]
    with pytest.raises(reads.RetentionExemptionNotFound):
        retention.end_exemption(uuid4(), actor=dev, now=NOW)


@pytest.mark.slow
@pytest.mark.parametrize("of_folder", [True, False])
def test_r128_r140_what_an_exempt_copy_plays_stays_where_it_plays(cast, of_folder):
    """The copy has no media of its own: let off alone it would stop playing all the same."""
    where = stores()
    access.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
    made, other = (kept(cast, where, local(2027, 1, 10), title=title) for title in ("Copied", "Other"))
    copy = publishing.copy_recording(made, cast.physics, is_full=False, actor=by(cast.alice), now=NOW).recording_id
    asked = plea(folder_id=cast.physics) if of_folder else plea(recording_id=copy)
    given = retention.ask_exemption(asked, actor=by(cast.alice), now=NOW).exemption_id
    assert reads.get_facts(made).exempt_archive_until is None, "asking is not enough"
    assert retention.decide_exemption(given, is_granted=True, actor=by(cast.dev), now=NOW).is_permitted
    assert [reads.get_facts(one).exempt_archive_until for one in (made, copy, other)] == [UNTIL, UNTIL, None]
    assert retention.recycle_recording(copy, actor=by(cast.alice), now=NOW).is_permitted
    assert reads.get_facts(made).exempt_archive_until is None, "a copy in the bin keeps nothing"
    assert retention.take_back_recording(copy, actor=by(cast.alice), now=NOW).is_permitted
    tend(local(2027, 8, 2, 4), where)
    tend(local(2027, 9, 1, 0, 5), where)
    assert [keeping(one) for one in (made, other)] == ["ONLINE", "ARCHIVED"]
