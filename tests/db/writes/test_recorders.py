"""A code is used once, whoever tries at the same moment; a heartbeat touches its recorder alone (R158, R164)."""

from datetime import timedelta

import pytest
from django.db import transaction

from cathedra.db.models import RecorderConnection
from cathedra.db.writes import recorders as writes
from cathedra.db.writes.recorders import Heard
from cathedra.domain.ingest import RecorderState
from tests.db.models.test_scheduling import recorder
from tests.overtaking import overtake

MINUTE = timedelta(minutes=1)


def use(token, now):
    with transaction.atomic():
        return writes.use_code("code", token_digest=token, version="", now=now)


@pytest.mark.django_db(transaction=True)
def test_r158_of_two_at_the_same_moment_one_has_the_code(cast, now):
    device, won = recorder(now), []
    writes.set_code(device.id, "code", expires_at=now, by=cast.alice)

    def trying(token):
        return lambda: won.append(token) if use(token, now) else None

    overtake(trying("first"), trying("second"), table="cathedra_recorderconnection")
    assert len(won) == 1
    assert RecorderConnection.objects.get().token_digest == won[0]


def test_r164_since_when_it_hears_nothing_is_kept_while_that_lasts(db, now):
    first, other = recorder(now), recorder(now, "LB 2")
    for device in (first, other):
        writes.set_code(device.id, str(device.id), expires_at=now, by=None)
    silent = Heard(RecorderState.RECORDING, 5, "1", has_sound=False)
    for minute in range(3):
        writes.hear(first.id, silent, now=now + minute * MINUTE)
    row = RecorderConnection.objects.get(recorder=first)
    assert (row.heard_at, row.silent_since, row.free_bytes) == (now + 2 * MINUTE, now, 5)
    assert RecorderConnection.objects.get(recorder=other).heard_at is None
    writes.hear(first.id, Heard(RecorderState.RECORDING, 5, "1", has_sound=None), now=now + 3 * MINUTE)
    assert RecorderConnection.objects.get(recorder=first).silent_since is None, "it does not listen any more"


def test_r158_to_revoke_or_block_twice_changes_nothing(db, now):
    device = recorder(now)
    assert not writes.revoke(device.id)
    writes.set_code(device.id, "code", expires_at=now, by=None)
    assert [writes.revoke(device.id) for _turn in range(2)] == [True, False]
    assert [writes.set_blocked(device.id, at) for at in (now, now, None, None)] == [True, False, True, False]
