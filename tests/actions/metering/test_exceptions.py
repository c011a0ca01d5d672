"""Exceptions from the limits: asked, given with a reason and an end, ended; and what they let in (R108)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import metering
from cathedra.db.models import AuditEvent, Department, LimitException, Notice
from cathedra.db.reads import metering as reads
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Intake, Line
from cathedra.domain.terms import Actor, Channel, Code

DAY = timedelta(days=1)


def by(who) -> Actor:
    return Actor(who, Channel.WEB)


def give(who, now, *, to="alice", reason="The guest lecture.", until=None):
    return metering.give_exception(to, reason, until=until or now + 7 * DAY, actor=by(who), now=now)


def told(kind: str) -> list:
    rows = Notice.objects.filter(kind=kind).order_by("created_at", "id")
    return [row.recipient.login_name for row in rows]


@pytest.mark.slow
def test_r108_over_the_limit_an_exception_lets_new_uploads_in_until_it_ends(cast, now):
    writes.add_lines([Line(uuid4(), Category.STORED, 7200, Cause.OPENING, now, "2026-27", None, uuid4(), "a")])
    metering.set_limits("2026-27", metering.HourLimits(None, 1, None), actor=by(cast.dev), now=now)
    chemistry = Department.objects.get(name="Chemistry").id
    metering.set_allocation(
        department_id=chemistry, recorded=None, stored=0, is_enforced=True, actor=by(cast.dev), now=now
    )

    def upload(who, at) -> Code:
        return metering.admit(Intake.UPLOAD, now=at, into=cast.chemistry, owner=who).code

    assert upload(cast.alice, now) is Code.LIMIT_REACHED
    assert give(cast.dev, now).is_permitted
    (row,) = reads.list_exceptions(now)
    assert (row.login_name, row.reason, row.given_by, row.until) == (
        "alice",
        "The guest lecture.",
        "Dev",
        now + 7 * DAY,
    )
    assert upload(cast.alice, now) is Code.ALLOW, "of the licence and of an allocation (R110)"
    assert upload(cast.chloe, now) is Code.LIMIT_REACHED, "for nobody else"
    assert metering.admit(Intake.UPLOAD, now=now).code is Code.LIMIT_REACHED
    assert upload(cast.alice, now + 7 * DAY) is Code.LIMIT_REACHED, "it ends by itself"
    assert reads.list_exceptions(now + 7 * DAY) == []
    assert metering.end_exception(row.id, actor=by(cast.dev), now=now + DAY).is_permitted
    assert upload(cast.alice, now + DAY) is Code.LIMIT_REACHED
    again = metering.end_exception(row.id, actor=by(cast.dev), now=now + DAY)
    assert (again.code, again.reasons[0].rule) == (Code.CONFLICT, "R108"), "somebody was faster"
    trail = AuditEvent.objects.filter(action__startswith="limits:").order_by("id")
    assert [(one.action, one.target_id) for one in trail] == [
        ("limits:give_exception", str(cast.alice)),
        ("limits:end_exception", str(cast.alice)),
    ]
    assert (trail[0].reason, trail[0].facts["until"]) == ("The guest lecture.", (now + 7 * DAY).isoformat())
    assert told("LIMIT_EXCEPTION_ANSWERED") == ["alice", "alice"]


@pytest.mark.slow
def test_r108_who_asks_waits_for_an_answer_and_only_the_service_gives_one(cast, now):
    assert metering.ask_exception("Why not", actor=by(None), now=now).code is Code.SIGN_IN
    assert metering.ask_exception("  ", actor=by(cast.alice), now=now).reasons[0].rule == "R108"
    for reason in ("A guest.", "Again."):
        assert metering.ask_exception(reason, actor=by(cast.alice), now=now).is_permitted
    assert [(one.login_name, one.reason, one.until) for one in reads.list_exceptions(now)] == [
        ("alice", "A guest.", None)
    ], "one waits at a time"
    assert (told("LIMIT_EXCEPTION_ASKED"), AuditEvent.objects.filter(action="limits:ask_exception").count()) == (
        ["dev"],
        1,
    )
    assert not reads.is_excepted(cast.alice, now), "to ask is not to have"
    for who in (cast.alice, cast.chloe, None):
        assert give(who, now).code is Code.NO_PERMISSION, who
        waiting = reads.list_exceptions(now)[0].id
        assert metering.end_exception(waiting, actor=by(who), now=now).code is Code.NO_PERMISSION, who
    for wrong in ({"reason": " "}, {"until": now}, {"until": now + 367 * DAY}, {"to": "nobody"}):
        refused = give(cast.dev, now, **wrong)
        assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "R108"), wrong
    assert LimitException.objects.get().given_at is None
    assert give(cast.dev, now, until=now + 366 * DAY).is_permitted
    assert LimitException.objects.count() == 1, "what was asked for is answered by it"
    mine = reads.exception_of(cast.alice, now)
    assert (mine.until, reads.is_excepted(cast.alice, now)) == (now + 366 * DAY, True)
    metering.ask_exception("For longer.", actor=by(cast.alice), now=now)
    assert reads.exception_of(cast.alice, now) == mine, "what is in force comes first"
    assert metering.end_exception(reads.list_exceptions(now)[0].id, actor=by(cast.dev), now=now).is_permitted
    assert [one.until for one in reads.list_exceptions(now)] == [now + 366 * DAY], "to say no ends what waited alone"
