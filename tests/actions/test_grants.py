"""Grants given, told, deferred, used, ended: done, refused, lost the race, audited (R141 to R149, N20, N21, R26)."""

from datetime import timedelta

import pytest

from cathedra import wiring
from cathedra.actions import grants, library, people
from cathedra.adapters import smtp
from cathedra.config import Mail
from cathedra.db.models import (
    AccessGrant,
    AccessGrantTelling,
    AccessGrantUse,
    Account,
    AuditEvent,
    Department,
    Notice,
    Recording,
    UnreachableAddress,
)
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import grants as reads
from cathedra.db.reads import people as people_reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library as library_writes
from cathedra.domain import access, notices
from cathedra.domain.access import Action, FolderRole, GrantRight
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation, Details, SystemRole
from cathedra.domain.terms import (
    AccountNotFound,
    Code,
    FolderId,
    FolderNotFound,
    PrincipalId,
    RecordingId,
    RecordingNotFound,
)
from tests.fakes.mail_server import mail_server
from tests.giving import DAY, POLICY, WHY, by, give, post, somebody, tend, told
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(cast):
    """Dev and Rosa are service administrators, Morgan is staff; the lecture is Alice's."""
    cast_now = cast.now
    return (
        somebody("morgan", now=cast_now),
        somebody("rosa", SystemRole.SERVICE_ADMIN, now=cast_now),
        lecture(cast.chemistry, cast.alice, now=cast_now),
    )


def code(viewer, recording, now, action=Action.VIEW) -> Code:
    return access.decide(access_reads.recording_facts(viewer, recording), action, now).code


def streams(viewer, recording, now) -> bool:
    return access.decide_stream(access_reads.recording_facts(viewer, recording), now).is_permitted


def trail(*actions) -> list[str]:
    rows = AuditEvent.objects.filter(action__startswith="grant:") | AuditEvent.objects.filter(action__in=actions)
    return list(rows.order_by("id").values_list("action", flat=True))


def said(notice) -> dict[str, str]:
    return notices.said(notices.read_back(notice.values), wiring.in_words)


def recipients(kind) -> set:
    return set(Notice.objects.filter(kind=kind).values_list("recipient_id", "address"))


def test_r146_the_owner_is_told_before_the_grant_counts_and_then_it_counts(cast, team):
    """N20 says who, why, what, until when and whom to ask; not a byte before it was delivered."""
    morgan, _rosa, recording = team
    outcome = give(morgan, cast.dev, now=cast.now, recordings=[recording, recording])
    assert outcome.decision.is_permitted
    notice = Notice.objects.get(kind="N20")
    assert notice.recipient_id == cast.alice
    for place, words in (
        ("who", "Dev"), ("grantee", "Morgan"), ("thing", "Entropy"), ("until", "Thu 8 Oct 2026, 10:00"),
        ("purpose", WHY), ("rights", "watch it"), ("contact", "Dev"),
    ):  # fmt: skip
        assert words in said(notice)[place], place
    assert code(morgan, recording, cast.now) is Code.NO_PERMISSION
    assert not tend(cast.now), "not delivered yet"
    post(cast.now)
    assert tend(cast.now).live == 1
    assert code(morgan, recording, cast.now) is Code.ALLOW
    assert code(morgan, recording, cast.now + 7 * DAY) is Code.NO_PERMISSION, "it ends by itself"
    assert code(cast.dev, recording, cast.now) is Code.NO_PERMISSION, "R26: not for who gave it"
    assert trail() == ["grant:give", "grant:tell", "grant:deliver_notice"]
    given = AuditEvent.objects.get(action="grant:give")
    assert (given.reason, given.facts["policy"]) == (WHY, "access-grants@1")
    assert not tend(cast.now), "idempotent"


def test_r146_a_grant_of_many_recordings_names_two_and_says_how_many_more(cast, team):
    morgan, _rosa, first = team
    titled = [lecture(cast.chemistry, cast.alice, now=cast.now + n * DAY, title=f"Lecture {n}") for n in range(1, 4)]
    assert give(morgan, cast.dev, now=cast.now, recordings=[first, *titled]).decision.is_permitted
    assert said(Notice.objects.get(kind="N20"))["thing"] == "Lecture 3, Lecture 2 and 2 more"
    with mail_server() as server:
        mail = Mail(host="127.0.0.1", port=server.port, sender="lectures@example.org", timeout_seconds=30)
        post(cast.now, smtp.Postman(mail, site_name="Lectures"))
    (letter,) = server.taken
    for kind in ("plain", "html"):
        words = " ".join(letter.get_body((kind,)).get_content().split())
        assert "Lecture 3, Lecture 2 and 2 more" in words, kind


