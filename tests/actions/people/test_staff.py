"""What systems administrators do to accounts: done, refused, lost the race, audited with before and after (R38 row 24)."""

import pytest
from allauth.mfa.models import Authenticator

from cathedra.actions import people
from cathedra.db.models import Account, AuditEvent, Folder, FolderAccess, Notice, WebSession
from cathedra.db.reads import people as reads
from cathedra.db.writes import access, library
from cathedra.db.writes import people as writes
from cathedra.db.writes.web_sessions import SessionStore
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation, Details, GroupKind, StaffArea, SystemRole
from cathedra.domain.terms import AccountId, AccountNotFound, Actor, Channel, Code, Decision, PrincipalId
from tests import agreements
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEN = Details("Ben Adeyemi", "ben@example.org", Affiliation.COLLEGE_STAFF)


def administrator(cast) -> Actor:
    writes.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    return Actor(cast.dev, Channel.WEB, address="192.0.2.9")


def sign_in(account_id) -> None:
    store = SessionStore()
    store["_auth_user_id"] = str(account_id)
    store.save()


def event() -> AuditEvent:
    return AuditEvent.objects.latest("id")


def test_r38_row_24_nobody_but_systems_administrators_and_operators_does_any_of_it(cast):
    """A service administrator, every other role and the anonymous are told nothing (classes 12, 24)."""
    details = reads.account_facts(cast.ben).details
    verbs = {
        "edit": lambda by: people.edit_person(cast.ben, BEN, actor=by, now=cast.now),
        "close": lambda by: people.set_account_active(cast.ben, is_active=False, actor=by, now=cast.now),
        "sign-ins": lambda by: people.end_sign_ins(cast.ben, actor=by, now=cast.now),
        "second step": lambda by: people.reset_second_step(cast.ben, actor=by, now=cast.now),
        "invite": lambda by: people.invite_person("new", BEN, actor=by, now=cast.now).decision,
        "again": lambda by: people.invite_again(cast.ben, actor=by, now=cast.now).decision,
        "group": lambda by: people.make_group("New", actor=by, now=cast.now).decision,
        "withdraw": lambda by: people.withdraw_role(cast.dev, SystemRole.SERVICE_ADMIN, actor=by, now=cast.now),
        "enter": lambda by: people.enter_staff(by, StaffArea.PEOPLE, now=cast.now),
    }
    for role in set(SystemRole) - {SystemRole.SYS_ADMIN}:
        writes.give_system_role(cast.chloe, role, reason="all but one", now=cast.now)
    for who in (None, cast.ben, cast.alice, cast.chloe):
        for channel in (Channel.WEB, Channel.API):
            for name, verb in verbs.items():
                decision = verb(Actor(who, channel))
                assert isinstance(decision, Decision)
                assert decision.code is Code.NO_PERMISSION, (name, who, channel)
    assert not AuditEvent.objects.exists()
    assert reads.account_facts(cast.ben).details == details
    assert people.decide_staff(Actor(None, Channel.CLI), StaffArea.PEOPLE).is_permitted
    closed = administrator(cast)
    writes.set_active(cast.dev, is_active=False, now=cast.now)
    assert not people.decide_staff(closed, StaffArea.PEOPLE).is_permitted


