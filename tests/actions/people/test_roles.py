"""System roles: given, reviewed, withdrawn, ended by the calendar, each audited and told (R25, R27, N46)."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import localdate

from cathedra.actions import people
from cathedra.db.models import AuditEvent, Notice, SystemRoleHolder, SystemRoleScope
from cathedra.db.reads import people as reads
from cathedra.db.writes import audit
from cathedra.db.writes import people as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.people import SystemRole, year_after
from cathedra.domain.terms import AccountId, Actor, Channel, Code, FolderId, FolderNotFound, system_actor
from tests.actions.people.test_staff import administrator, event
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHY = "Answers what owners ask the service"


def give(cast, who, role=SystemRole.AUDITOR, *, by, approver="dev", **more):
    review_date = more.pop("review_date", year_after(localdate(cast.now)))
    asked = {"reason": WHY, "approver": approver, "review_date": review_date, **more}
    return people.give_role(who, role, **asked, actor=by, now=cast.now)


def told() -> set[tuple[str, AccountId]]:
    return set(Notice.objects.values_list("kind", "recipient_id"))


def test_r27_a_role_is_given_with_its_reason_approver_and_date_and_both_are_told(cast):
    by = administrator(cast)
    assert give(cast, cast.chloe, by=by, approver="ALICE").is_permitted
    held = reads.find_role(cast.chloe, SystemRole.AUDITOR)
    assert (held.reason, held.approver_id, held.given_by, held.last_used_at) == (WHY, cast.alice, "Dev", None)
    assert held.review_date == held.term.ends_on == year_after(localdate(cast.now))
    assert (event().action, event().reason, event().after["role"]) == ("role:give", WHY, "auditor")
    assert told() == {("ROLE_GIVEN", cast.chloe), ("ROLE_GIVEN", cast.alice)}
    for who, more, code in (
        (cast.chloe, {}, Code.CONFLICT),
        (cast.dev, {}, Code.ILLEGAL_TRANSITION),
        (cast.alice, {"approver": "alice"}, Code.BAD_REQUEST),
        (cast.alice, {"approver": "nobody"}, Code.BAD_REQUEST),
        (cast.alice, {"review_date": localdate(cast.now) + timedelta(days=367)}, Code.BAD_REQUEST),
        (cast.alice, {"reason": "because"}, Code.BAD_REQUEST),
    ):
        assert give(cast, who, by=by, **more).code is code, (who, more)
    assert SystemRoleHolder.objects.filter(role="auditor").count() == 1


def test_r25_a_videographers_folders_stand_in_the_appointment(cast):
    by = administrator(cast)
    places = [cast.chemistry, cast.physics, cast.chemistry]
    assert give(cast, cast.chloe, SystemRole.VIDEOGRAPHER, by=by, scopes=places).is_permitted
    held = reads.find_role(cast.chloe, SystemRole.VIDEOGRAPHER)
    assert {scope.folder_id for scope in held.scopes} == {cast.chemistry, cast.physics}
    assert give(cast, cast.eve, SystemRole.VIDEOGRAPHER, by=by).code is Code.BAD_REQUEST
    with pytest.raises(FolderNotFound):
        give(cast, cast.eve, SystemRole.VIDEOGRAPHER, by=by, scopes=[FolderId(cast.eve)])
    assert not SystemRoleHolder.objects.filter(account_id=cast.eve).exists()
    assert people.withdraw_role(cast.chloe, SystemRole.VIDEOGRAPHER, actor=by, now=cast.now).is_permitted
    assert not SystemRoleScope.objects.exists()


def test_r27_a_review_by_somebody_else_gives_the_role_on_and_says_so_on_the_trail(cast):
    by = administrator(cast)
    give(cast, cast.chloe, by=by, review_date=localdate(cast.now) + timedelta(days=5))
    until = localdate(cast.now) + timedelta(days=200)
    renewed = {"reason": "Still does it all", "review_date": until, "now": cast.now}
    assert people.renew_role(cast.chloe, SystemRole.AUDITOR, **renewed, actor=by).is_permitted
    held = reads.find_role(cast.chloe, SystemRole.AUDITOR)
    assert (held.review_date, held.reason, held.reviewed_at) == (until, "Still does it all", cast.now)
    assert (event().action, event().after["review_date"]) == ("role:renew", until.isoformat())
    own = people.renew_role(cast.dev, SystemRole.SYS_ADMIN, **renewed, actor=by)
    missing = people.renew_role(cast.eve, SystemRole.AUDITOR, **renewed, actor=by)
    assert (own.code, missing.code) == (Code.ILLEGAL_TRANSITION, Code.CONFLICT)


def test_r25_the_last_active_administrator_keeps_the_role_whoever_asks(cast):
    """A closed administrator does not count; of two who withdraw each other, the second is refused."""
    by = administrator(cast)
    writes.give_system_role(cast.alice, SystemRole.SYS_ADMIN, reason="the second one", now=cast.now)
    writes.set_active(cast.alice, is_active=False, now=cast.now)
    for who in (by, Actor(None, Channel.CLI)):
        last = people.withdraw_role(cast.dev, SystemRole.SYS_ADMIN, actor=who, now=cast.now)
        assert last.code is Code.ILLEGAL_TRANSITION
    writes.set_active(cast.alice, is_active=True, now=cast.now)
    assert people.withdraw_role(cast.dev, SystemRole.SYS_ADMIN, reason="moves on", actor=by, now=cast.now).is_permitted
    assert (event().action, event().reason, event().before["role"]) == ("role:withdraw", "moves on", "sys_admin")
    assert ("ROLE_ENDED", cast.dev) in told()
    lost = people.withdraw_role(cast.alice, SystemRole.SYS_ADMIN, actor=by, now=cast.now)
    assert lost.code is Code.NO_PERMISSION  # Dev administers nothing any more
    last = people.withdraw_role(cast.alice, SystemRole.SYS_ADMIN, actor=Actor(cast.alice, Channel.WEB), now=cast.now)
    assert last.code is Code.ILLEGAL_TRANSITION
    gone = people.withdraw_role(cast.dev, SystemRole.SYS_ADMIN, actor=Actor(cast.alice, Channel.WEB), now=cast.now)
    assert gone.code is Code.CONFLICT


def at(day, cast) -> datetime:
    return cast.now + (day - localdate(cast.now))


def review(now) -> people.Reviewed:
    return people.review_roles(actor=system_actor(), now=now)


def test_r27_n46_roles_nobody_reviews_are_reminded_of_twice_and_then_end_with_notice(cast):
    by = administrator(cast)
    ends = localdate(cast.now) + timedelta(days=60)
    give(cast, cast.chloe, by=by, review_date=ends)
    Notice.objects.all().delete()
    SystemRoleHolder.objects.filter(account_id=cast.dev).update(last_used_at=cast.now)
    for left, reminders in ((31, 0), (30, 1), (29, 1), (8, 1), (7, 2), (1, 2)):
        for _ in range(2):  # the job may run twice on a day
            review(at(ends - timedelta(days=left), cast))
        mine = Notice.objects.filter(kind="N46", recipient_id=cast.chloe).count()
        assert mine == Notice.objects.filter(kind="N46", recipient_id=cast.dev).count() == reminders, left
    assert reads.find_role(cast.chloe, SystemRole.AUDITOR)
    assert review(at(ends, cast)) == people.Reviewed(ended=1)
    assert reads.find_role(cast.chloe, SystemRole.AUDITOR) is None
    assert told() >= {("ROLE_ENDED", cast.chloe), ("ROLE_ENDED", cast.dev)}
    assert (event().action, event().actor_id, event().before["role"]) == ("role:end", None, "auditor")
    assert not review(at(ends, cast))


def test_r27_a_role_not_used_for_twelve_months_ends_however_it_was_reviewed(cast):
    by = administrator(cast)
    give(cast, cast.chloe, by=by)
    SystemRoleHolder.objects.filter(role="auditor").update(review_date=localdate(cast.now) + timedelta(days=700))
    writes.note_role_use(cast.chloe, [SystemRole.AUDITOR], now=cast.now + timedelta(days=100))
    SystemRoleHolder.objects.filter(account_id=cast.dev).update(last_used_at=cast.now + timedelta(days=400))
    SystemRoleHolder.objects.filter(account_id=cast.dev).update(review_date=localdate(cast.now) + timedelta(days=700))
    assert review(cast.now + timedelta(days=460)).ended == 0
    assert review(cast.now + timedelta(days=466)).ended == 1
    assert "not used" in event().reason


def test_r27_filming_in_ones_folders_is_using_the_role_and_what_is_done_elsewhere_is_not(cast):
    administrator(cast)
    late = cast.now + timedelta(days=360)
    SystemRoleHolder.objects.filter(account_id=cast.dev).update(
        last_used_at=late, review_date=localdate(cast.now) + timedelta(days=700)
    )
    for who in (cast.chloe, cast.ben):
        writes.give_system_role(who, SystemRole.VIDEOGRAPHER, reason="films", now=cast.now, scopes=[cast.chemistry])
    SystemRoleHolder.objects.filter(role="videographer").update(review_date=localdate(cast.now) + timedelta(days=700))
    here = lecture(cast.chemistry, cast.alice, now=cast.now)
    elsewhere = lecture(cast.physics, cast.alice, now=cast.now)
    filmed = cast.now + timedelta(days=200)
    for who, recording, at in ((cast.chloe, here, filmed), (cast.ben, elsewhere, late), (cast.alice, here, late)):
        with transaction():
            audit.record(
                Actor(who, Channel.WEB), "recording:edit", target_kind="recording", target_id=recording, now=at
            )
    assert review(cast.now + timedelta(days=366)).ended == 1
    assert reads.find_role(cast.ben, SystemRole.VIDEOGRAPHER) is None, "not in the folders of the role"
    assert reads.find_role(cast.chloe, SystemRole.VIDEOGRAPHER).last_used_at == filmed


def test_r27_whoever_corrects_captions_uses_the_role_for_them(cast):
    administrator(cast)
    SystemRoleHolder.objects.filter(account_id=cast.dev).update(
        last_used_at=cast.now + timedelta(days=360), review_date=localdate(cast.now) + timedelta(days=700)
    )
    writes.give_system_role(cast.chloe, SystemRole.CAPTION_REQUESTER, reason="captions", now=cast.now)
    SystemRoleHolder.objects.filter(role="caption_requester").update(
        review_date=localdate(cast.now) + timedelta(days=700)
    )
    worked = cast.now + timedelta(days=300)
    with transaction():
        audit.record(
            Actor(cast.chloe, Channel.WEB),
            "captions:edit",
            target_kind="recording",
            target_id=cast.chemistry,
            now=worked,
        )
    assert review(cast.now + timedelta(days=400)).ended == 0
    assert review(worked + timedelta(days=366)).ended == 1


def test_r25_the_calendar_never_ends_the_last_administrator_but_reminds_every_day(cast):
    administrator(cast)
    SystemRoleHolder.objects.filter(role="service_admin").delete()
    late = cast.now + timedelta(days=500)
    for day in range(2):
        assert review(late + timedelta(days=day)).ended == 0
    assert reads.find_role(cast.dev, SystemRole.SYS_ADMIN)
    assert Notice.objects.filter(kind="N46", recipient_id=cast.dev).count() == 2
    assert not AuditEvent.objects.filter(action="role:end").exists()