def test_r143_r144_refusals_change_nothing_and_stand_on_the_trail(cast, team):
    morgan, _rosa, recording = team
    external = somebody("ext", now=cast.now, affiliation=Affiliation.EXTERNAL)
    robot = somebody("robot", now=cast.now, affiliation=Affiliation.SERVICE_ACCOUNT)
    named = {"recordings": [recording], "now": cast.now}
    kept = 0
    for grantee, giver, more, refused, is_kept in (
        (cast.ben, cast.dev, {}, Code.ILLEGAL_TRANSITION, True),
        (external, cast.dev, {}, Code.ILLEGAL_TRANSITION, True),
        (robot, cast.dev, {}, Code.ILLEGAL_TRANSITION, True),
        (cast.dev, cast.dev, {}, Code.ILLEGAL_TRANSITION, True),
        (morgan, cast.alice, {}, Code.NO_PERMISSION, True),
        (morgan, None, {}, Code.NO_PERMISSION, True),
        (morgan, cast.dev, {"purpose": "teaching"}, Code.ILLEGAL_TRANSITION, True),
        (morgan, cast.dev, {"explanation": "because"}, Code.BAD_REQUEST, False),
        (morgan, cast.dev, {"ends_at": cast.now + 31 * DAY}, Code.BAD_REQUEST, False),
        (morgan, cast.dev, {"recordings": []}, Code.BAD_REQUEST, False),
    ):
        outcome = give(grantee, giver, **{**named, **more})
        assert (outcome.decision.code, outcome.grant_id) == (refused, None), (grantee, more)
        kept += is_kept
        assert AuditEvent.objects.filter(action="grant:refuse").count() == kept, more
    last = AuditEvent.objects.filter(action="grant:refuse").latest("id")
    assert (last.facts["rule"], last.facts["purpose"], last.target_id) == ("R142", "teaching", str(morgan))
    for error, more in (
        (RecordingNotFound, {"recordings": [RecordingId(cast.alice)]}),
        (FolderNotFound, {"recordings": [], "folders": [FolderId(cast.alice)]}),
    ):
        with pytest.raises(error):
            give(morgan, cast.dev, **{**named, **more})
    with pytest.raises(AccountNotFound):
        give(recording, cast.dev, **named)
    assert not AccessGrant.objects.exists()
    assert not Notice.objects.exists()


def test_r146_of_several_owners_it_counts_only_for_whom_it_was_told(cast, team):
    """A folder: who is told counts; who owns something of it later is told then, and counts then; lists agree."""
    morgan, _rosa, recording = team
    chloes = lecture(cast.chemistry, cast.chloe, now=cast.now, title="Heat")
    give(morgan, cast.dev, now=cast.now, folders=[cast.chemistry])
    assert recipients("N20") == {(cast.alice, ""), (cast.chloe, "")}
    assert Notice.objects.filter(kind="N20").first().values["thing"] == "Part IA"
    Notice.objects.filter(recipient_id=cast.alice).update(read_at=cast.now)
    tend(cast.now)
    listed = Recording.objects.filter(access_reads.visible_to(morgan, cast.now)).values_list("id", flat=True)
    inside = Recording.objects.filter(access_reads.listed_in(morgan, cast.chemistry, cast.now))
    assert (code(morgan, recording, cast.now), code(morgan, chloes, cast.now)) == (Code.ALLOW, Code.NO_PERMISSION)
    assert set(listed) == set(inside.values_list("id", flat=True)) == {recording}
    new = lecture(cast.chemistry, cast.dev, now=cast.now, title="New")
    assert code(morgan, new, cast.now) is Code.NO_PERMISSION
    assert tend(cast.now).told == 1
    post(cast.now)
    assert tend(cast.now).live == 2
    assert {code(morgan, each, cast.now) for each in (recording, chloes, new)} == {Code.ALLOW}


