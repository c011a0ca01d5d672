"""A recorder is connected by a code that is good once and for half an hour, and shows a token after that (R158, R14;
security class 29)."""

from datetime import timedelta

import pytest

from cathedra.actions import recorders as actions
from cathedra.actions.recorders import ConnectedRecorder, IssuedCode
from cathedra.db.models import Account, AuditEvent, Facility, Recorder, RecorderConnection
from cathedra.db.reads.recorders import RecorderNotFound
from cathedra.domain.terms import Actor, Channel, Code
from tests.agreements import accept, publish

HALF_AN_HOUR = timedelta(minutes=30)
NOBODY = Actor(None, Channel.RECORDER)


def issue(recorder_id, who, now):
    return actions.issue_code(recorder_id, actor=Actor(who, Channel.API), now=now)


def connect(code, now):
    return actions.connect_recorder(code, version="1.2", actor=NOBODY, now=now)


def test_r158_a_code_connects_once_and_only_digests_are_kept(cast, room, now):
    code = issue(room.first, cast.alice, now)
    assert isinstance(code, IssuedCode)
    assert code.expires_at == now + HALF_AN_HOUR
    made = connect(code.code.lower().replace("-", " "), now + timedelta(minutes=29))
    assert isinstance(made, ConnectedRecorder)
    assert (made.device.recorder_id, made.device.name) == (room.first, "Lecture Block, LB 1")
    assert actions.find_by_token(made.token).device == made.device
    row = RecorderConnection.objects.get(recorder_id=room.first)
    kept = " ".join(str(value) for value in vars(row).values())
    assert made.token not in kept
    assert code.code.replace("-", "") not in kept
    assert (row.version, row.configured_by_id) == ("1.2", cast.alice)
    assert connect(code.code, now).code is Code.NOT_FOUND, "a code that was used is none"
    assert actions.find_by_token(made.token) is not None, "and to try it changes nothing"


def test_r158_a_code_that_is_over_unknown_or_of_a_blocked_recorder_is_told_the_same(cast, room, now):
    over, blocked = issue(room.first, cast.alice, now), issue(room.second, cast.alice, now)
    actions.block_recorder(room.second, is_blocked=True, actor=Actor(cast.alice, Channel.API), now=now)
    answers = [
        connect(over.code, now + HALF_AN_HOUR),
        connect("ABCD-EFGH-JKLM-NPQR", now),
        connect("", now),
        connect(blocked.code, now),
    ]
    assert answers == [answers[0]] * 4
    assert answers[0].code is Code.NOT_FOUND
    assert RecorderConnection.objects.filter(token_digest=None).count() == 2


def test_r158_of_two_codes_the_newer_one_counts_and_the_old_token_lives_until_it_is_used(cast, room, first, now):
    older, newer = issue(room.first, cast.alice, now), issue(room.first, cast.alice, now)
    assert connect(older.code, now).code is Code.NOT_FOUND
    assert actions.find_by_token(first.token) is not None
    made = connect(newer.code, now)
    assert actions.find_by_token(first.token) is None, "the token that it had is good no more"
    assert actions.find_by_token(made.token) is not None


def test_r158_who_looks_after_the_room_or_runs_the_service_may_and_nobody_else(cast, room, now):
    allowed = {who: issue(room.first, getattr(cast, who), now) for who in ("alice", "ben", "chloe", "dev", "eve")}
    assert {who for who, made in allowed.items() if isinstance(made, IssuedCode)} == {"alice", "ben", "dev"}
    assert issue(room.first, None, now).code is Code.NO_PERMISSION
    for act in (actions.revoke_recorder, lambda one, **by: actions.block_recorder(one, is_blocked=True, **by)):
        assert act(room.first, actor=Actor(cast.chloe, Channel.API), now=now).code is Code.NO_PERMISSION
    assert actions.decide_look(room.first, actor=Actor(cast.eve, Channel.API)).code is Code.NO_PERMISSION
    with pytest.raises(RecorderNotFound):
        issue(77, cast.dev, now)


def test_r158_a_retired_recorder_is_connected_no_more(cast, room, first, now):
    code = issue(room.first, cast.alice, now)
    Recorder.objects.filter(id=room.first).update(retired_at=now)
    assert issue(room.first, cast.alice, now).code is Code.CONFLICT
    assert connect(code.code, now).code is Code.NOT_FOUND
    assert actions.find_by_token(first.token) is None


def test_r14_whoever_configured_it_has_accepted_the_terms_when_it_is_connected(cast, room, now):
    code = issue(room.first, cast.alice, now)
    terms = publish(now=now)
    refused = connect(code.code, now)
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R14")
    accept(cast.alice, terms, now=now)
    made = connect(code.code, now)
    assert isinstance(made, ConnectedRecorder), "a refusal uses no code up"
    publish(version=2, now=now)
    assert actions.find_by_token(made.token) is not None, "later terms stop no lecture: a recorder is exempt"


def test_r14_a_code_of_somebody_whose_account_is_closed_connects_nothing(cast, room, now):
    code = issue(room.first, cast.alice, now)
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=now)
    assert connect(code.code, now).reasons[0].rule == "R14"


def test_r158_a_blocked_recorder_is_let_in_again_with_its_token_and_a_revoked_one_is_not(cast, room, first, now):
    alice = Actor(cast.alice, Channel.API)
    for is_blocked in (True, True, False):
        assert actions.block_recorder(room.first, is_blocked=is_blocked, actor=alice, now=now).is_permitted
        assert (actions.find_by_token(first.token) is None) is is_blocked
    for _turn in range(2):
        assert actions.revoke_recorder(room.first, actor=alice, now=now).is_permitted
    assert actions.find_by_token(first.token) is None
    actions.block_recorder(room.first, is_blocked=False, actor=alice, now=now)
    assert actions.find_by_token(first.token) is None
    assert list(AuditEvent.objects.filter(target_kind="recorder").order_by("id").values_list("action", "actor_id")) == [
        ("recorder:issue_code", cast.alice),
        ("recorder:connect", None),
        ("recorder:block", cast.alice),
        ("recorder:unblock", cast.alice),
        ("recorder:revoke", cast.alice),
    ]
    connected = AuditEvent.objects.get(action="recorder:connect")
    assert (connected.channel, connected.on_behalf_of_id) == ("RECORDER", cast.alice)
    assert connected.facts["recorder"] == "Lecture Block, LB 1"


def test_a_technician_of_another_room_connects_nothing_here(cast, room, now):
    other = Facility.objects.create(name="Annexe", department=Facility.objects.get().department, created_at=now)
    other.technicians.add(cast.chloe)
    assert issue(room.first, cast.chloe, now).code is Code.NO_PERMISSION