def test_a_person_is_changed_with_before_and_after_on_the_trail_and_a_lost_race_is_told(cast):
    """R224; R34: whoever stops being a student creates in their personal folder."""
    own = library.add_folder("Ben's folder", kind=FolderKind.PERSONAL, owner_id=cast.ben, now=cast.now)
    by, seen = administrator(cast), reads.account_facts(cast.ben).details.mark
    assert people.edit_person(cast.ben, BEN, seen=seen, actor=by, now=cast.now).is_permitted
    assert reads.account_facts(cast.ben).details == BEN
    assert FolderAccess.objects.filter(folder=own, principal_id=cast.ben, role="creator").exists()
    told = event()
    assert (told.action, told.actor_id, told.target_id) == ("account:edit", cast.dev, str(cast.ben))
    assert told.before == {"full_name": "Ben", "affiliation": "student"}
    assert told.after == {"full_name": "Ben Adeyemi", "affiliation": "college_staff"}
    late = people.edit_person(cast.ben, Details("B", "", BEN.affiliation), seen=seen, actor=by, now=cast.now)
    assert late.code is Code.CONFLICT
    wrong = people.edit_person(cast.ben, Details("", "", BEN.affiliation), actor=by, now=cast.now)
    assert wrong.code is Code.BAD_REQUEST
    assert people.edit_person(cast.ben, BEN, actor=by, now=cast.now).is_permitted
    assert AuditEvent.objects.count() == 1  # nothing changed: nothing to tell
    with pytest.raises(AccountNotFound):
        people.edit_person(AccountId(cast.chemistry), BEN, actor=by, now=cast.now)


def test_r220_a_closed_account_is_out_at_once_and_nothing_of_theirs_becomes_unreachable(cast):
    made = lecture(cast.chemistry, cast.alice, title="Entropy", now=cast.now)
    by = administrator(cast)
    sign_in(cast.alice)
    assert people.set_account_active(cast.alice, is_active=False, actor=by, now=cast.now).is_permitted
    assert not WebSession.objects.filter(account_id=cast.alice).exists()
    assert (event().before, event().after) == ({"is_active": True}, {"is_active": False})
    from cathedra.db.models import Recording

    assert Recording.objects.filter(id=made, owner_id=cast.alice).exists()
    assert FolderAccess.objects.filter(folder=cast.chemistry, principal_id=cast.alice, role="creator").exists()
    again = people.set_account_active(cast.alice, is_active=False, actor=by, now=cast.now)
    assert again.code is Code.CONFLICT
    assert people.set_account_active(cast.alice, is_active=True, actor=by, now=cast.now).is_permitted
    assert Account.objects.get(id=cast.alice).deactivated_at is None


def test_r25_nobody_closes_themself_or_the_last_administrator(cast):
    by = administrator(cast)
    own = people.set_account_active(cast.dev, is_active=False, actor=by, now=cast.now)
    last = people.set_account_active(cast.dev, is_active=False, actor=Actor(None, Channel.CLI), now=cast.now)
    assert (own.code, last.code) == (Code.ILLEGAL_TRANSITION, Code.ILLEGAL_TRANSITION)
    assert Account.objects.get(id=cast.dev).is_active
    writes.give_system_role(cast.alice, SystemRole.SYS_ADMIN, reason="the second one", now=cast.now)
    assert people.set_account_active(
        cast.dev, is_active=False, actor=Actor(cast.alice, Channel.WEB), now=cast.now
    ).is_permitted


def test_sign_ins_end_and_the_second_step_is_reset_each_with_how_many(cast):
    by = administrator(cast)
    sign_in(cast.ben)
    sign_in(cast.ben)
    sign_in(cast.eve)
    assert people.end_sign_ins(cast.ben, actor=by, now=cast.now).is_permitted
    assert (event().action, event().facts) == ("account:end_all_sign_ins", {"count": 2})
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user_id=cast.ben, type=kind, data={})
    Authenticator.objects.create(user_id=cast.eve, type="totp", data={})
    sign_in(cast.ben)
    assert people.reset_second_step(cast.ben, actor=by, now=cast.now).is_permitted
    assert (event().action, event().facts) == ("account:reset_second_step", {"count": 2})
    assert set(Authenticator.objects.values_list("user_id", flat=True)) == {cast.eve}
    assert set(WebSession.objects.values_list("account_id", flat=True)) == {cast.eve}


def test_r27_coming_in_counts_as_a_use_once_a_day(cast):
    from datetime import timedelta

    by = administrator(cast)
    for at, noted in (
        (cast.now, cast.now),
        (cast.now + timedelta(hours=20), cast.now),
        (cast.now + timedelta(hours=25), cast.now + timedelta(hours=25)),
    ):
        assert people.enter_staff(by, StaffArea.PEOPLE, now=at).is_permitted
        assert reads.find_role(cast.dev, SystemRole.SYS_ADMIN).last_used_at == noted
    assert reads.find_role(cast.dev, SystemRole.SERVICE_ADMIN).last_used_at is None