def test_r147_whoever_cannot_be_reached_has_others_told_in_their_place(cast, team):
    """Bounced: the Creators of the folder; no Creator: the department's contact; nobody: that is written down."""
    morgan, _rosa, recording = team
    UnreachableAddress.objects.create(address="alice@example.org", reason="No such user.", since_at=cast.now)
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=cast.now)
    told(morgan, cast.dev, now=cast.now, recordings=[recording])
    assert recipients("N20") == {(cast.alice, ""), (cast.chloe, "")}
    access_writes.remove_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR)
    Department.objects.update(contact_email="office@example.org")
    give(morgan, cast.dev, now=cast.now, recordings=[recording])
    assert (None, "office@example.org") in recipients("N20")
    Department.objects.update(contact_email="")
    alone = library_writes.add_folder("Alone", kind=FolderKind.GENERAL, now=cast.now)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=cast.now)
    eves = lecture(alone, cast.eve, now=cast.now)
    give(morgan, cast.dev, now=cast.now, recordings=[eves])
    assert set(AccessGrantTelling.objects.values_list("informed", flat=True)) == {"creators", "department", "nobody"}
    assert code(morgan, eves, cast.now) is Code.ALLOW
    assert "can be reached" in AuditEvent.objects.filter(action="grant:tell").latest("id").reason


def test_r147_the_creators_of_every_folder_are_told_and_of_none_but_their_own_by_name_r42(cast, team):
    """An owner who cannot be reached has recordings in two folders: those who look after either are told, with no title."""
    morgan, rosa, recording = team
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=cast.now)
    access_writes.add_member(cast.physics, PrincipalId(cast.dev), FolderRole.CREATOR, now=cast.now)
    other = lecture(cast.physics, cast.alice, title="Heat", now=cast.now + MINUTE)
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=cast.now)
    access_writes.remove_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.CREATOR)
    made = told(morgan, rosa, now=cast.now, recordings=[recording, other])
    for each in (recording, other):
        grants.note_playback(each, actor=by(morgan), now=cast.now)
    grants.revoke_grant(made, actor=by(rosa), now=cast.now)
    for kind in ("N20", "N21"):
        assert recipients(kind) == {(cast.alice, ""), (cast.chloe, ""), (cast.dev, "")}, kind
        assert {said(notice)["thing"] for notice in Notice.objects.filter(kind=kind)} == {"2 recordings of Alice"}
    (own,) = reads.list_for_owner(cast.chloe, now=cast.now)
    assert ([thing.name for thing in own.grant.things], [use.title for use in own.uses]) == (["Entropy"], ["Entropy"])


def test_r147_a_letter_that_comes_back_has_the_creators_told(cast, team):
    """By a real mail server that refuses the owner's address, then takes the Creator's."""
    morgan, _rosa, recording = team
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=cast.now)
    give(morgan, cast.dev, now=cast.now, recordings=[recording])
    with mail_server() as server:
        server.answers = {"RCPT": "550 5.1.1 No such user"}
        mail = Mail(host="127.0.0.1", port=server.port, sender="lectures@example.org", timeout_seconds=30)
        postman = smtp.Postman(mail, site_name="Lectures")
        post(cast.now, postman)
        server.answers = {}
        assert tend(cast.now).told == 1
        assert code(morgan, recording, cast.now) is Code.NO_PERMISSION
        post(cast.now + MINUTE, postman)
    assert tend(cast.now + MINUTE).live == 1
    assert code(morgan, recording, cast.now + MINUTE) is Code.ALLOW
    assert AccessGrantTelling.objects.get().informed == "creators"


