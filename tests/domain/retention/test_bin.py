"""What may be deleted, taken back, destroyed, restored, and kept longer (T31, T34 to T36, R119, R128, R130, R137)."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import retention
from cathedra.domain.retention import BinFacts, Exempt
from cathedra.domain.terms import Code, deny, permit
from tests.domain.retention.test_retention import CALENDAR
from tests.domain.retention.test_retention import local as at

NO = deny(Code.NO_PERMISSION, "R41", "no")
NOW = at(2026, 3, 1)


def facts(**changes) -> BinFacts:
    return BinFacts(**{"keeping": "ONLINE", "media": "READY", "may": permit(), **changes})


def test_t34_what_stands_still_may_go_into_the_bin_and_what_moves_or_is_held_may_not():
    aup = {"holds": ("aup_referred", "aup_undeclared")}
    cases = [
        ({}, Code.ALLOW),
        ({"keeping": "ARCHIVED"}, Code.ALLOW),
        ({"is_assessed": True, "is_owner": True}, Code.ILLEGAL_TRANSITION),  # R129
        ({"media": "FAILED"}, Code.ALLOW),
        ({"media": "EMPTY"}, Code.ALLOW),
        ({"media": "RECORDING"}, Code.ILLEGAL_TRANSITION),
        ({"media": "SCHEDULED"}, Code.ILLEGAL_TRANSITION),
        ({"media": "PREPARING"}, Code.ILLEGAL_TRANSITION),
        ({"keeping": "RECYCLED"}, Code.ILLEGAL_TRANSITION),
        ({"keeping": "RESTORING"}, Code.ILLEGAL_TRANSITION),
        ({"keeping": "PURGED"}, Code.ILLEGAL_TRANSITION),
        ({"holds": ("legal",)}, Code.HELD),
        ({"is_copy_held": True, "is_owner": True}, Code.HELD),
        (aup, Code.HELD),
        ({**aup, "is_owner": True}, Code.ALLOW),  # T34b
        ({"holds": ("aup_referred", "takedown"), "is_owner": True}, Code.HELD),
        ({"may": NO}, Code.NO_PERMISSION),
    ]
    for changes, code in cases:
        assert retention.decide_recycle(facts(**changes)).code is code, changes


def test_t35_it_comes_back_within_the_bins_time_and_a_decision_binds_all_but_the_service():
    binned = {"keeping": "RECYCLED", "recycled_at": NOW - timedelta(days=89)}
    cases = [
        (binned, Code.ALLOW),
        ({**binned, "recycled_at": NOW - timedelta(days=90)}, Code.GONE),
        ({**binned, "is_by_decision": True}, Code.NO_PERMISSION),
        ({**binned, "is_by_decision": True, "is_service": True}, Code.ALLOW),
        ({}, Code.ILLEGAL_TRANSITION),
        ({**binned, "may": NO}, Code.NO_PERMISSION),
        ({**binned, "is_folder_recycled": True}, Code.ILLEGAL_TRANSITION),
        ({**binned, "is_folder_recycled": True, "to_above": NO}, Code.ILLEGAL_TRANSITION),
        ({**binned, "is_folder_recycled": True, "to_above": permit()}, Code.ALLOW),
        ({**binned, "is_folder_recycled": True, "to_above": permit(), "is_above_wider": True}, Code.ILLEGAL_TRANSITION),
        ({**binned, "recycled_at": NOW - timedelta(days=99), "holds": ("legal",)}, Code.ALLOW),  # R130
        ({**binned, "recycled_at": NOW - timedelta(days=99), "is_copy_held": True}, Code.ALLOW),
        ({**binned, "recycled_at": NOW - timedelta(days=99), "is_assessed": True}, Code.ALLOW),  # R129
    ]
    for changes, code in cases:
        assert retention.decide_take_back(facts(**changes), days=90, now=NOW).code is code, changes


def test_t36_r137_an_owner_may_purge_early_and_the_service_says_why_and_a_hold_stops_both():
    binned = {"keeping": "RECYCLED"}
    cases = [
        ({**binned, "is_owner": True}, "", Code.ALLOW),
        (binned, "", Code.BAD_REQUEST),
        (binned, "Asked for by the speaker.", Code.ALLOW),
        ({**binned, "is_owner": True, "holds": ("legal",)}, "", Code.HELD),
        ({**binned, "is_owner": True, "is_copy_held": True}, "", Code.HELD),
        ({**binned, "is_owner": True, "is_assessed": True}, "", Code.ILLEGAL_TRANSITION),  # R129
        ({"is_owner": True}, "", Code.ILLEGAL_TRANSITION),
        ({"keeping": "PURGED"}, "", Code.ALLOW),  # R53
        ({**binned, "may": NO}, "", Code.NO_PERMISSION),
    ]
    for changes, reason, code in cases:
        assert retention.decide_purge(facts(**changes), reason=reason).code is code, changes


@given(days=st.integers(1, 400), told=st.none() | st.timedeltas(timedelta(0), timedelta(days=400)))
def test_n39_a_warning_is_given_its_whole_time_whatever_the_bins_days_are(days, told):
    told_at = None if told is None else NOW - told
    notice = min(timedelta(days=14), timedelta(days=days))
    assert retention.notice_of(days) == notice
    assert retention.is_warned(told_at, days=days, now=NOW) == (told is not None and told >= notice)


def test_t31_r119_a_viewer_restores_unless_the_site_or_a_full_store_says_otherwise():
    def code(keeping="ARCHIVED", may=None, *, is_low=True, is_over=False, role="viewer"):
        may = may or permit()
        return retention.decide_restore(keeping, may=may, is_low=is_low, is_over_limit=is_over, min_role=role).code

    assert code() is Code.ALLOW
    assert code("RESTORING") is code("ONLINE") is Code.ALLOW
    assert code("RECYCLED") is code("PURGED") is Code.ILLEGAL_TRANSITION
    assert code(role="creator") is Code.NO_PERMISSION
    assert code(role="creator", is_low=False) is Code.ALLOW
    assert code(is_over=True) is Code.LIMIT_REACHED
    assert code(is_over=True, is_low=False) is Code.ALLOW
    assert code(may=NO, is_low=False) is Code.NO_PERMISSION


def test_r128_an_exemption_ends_with_the_run_after_next_and_says_why():
    def code(until, what=Exempt.ARCHIVE, reason="Taught every other year", now=NOW):
        return retention.decide_exemption(what, reason=reason, expires_at=until, calendar=CALENDAR, now=now).code

    latest = at(2027, 9, 1)
    assert retention.latest_end(Exempt.ARCHIVE, calendar=CALENDAR, now=NOW) == latest
    assert retention.latest_end(Exempt.BOTH, calendar=CALENDAR, now=NOW) == at(2027, 8, 31)
    assert code(latest) is Code.ALLOW
    assert code(latest + timedelta(seconds=1)) is code(NOW) is code(latest, reason="") is Code.BAD_REQUEST
    assert retention.latest_end(Exempt.ARCHIVE, calendar=CALENDAR, now=at(2026, 9, 1, 5)) == at(2028, 9, 1)
    assert retention.clean_reason("  a\n\x00b ") == "a b"