def test_r40_when_the_last_creators_account_is_closed_the_service_is_told_of_each_folder_at_once(cast):
    by = administrator(cast)
    held = library.add_folder("Of a group", kind=FolderKind.GENERAL, now=cast.now)
    group = writes.add_group("Lecturers", kind=GroupKind.INTERNAL)
    writes.add_members(group, [cast.alice])
    led = library.add_folder("Led", kind=FolderKind.GENERAL, now=cast.now)
    department = library.add_department("Law", contact_email="law@example.org")
    known = library.add_folder("With a contact", kind=FolderKind.GENERAL, department_id=department, now=cast.now)
    own = library.add_folder("Alice's folder", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=cast.now)
    pairs = ((held, group), (led, cast.alice), (led, cast.eve), (known, cast.alice), (own, cast.alice))
    for folder, who in pairs:
        access.add_member(folder, PrincipalId(who), FolderRole.CREATOR, now=cast.now)
    assert people.set_account_active(cast.alice, is_active=False, actor=by, now=cast.now).is_permitted
    told = Notice.objects.filter(kind="FOLDER_LEFT")
    assert sorted((one.recipient_id, one.link) for one in told) == sorted(
        (cast.dev, f"/folders/{folder}/access/") for folder in (cast.chemistry, held)
    )
    assert sorted(event().facts["folders_left"]) == sorted([str(cast.chemistry), str(held)])
    assert people.set_account_active(cast.alice, is_active=True, actor=by, now=cast.now).is_permitted
    assert "folders_left" not in event().facts


def test_r40_no_student_has_a_personal_folder_and_whoever_stops_being_one_creates_in_theirs(cast):
    by = administrator(cast)
    for name, affiliation, has_folder in (("sam", "student", False), ("lee", "external", True)):
        made = people.create_account(
            name,
            full_name=name.title(),
            email="",
            affiliation=Affiliation(affiliation),
            password="x",
            actor=by,
            now=cast.now,
        )
        assert (reads.find_personal_folder(made) is not None) is has_folder
    sam = reads.find_account_by_login("sam")
    staff = Details("Sam", "", Affiliation.UNIVERSITY_STAFF)
    assert people.edit_person(sam, staff, actor=by, now=cast.now).is_permitted
    own = reads.find_personal_folder(sam)
    assert FolderAccess.objects.filter(folder=own, principal_id=sam, role="creator").exists()
    assert not Folder.objects.filter(kind="personal", parent=None).exclude(owner_id__in=[sam, made]).exists()


def test_r14_whoever_sets_up_a_program_has_accepted_the_terms_and_is_no_program(cast):
    by, current = administrator(cast), agreements.publish(now=cast.now)
    program = Details("Meetings", "", Affiliation.SERVICE_ACCOUNT)

    def codes() -> list[Code]:
        invited = people.invite_person("meetings", program, actor=by, now=cast.now).decision
        return [invited.code, people.edit_person(cast.eve, program, actor=by, now=cast.now).code]

    assert codes() == [Code.EULA_REQUIRED] * 2
    assert Account.objects.get(id=cast.eve).affiliation != "service_account"
    agreements.accept(by.account_id, current, now=cast.now)
    assert codes() == [Code.ALLOW] * 2
    renamed = Details("Talks", "", Affiliation.SERVICE_ACCOUNT)
    Account.objects.filter(id=by.account_id).update(affiliation="service_account")
    assert people.edit_person(cast.eve, renamed, actor=by, now=cast.now).is_permitted, "it is one already"
    refused = people.invite_person("more", program, actor=by, now=cast.now).decision
    assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "R14")
    assert people.invite_person("olga", Details("Olga", "", Affiliation.STUDENT), actor=by, now=cast.now).decision.is_permitted  # fmt: skip
