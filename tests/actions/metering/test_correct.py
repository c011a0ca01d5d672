"""The ledger is put right by somebody who says why, with lines that refer to what they correct (R8, R104)."""

from uuid import uuid4

import pytest

from cathedra.actions import metering
from cathedra.db.models import AuditEvent, MeterEntry
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Line
from cathedra.domain.terms import Code
from tests.actions.retention.archives import by, is_proved, kept, stores

pytestmark = pytest.mark.slow


def test_r8_r104_what_the_proof_finds_is_put_right_by_lines_that_say_why(cast, now):
    made, lost = kept(cast, stores(), now), uuid4()
    first = {row.category: row.id for row in MeterEntry.objects.filter(recording_id=made)}
    wrong = [
        Line(made, Category.RECORDED, 13, Cause.READY, now, "2026-27", None, cast.alice, "a"),
        Line(made, Category.STORED, 7, Cause.READY, now, "2026-27", None, cast.eve, "a"),
        Line(lost, Category.ARCHIVED, 180, Cause.READY, now, "2026-27", None, cast.alice, "a"),
    ]
    assert (writes.add_lines(wrong), is_proved(now)) == (3, False)
    for who, why, code in ((cast.alice, "x", Code.NO_PERMISSION), (cast.dev, " ", Code.BAD_REQUEST)):
        assert metering.correct_meters(made, reason=why, actor=by(who), now=now).decision.code is code
    before = set(MeterEntry.objects.values_list("id", flat=True))
    assert len(before) == 5
    for recording_id, count in ((made, 2), (lost, 1), (made, 0)):
        found = metering.correct_meters(recording_id, reason="A line twice.", actor=by(cast.dev), now=now)
        assert (found.decision.is_permitted, len(found.lines)) == (True, count)
    rows = MeterEntry.objects.exclude(id__in=before).order_by("id")
    said = [(row.recording_id, row.category, row.delta_s, row.owner_id) for row in rows]
    assert sorted(said, key=str) == sorted(
        [(made, "RECORDED", -13, cast.alice), (made, "STORED", -7, cast.eve), (lost, "ARCHIVED", -180, cast.alice)],
        key=str,
    )
    assert {
        row.corrects.recording_id == row.recording_id and row.corrects.category == row.category for row in rows
    } == {True}
    assert not {row.corrects_id for row in rows} & set(first.values()), (
        "the last line of each, and that was the wrong one"
    )
    assert is_proved(now)
    events = AuditEvent.objects.filter(action="meters:correct").order_by("id")
    assert [(one.target_id, one.reason, len(one.facts["lines"])) for one in events] == [
        (str(made), "A line twice.", 2),
        (str(lost), "A line twice.", 1),
    ]