def test_r147_a_second_person_says_why_the_owner_is_not_told_and_at_the_review_they_are(cast, team):
    morgan, rosa, recording = team
    why, review = "A security incident is looked into.", cast.now + 10 * DAY
    made = give(morgan, cast.dev, now=cast.now, recordings=[recording], is_notice_held=True).grant_id

    def defer(who, reason, at, now=cast.now):
        return grants.defer_notice(
            made, ground="legal_duty", reason=reason, review_at=at, policy=POLICY, actor=by(who), now=now
        ).code

    assert code(morgan, recording, cast.now) is Code.NO_PERMISSION, "nobody gets in before"
    assert defer(cast.dev, why, review) is Code.ILLEGAL_TRANSITION
    assert defer(cast.alice, why, review) is Code.NO_PERMISSION
    assert defer(rosa, why, review) is Code.ALLOW
    assert code(morgan, recording, cast.now) is Code.ALLOW
    assert grants.note_playback(recording, actor=by(morgan), now=cast.now)
    assert not Notice.objects.exists()
    assert reads.list_for_owner(cast.alice, now=cast.now) == ()
    assert defer(rosa, why, review + DAY) is Code.BAD_REQUEST, "a renewal needs a fresh reason"
    assert defer(rosa, "The police asked us to wait longer.", review + DAY) is Code.ALLOW
    tend(cast.now + 7 * DAY)
    assert trail()[-1] == "grant:end"
    assert not Notice.objects.exists(), "its end is held back too"
    assert not tend(review).disclosed
    assert tend(review + DAY).disclosed == 1
    assert {notice.kind for notice in Notice.objects.filter(recipient_id=cast.alice)} == {"N20", "N21"}
    assert len(reads.list_for_owner(cast.alice, now=cast.now)[0].uses) == 1
    assert grants.tell_now(made, actor=by(rosa), now=review + DAY).code is Code.CONFLICT
    other = give(morgan, cast.dev, now=cast.now, recordings=[recording], is_notice_held=True).grant_id
    assert grants.tell_now(other, actor=by(cast.dev), now=cast.now).is_permitted
    assert AccessGrant.objects.get(id=other).is_notice_held is False
    never = give(morgan, cast.dev, now=cast.now, recordings=[recording], is_notice_held=True).grant_id
    grants.revoke_grant(never, actor=by(rosa), now=cast.now)
    assert Notice.objects.filter(event__startswith=str(never)).count() == 2, "without a reason nothing is held back"


def test_r148_not_a_byte_before_the_use_is_written_down_and_each_playback_is_one(cast, team):
    """Section 25: service_admin with a live grant: ALLOW, audited. For the owner it is listed; somebody whom sharing lets in leaves no use."""
    morgan, _rosa, recording = team
    made = told(morgan, cast.dev, now=cast.now, recordings=[recording])
    assert not streams(morgan, recording, cast.now)
    assert grants.note_playback(recording, actor=by(morgan), now=cast.now)
    assert streams(morgan, recording, cast.now)
    assert not grants.note_playback(recording, actor=by(morgan), now=cast.now + MINUTE), "the page and its player"
    assert grants.note_playback(recording, actor=by(morgan), now=cast.now + 2 * MINUTE)
    assert not streams(morgan, recording, cast.now + timedelta(hours=12, minutes=2))
    for viewer in (cast.alice, cast.ben, cast.eve, None):
        assert not grants.note_playback(recording, actor=by(viewer), now=cast.now)
    assert AccessGrantUse.objects.filter(grant_id=made, kind="played").count() == 2
    event = AuditEvent.objects.filter(action="recording:play_under_grant").latest("id")
    assert (event.actor_id, event.facts) == (morgan, {"grant_id": str(made)})
    (own,) = reads.list_for_owner(cast.alice, now=cast.now)
    assert [use.kind for use in own.uses] == ["played", "played"]
    wider = told(morgan, cast.dev, now=cast.now, recordings=[recording], rights=[GrantRight.MANAGE, GrantRight.EXPORT])
    edited = library.edit_recording(recording, title="Entropy, part 1", actor=by(morgan), now=cast.now)
    assert edited.is_permitted
    assert AuditEvent.objects.get(action="recording:edit").facts == {"grant_id": str(wider)}
    kinds = AccessGrantUse.objects.filter(grant_id=wider).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["edited"]  # a download: tests/actions/test_playback.py


def test_r149_it_ends_at_once_and_the_owner_is_told_how_it_was_used(cast, team):
    """By a service administrator, by time, and of two who end it one is too late."""
    morgan, rosa, recording = team
    made = told(morgan, cast.dev, now=cast.now, recordings=[recording])
    grants.note_playback(recording, actor=by(morgan), now=cast.now)
    assert grants.revoke_grant(made, actor=by(morgan), now=cast.now).code is Code.NO_PERMISSION
    assert grants.revoke_grant(made, reason="Found it.", actor=by(rosa), now=cast.now).is_permitted
    assert not streams(morgan, recording, cast.now)
    assert grants.revoke_grant(made, actor=by(cast.dev), now=cast.now).code is Code.CONFLICT
    notice = Notice.objects.get(kind="N21")
    assert notice.recipient_id == cast.alice
    assert "Watched once" in said(notice)["use"]
    assert AuditEvent.objects.get(action="grant:revoke").reason == "Found it."
    timed = told(morgan, cast.dev, now=cast.now, recordings=[recording])
    assert tend(cast.now + 7 * DAY).ended == 1
    assert not tend(cast.now + 7 * DAY)
    assert said(Notice.objects.get(kind="N21", event__startswith=str(timed)))["use"] == "It was not used."
    with pytest.raises(reads.GrantNotFound):
        grants.revoke_grant(timed.__class__(int=5), actor=by(rosa), now=cast.now)


