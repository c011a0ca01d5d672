"""Accounts by rule: details, invitations, closing, and who looks for whom."""

from datetime import UTC, datetime, timedelta
from itertools import product

from cathedra.domain import people
from cathedra.domain.people import Affiliation, Details, Invitation, Seeker, SystemRole
from cathedra.domain.terms import Code

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ALICE = Details("Alice", "alice@example.org", Affiliation.UNIVERSITY_STAFF)


def test_r1_details_are_a_name_and_an_address_if_any():
    cleaned = people.clean_details("  Alice \n\t B\x00 ", " a@b ", Affiliation.STUDENT)
    assert (cleaned.full_name, cleaned.email) == ("Alice B", "a@b")
    for name, email, is_well in (
        ("Alice", "", True),
        ("Alice", "a@b.org", True),
        ("", "a@b.org", False),
        ("x" * 201, "", False),
        ("Alice", "nobody", False),
        ("Alice", "a@b@c", False),
        ("Alice", "a b@c", False),
        ("Alice", "a@" + "b" * 253, False),
    ):
        decision = people.decide_details(Details(name, email, Affiliation.STUDENT))
        assert decision.is_permitted == is_well, (name, email)


def test_r14_a_program_is_set_up_by_a_person_who_has_accepted():
    for active, program, accepted in product((True, False), repeat=3):
        decision = people.decide_program(people.Answering(active, program, accepted))
        wanted = (Code.ALLOW if accepted else Code.EULA_REQUIRED) if active and not program else Code.BAD_REQUEST
        assert decision.code is wanted, (active, program, accepted)
        assert decision.is_permitted or decision.reasons[0].rule == "R14"
    assert people.decide_program(None).code is Code.BAD_REQUEST


def test_a_change_over_somebody_elses_change_is_refused():
    other = Details("Alice B", ALICE.email, ALICE.affiliation)
    assert people.decide_edit(ALICE, other, seen=ALICE.mark).is_permitted
    assert people.decide_edit(ALICE, other, seen=None).is_permitted
    assert people.decide_edit(ALICE, other, seen=other.mark).code is Code.CONFLICT
    assert len({ALICE.mark, other.mark, Details("Alice", "", ALICE.affiliation).mark}) == 3


def test_r143_leaving_staff_is_a_change_from_staff_to_anything_else():
    staff = {Affiliation.UNIVERSITY_STAFF, Affiliation.COLLEGE_STAFF}
    for before, after in product(Affiliation, Affiliation):
        assert people.leaves_staff(before, after) == (before in staff and after not in staff)


def test_r220_who_may_be_closed_and_opened():
    for is_active, is_own, is_last, code in (
        (True, False, False, Code.ALLOW),
        (True, True, False, Code.ILLEGAL_TRANSITION),
        (True, False, True, Code.ILLEGAL_TRANSITION),
        (False, False, False, Code.CONFLICT),
    ):
        decision = people.decide_deactivate(is_active=is_active, is_own=is_own, is_last_administrator=is_last)
        assert decision.code is code, (is_active, is_own, is_last)
    assert people.decide_reactivate(is_active=False).is_permitted
    assert people.decide_reactivate(is_active=True).code is Code.CONFLICT


def test_an_invitation_works_once_for_a_while_for_an_open_account():
    ends = people.invitation_ends(NOW)
    assert ends == NOW + timedelta(days=people.INVITATION_DAYS)
    well = Invitation(ends, is_used=False)
    assert people.decide_accept(well, is_active=True, now=ends - timedelta(seconds=1)).is_permitted
    for held, is_active, now in (
        (None, False, NOW),
        (Invitation(ends, is_used=True), True, NOW),
        (well, False, NOW),
        (well, True, ends),
    ):
        assert people.decide_accept(held, is_active=is_active, now=now).code is Code.GONE
    for is_active, has_password, is_well in ((True, False, True), (False, False, False), (True, True, False)):
        assert people.decide_invite(is_active=is_active, has_password=has_password).is_permitted == is_well


def test_class_34_who_may_look_for_people_and_who_by_address():
    staff = {Affiliation.UNIVERSITY_STAFF, Affiliation.COLLEGE_STAFF}
    for affiliation, role, system in product(
        Affiliation,
        ("", "viewer", "creator", "publisher", "content_organizer", "analytics_manager"),
        (None, *SystemRole),
    ):
        seeker = Seeker(affiliation, frozenset({role} - {""}), frozenset({system} - {None}))
        may = affiliation in staff or role in ("creator", "content_organizer") or system is not None
        assert people.decide_find(seeker).is_permitted == may, seeker
        assert people.may_find_by_email(seeker) == (affiliation in staff), seeker


def test_pasted_names_come_apart_once_each():
    assert people.names_in(" Abc1, def2;ABC1\n\tghi3\0 ") == ("abc1", "def2", "ghi3")
    assert people.lines_in("Part IA  students, ben\n\nben\0") == ("Part IA students", "ben")
    assert people.names_in("") == people.lines_in(" \n,") == ()
