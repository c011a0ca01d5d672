"""Questions about grants: lists by standing and by page, what is due, and the statements' indexes (R146 to R150)."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from cathedra.actions import grants
from cathedra.db import sql
from cathedra.db.reads import grants as reads
from cathedra.domain.people import SystemRole
from tests.giving import DAY, POLICY, by, give, post, somebody, tend, told
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_r150_lists_page_by_page_and_what_is_due(cast):
    now = cast.now
    morgan, rosa = somebody("morgan", now=now), somebody("rosa", SystemRole.SERVICE_ADMIN, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    made = [give(morgan, cast.dev, now=now + n * DAY, recordings=[recording]).grant_id for n in range(3)]
    later = now + 8 * DAY
    first = reads.list_grants(is_open=True, now=later, limit=1)
    assert ([row.id for row in first.rows], first.after) == ([made[2]], "")
    ended = reads.list_grants(is_open=False, now=later, limit=1)
    assert [row.id for row in ended.rows] == [made[1]]
    assert [row.id for row in reads.list_grants(is_open=False, now=later, after=ended.after, limit=5).rows] == [made[0]]
    assert reads.due_to_end(later) == (made[0], made[1])
    held = give(morgan, cast.dev, now=now, recordings=[recording], is_notice_held=True).grant_id
    assert (reads.awaiting_second(rosa, now), reads.awaiting_second(cast.dev, now)) == (1, 0)
    why = {"ground": "security_incident", "reason": "A security incident is looked into.", "review_at": now + 3 * DAY}
    grants.defer_notice(held, **why, policy=POLICY, actor=by(rosa), now=now)
    assert (reads.due_for_review(now), reads.due_for_review(now + 3 * DAY)) == ((), (held,))
    assert (reads.reviews_before(now + 4 * DAY), reads.awaiting_second(rosa, now)) == (1, 0)
    assert set(reads.grants_held_by(morgan)) == {*made, held}
    assert {row.id for row in reads.list_held(morgan, now=now)} == {*made, held}


def test_r148_two_owners_of_one_grant_see_only_their_own(cast):
    morgan = somebody("morgan", now=cast.now)
    mine = lecture(cast.chemistry, cast.alice, now=cast.now, title="Mine")
    lecture(cast.chemistry, cast.chloe, now=cast.now, title="Theirs")
    told(morgan, cast.dev, now=cast.now, folders=[cast.chemistry])
    grants.note_playback(mine, actor=by(morgan), now=cast.now + timedelta(minutes=1))
    (alices,), (chloes,) = (
        reads.list_for_owner(cast.alice, now=cast.now),
        reads.list_for_owner(cast.chloe, now=cast.now),
    )
    assert ([use.title for use in alices.uses], chloes.uses) == (["Mine"], ())
    assert reads.list_for_owner(cast.ben, now=cast.now) == ()


def test_r42_of_what_else_a_grant_covers_an_owner_is_told_no_name(cast):
    morgan = somebody("morgan", now=cast.now)
    mine = lecture(cast.chemistry, cast.alice, now=cast.now, title="Mine")
    theirs = lecture(cast.physics, cast.eve, now=cast.now, title="Theirs")
    told(morgan, cast.dev, now=cast.now, recordings=[mine, theirs])
    for owner, name in ((cast.alice, "Mine"), (cast.eve, "Theirs")):
        (own,) = reads.list_for_owner(owner, now=cast.now)
        assert [thing.name for thing in own.grant.things] == [name]
    assert {thing.name for thing in reads.list_grants(is_open=True, now=cast.now, limit=1).rows[0].things} == {
        "Mine",
        "Theirs",
    }, "the service sees what it gave"


def test_r42_its_holder_is_told_what_it_covers_while_it_counts_and_not_before_or_after(cast):
    morgan, now = somebody("morgan", now=cast.now), cast.now
    recording = lecture(cast.chemistry, cast.alice, now=now, title="Entropy")
    made = [
        give(morgan, cast.dev, now=now, recordings=[recording]).grant_id,
        give(morgan, cast.dev, now=now, folders=[cast.chemistry]).grant_id,
    ]

    def named(at):
        return {thing.name for row in reads.list_held(morgan, now=at) for thing in row.things}

    assert named(now) == {""}
    post(now)
    tend(now)
    assert named(now) == {"Entropy", "Part IA"}
    for each in made:
        grants.revoke_grant(each, actor=by(cast.dev), now=now)
    assert named(now) == {""}


def test_the_statements_read_by_index(cast):
    places = {"grant_id": cast.dev, "recording_id": cast.dev}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name in ("grant_owners", "recording_metadata"):
            cursor.execute("EXPLAIN (FORMAT JSON) " + sql.text(name), places)
            assert "Seq Scan" not in json.dumps(cursor.fetchone()[0]), name