def test_r149_each_owner_is_told_of_the_use_in_their_time_and_of_nobody_elses_by_name(cast, team):
    """A recording changes hands while access runs: N21 tells the old owner what was done before and the new one what was
    done since; and to whom nothing of it belongs any more no title of another's is told (R42)."""
    morgan, rosa, recording = team
    other = lecture(cast.chemistry, cast.chloe, title="Chloe’s own", now=cast.now)
    made = told(morgan, cast.dev, now=cast.now, recordings=[other, recording])
    grants.note_playback(recording, actor=by(morgan), now=cast.now)
    assert library.change_owner(recording, cast.chloe, actor=by(cast.dev), now=cast.now).is_permitted
    Recording.objects.filter(id=recording).update(title="Renamed by Chloe")
    later = cast.now + MINUTE
    tend(later)
    post(later)
    assert grants.revoke_grant(made, actor=by(rosa), now=later).is_permitted
    ended = {notice.recipient_id: said(notice) for notice in Notice.objects.filter(kind="N21")}
    assert ended.keys() == {cast.alice, cast.chloe}
    assert "Watched once" in ended[cast.alice]["use"]
    assert ended[cast.alice]["thing"] == "Entropy"
    assert ended[cast.chloe]["use"] == "It was not used."


def test_r143_who_stops_being_staff_or_is_closed_holds_nothing_from_that_moment(cast, team):
    morgan, rosa, recording = team
    people_writes_admin = by(somebody("olga", SystemRole.SYS_ADMIN, now=cast.now))
    told(morgan, cast.dev, now=cast.now, recordings=[recording])
    told(rosa, cast.dev, now=cast.now, recordings=[recording])
    left = Details("Morgan", "morgan@example.org", Affiliation.EXTERNAL)
    assert people.edit_person(morgan, left, actor=people_writes_admin, now=cast.now).is_permitted
    assert people.set_account_active(rosa, is_active=False, actor=people_writes_admin, now=cast.now).is_permitted
    assert AccessGrant.objects.filter(revoked_at=None).count() == 0
    assert {code(each, recording, cast.now) for each in (morgan, rosa)} <= {Code.NO_PERMISSION, Code.SIGN_IN}
    assert Notice.objects.filter(kind="N21").count() == 2
    back = Details("Morgan", "morgan@example.org", Affiliation.UNIVERSITY_STAFF)
    people.edit_person(morgan, back, actor=people_writes_admin, now=cast.now)
    assert code(morgan, recording, cast.now) is Code.NO_PERMISSION, "it does not come back"


def test_r26_staff_ask_another_service_administrator_once_a_day(cast, team):
    _morgan, rosa, recording = team
    ask = {"message": WHY, "now": cast.now}
    assert grants.ask_for_grant(recording, actor=by(cast.alice), **ask).code is Code.NO_PERMISSION
    assert grants.ask_for_grant(recording, actor=by(cast.dev), **{**ask, "message": "x"}).code is Code.BAD_REQUEST
    for _ in range(2):
        assert grants.ask_for_grant(recording, actor=by(cast.dev), **ask).is_permitted
    notice = Notice.objects.get(kind="STAFF_ACCESS_ASKED")
    assert (notice.recipient_id, notice.values["message"]) == (rosa, WHY)
    assert f"recording={recording}" in notice.link
    assert trail("recording:ask_grant").count("recording:ask_grant") == 2
    assert code(cast.dev, recording, cast.now) is Code.NO_PERMISSION, "asking gives nothing"
    people.set_account_active(
        rosa, is_active=False, actor=by(somebody("olga", SystemRole.SYS_ADMIN, now=cast.now)), now=cast.now
    )
    assert people_reads.list_holders(SystemRole.SERVICE_ADMIN) == [cast.dev]
    assert grants.ask_for_grant(recording, actor=by(cast.dev), **ask).code is Code.ILLEGAL_TRANSITION
    with pytest.raises(RecordingNotFound):
        grants.ask_for_grant(
            RecordingId(cast.alice), actor=by(somebody("pat", SystemRole.SYS_ADMIN, now=cast.now)), **ask
        )
