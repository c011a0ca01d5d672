"""Told before an exemption from the cap of sharing ends: R33, N52."""

from datetime import timedelta

from cathedra.actions import access as actions
from cathedra.db.models import Exemption, Notice, Recording
from tests.actions.access.conftest import acting, told
from tests.lectures import lecture

DAY = timedelta(days=1)


def give(cast, now, **target):
    given = {"reason": "An open course.", "expires_at": now + 100 * DAY, "actor": acting(cast.dev), "now": now}
    assert actions.give_exemption(**target, **given).is_permitted
    return Exemption.objects.get(**target)


def test_whoever_shares_by_an_exemption_hears_60_and_14_days_before_it_ends_r33_n52(cast, now):
    """The public of an open course goes on a day that somebody was told of, never unawares."""
    give(cast, now, folder_id=cast.chemistry)
    seen = []
    for days in (30, 40, 41, 85, 86, 87, 99, 100, 101):
        actions.warn_of_exemptions(now=now + days * DAY)
        actions.warn_of_exemptions(now=now + days * DAY)
        seen.append(len(told("N52_SHARING")))
    assert seen == [0, 2, 2, 2, 4, 4, 4, 4, 4]
    assert told("N52_SHARING") == ["alice", "alice", "dev", "dev"], "a Creator, and who gave it"
    notice = Notice.objects.filter(kind="N52_SHARING").first()
    assert (notice.values["title"], notice.link) == ("Part IA", f"/folders/{cast.chemistry}/access/")
    assert notice.values["reach"]["sentence"] == "people who are signed in, at most"


def test_of_a_recording_its_owner_hears_and_of_what_ended_or_is_gone_nobody_n52(cast, now):
    made, gone = (lecture(cast.chemistry, cast.chloe, now=now) for _ in range(2))
    give(cast, now, recording_id=gone)
    Recording.objects.filter(id=gone).update(keeping="PURGED")
    back = give(cast, now, folder_id=cast.physics)
    assert actions.end_exemption(back.id, actor=acting(cast.dev), now=now).is_permitted
    assert actions.warn_of_exemptions(now=now + 90 * DAY) == 0
    give(cast, now, recording_id=made)
    assert actions.warn_of_exemptions(now=now + 90 * DAY) == 1
    assert told("N52_SHARING") == ["alice", "chloe", "dev"]
    assert Notice.objects.first().link == f"/recordings/{made}/access/"
