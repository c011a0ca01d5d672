"""The facts of keeping as they come from the tables (R114, R129), and that pages are read by keys."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from cathedra.db import sql
from cathedra.db.models import Folder, Kept, Recording, RetentionRun, RetentionTelling, Source, ViewingPosition
from cathedra.db.reads import retention as reads
from cathedra.domain.retention import Profile, RunKind
from cathedra.domain.terms import RecordingNotFound
from tests.actions.retention.archives import local
from tests.lectures import lecture

MADE, UP, SHOT, BACK = local(2026, 11, 4), local(2026, 11, 3), local(2026, 11, 2), local(2027, 5, 5)


def test_r114_the_anchor_is_when_it_was_made_or_uploaded_or_copied_or_restored(cast, site_says):
    made = lecture(cast.chemistry, cast.alice, now=MADE, uploaded_at=UP, captured_at=SHOT)
    cases = {"upload": UP, "import": UP, "scheduled": SHOT, "browser": SHOT, "webcast": SHOT, "full_copy": MADE}
    for origin, anchor in cases.items():
        Recording.objects.filter(id=made).update(origin=origin)
        assert reads.get_facts(made).anchor == anchor, origin
    Kept.objects.create(recording_id=made, restored_at=BACK)
    ViewingPosition.objects.create(account_id=cast.ben, recording_id=made, position_ms=1, updated_at=BACK)
    facts = reads.get_facts(made)
    assert (facts.anchor, facts.last_viewed_at, facts.seconds, facts.is_whole) == (BACK, BACK, 60, False)
    Source.objects.filter(recording_id=made).update(object_key="originals/a/b")
    assert reads.get_facts(made).is_whole
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
    assert reads.get_facts(made).keep_until is None, "it does not count for a mark"
    Folder.objects.filter(id=cast.chemistry).update(is_summative=True)
    assert reads.get_facts(made).keep_until == local(2028, 9, 1)  # R129
    assert (reads.get_facts(made).ruled_by, reads.rule().profiles) == (None, {Profile.CALENDAR})  # R132
    top = Folder.objects.get(id=cast.chemistry).parent_id
    for ruled, nearest in (((top,), top), ((top, cast.chemistry), cast.chemistry), ((uuid4(),), None)):
        given = ", ".join(f"{one}=age:730" for one in ruled)
        with site_says(RETENTION_FOLDER_PROFILES=given):
            found = (reads.get_facts(made).ruled_by, set(reads.rule().folders))
        assert found == (nearest, set(ruled))
    with pytest.raises(RecordingNotFound):
        reads.get_facts(uuid4())
    assert [len(page) for page in reads.each_of_tier(RunKind.ARCHIVE)] == [1]
    assert list(reads.each_of_tier(RunKind.DELETION)) == []


def test_r132_a_site_may_count_from_when_a_recording_came_here(cast, site_says):
    made = lecture(cast.chemistry, cast.alice, now=MADE, uploaded_at=UP, captured_at=SHOT)
    cases = {"upload": (UP, UP), "scheduled": (SHOT, UP), "webcast": (SHOT, UP), "full_copy": (MADE, MADE)}
    for origin, anchors in cases.items():
        Recording.objects.filter(id=made).update(origin=origin)
        for says, anchor in zip(("made", "received"), anchors, strict=True):
            with site_says(RETENTION_ANCHOR=says):
                assert (reads.get_facts(made).anchor, reads.facts_of([made])[0].anchor) == (anchor, anchor), origin
    Recording.objects.filter(id=made).update(origin="scheduled")
    Kept.objects.create(recording_id=made, restored_at=BACK)
    with site_says(RETENTION_ANCHOR="received"):
        assert reads.get_facts(made).anchor == BACK, "a restore begins it anew, whatever it counts from (R114)"


def test_r132_r140_what_is_watched_by_a_copy_that_plays_it_is_watched(cast):
    made = lecture(cast.chemistry, cast.alice, now=MADE)
    copy = lecture(cast.chemistry, cast.alice, now=MADE)
    Recording.objects.filter(id=copy).update(origin="reference_copy", reference_of=made)
    for at, where in ((UP, made), (BACK, copy)):
        ViewingPosition.objects.create(account_id=cast.ben, recording_id=where, position_ms=1, updated_at=at)
        assert [one.last_viewed_at for one in reads.facts_of([made])] == [at]
    assert reads.get_facts(copy).last_viewed_at == BACK, "and the copy by itself alone"


def test_r126_proof_is_looked_up_by_recording_and_not_among_all_who_were_told(cast):
    run, recordings = uuid4(), [uuid4() for _ in range(2000)]
    day = local(2028, 9, 1)
    RetentionRun.objects.create(id=run, kind=RunKind.DELETION, day=day.date(), cutoff_at=day)
    RetentionTelling.objects.bulk_create(
        RetentionTelling(
            run_id=run, step_days=step, recording_id=recording, folder_id=cast.chemistry, seconds=60,
            recipient_id=cast.alice, at=local(2028, 7, 1),
        )
        for recording in recordings
        for step in (90, 30)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cathedra_retentiontelling")
        places = {"id": recordings[0], "run": run, "steps": [90, 30], "before": local(2028, 8, 2)}
        cursor.execute("EXPLAIN " + sql.of_one("retention_proven"), places)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert any("Index Cond" in line and "recording_id" in line for line in plan.splitlines()), plan
    assert "step_days >" not in plan, "every line of the run from there on would be read, for each recording"


def test_r127_a_page_of_a_run_is_read_by_keys_whatever_the_size_of_the_library(cast):
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        places = {"ids": [uuid4() for _ in range(1000)], "with_views": False, "ruled": [], "anchor": "made"}
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.text("retention_facts"), places)
        plan = json.dumps(cursor.fetchone()[0])
    assert '"cathedra_recording_pkey"' in plan.replace("\\", "")
