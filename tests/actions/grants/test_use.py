"""What is done under a grant is written down whatever the verb, and so is who looks by their office alone (R148, R223)."""

from datetime import timedelta

import pytest

from cathedra import config
from cathedra.actions import access as sharing
from cathedra.actions import grants, ingest, notices, publishing
from cathedra.adapters import smtp
from cathedra.adapters.spool import Spool
from cathedra.db.models import AccessGrantTelling, AccessGrantUse, AuditEvent, Letter
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import grants as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, FolderSchedule, FolderStart, GrantRight
from cathedra.domain.access import RecordingSchedule as Own
from cathedra.domain.access import RecordingStart as Start
from cathedra.domain.library import FolderKind
from cathedra.domain.notices import Report
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Code, PrincipalId, system_actor
from tests.fakes.mail_server import mail_server
from tests.giving import by, give, post, somebody, tend, told
from tests.lectures import lecture
from tests.policies import course_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MINUTE = timedelta(minutes=1)


def uses(grant_id) -> list[str]:
    return list(AccessGrantUse.objects.filter(grant_id=grant_id).order_by("id").values_list("kind", flat=True))


def last(action) -> dict:
    return AuditEvent.objects.filter(action=action).order_by("id").values_list("facts", flat=True).last() or {}


def code(viewer, recording, now) -> Code:
    return access.decide(access_reads.recording_facts(viewer, recording), Action.VIEW, now).code


def test_r148_every_verb_that_a_manage_grant_opens_leaves_its_use(cast, tmp_path):
    """Title edits are in test_grants; here what else R145 calls edit, move and settings, of recordings and of folders."""
    now, morgan = cast.now, somebody("morgan", now=cast.now)
    inner = library.add_folder("Lectures", kind=FolderKind.COURSE, parent_id=cast.chemistry, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    made = told(morgan, cast.dev, now=now, folders=[cast.chemistry], rights=[GrantRight.MANAGE])
    calendar = course_calendar()
    spool, limits = Spool(tmp_path / "incoming"), config.Upload(max_bytes=1000, min_free_bytes=0)
    beside = ingest.Wish(length_bytes=10, name="slides.mp4", recording_id=recording, position=1)

    def verbs(who):
        """In this order, each with the action that it records and how many recordings it touches."""
        later, acts = Own(Start.DATE, now), {"actor": who, "now": now}
        hidden, open_ = FolderSchedule(FolderStart.NEVER_UNLESS_SESSION), FolderSchedule(FolderStart.IMMEDIATELY)
        timed = {"calendar": calendar, **acts}
        return (
            ("recording:set_availability", 1, lambda: sharing.set_recording_schedule(recording, later, **timed)),
            ("recording:follow_folder", 1, lambda: sharing.follow_folder(recording, **timed)),
            ("recording:set_availability", 1, lambda: sharing.set_recording_schedule(recording, later, **timed)),
            ("folder:clear_overrides", 1, lambda: sharing.clear_overrides(cast.chemistry, **timed)),
            ("folder:set_availability", 0, lambda: sharing.set_folder_schedule(cast.chemistry, hidden, **timed)),
            ("folder:set_availability", 0, lambda: sharing.set_folder_schedule(cast.chemistry, open_, **timed)),
            ("folder:switch_approval_on", 1, lambda: publishing.switch_approval(cast.chemistry, is_on=True, **acts)),
            ("upload:open", 1, lambda: ingest.open_upload(beside, spool=spool, limits=limits, **acts)),
            ("recording:move", 1, lambda: publishing.move_recording(recording, inner, **timed)),
        )

    for action, touched, verb in verbs(by(morgan)):
        before = len(uses(made))
        outcome = verb()
        assert last(action).get("grant_id") == str(made), (action, outcome)
        assert uses(made)[before:] == ["edited"] * touched, action
    publishing.switch_approval(cast.chemistry, is_on=False, actor=by(cast.chloe), now=now)  # which no grant opens
    publishing.move_recording(recording, cast.chemistry, calendar=calendar, actor=by(morgan), now=now)
    before = len(uses(made))
    for action, _touched, verb in verbs(by(cast.alice))[:6]:
        verb()
        assert "grant_id" not in last(action), f"{action}: its own Creator needs no grant"
    assert len(uses(made)) == before


def test_r148_r223_who_looks_at_details_by_a_grant_or_by_office_is_written_down_and_nobody_else(cast):
    now = cast.now
    morgan, olga = somebody("morgan", now=now), somebody("olga", SystemRole.SYS_ADMIN, now=now)
    iris = somebody("iris", SystemRole.AUDITOR, now=now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    made = told(morgan, cast.dev, now=now, folders=[cast.chemistry], rights=[GrantRight.MANAGE])
    office, grant = "{}:look_at", "{}:look_at_under_grant"
    for who, action, is_folder, expected in (
        (cast.dev, Action.SHARE, True, office),
        (cast.dev, Action.SHARE, False, office),
        (cast.dev, Action.VIEW, False, ""),
        (olga, Action.READ_AUDIT, False, office),
        (olga, Action.SHARE, True, ""),
        (iris, Action.READ_AUDIT, True, office),
        (morgan, Action.SEE_FOLDER, True, grant),
        (morgan, Action.VIEW, False, grant),
        (morgan, Action.SET_AVAILABILITY, False, grant),
        (morgan, Action.SHARE, False, ""),
        (cast.alice, Action.SHARE, True, ""),
        (cast.ben, Action.VIEW, False, ""),
        (None, Action.VIEW, False, ""),
    ):
        facts_of, target = (
            (access_reads.folder_facts, cast.chemistry) if is_folder else (access_reads.recording_facts, recording)
        )
        before = AuditEvent.objects.count()
        facts = facts_of(who, target)
        noted = grants.note_look(facts, action, target_id=target, page="a_page", actor=by(who), now=now)
        told_now = list(AuditEvent.objects.order_by("id")[before:].values_list("action", "target_id", "facts"))
        wanted = expected.format("folder" if is_folder else "recording")
        more = {"grant_id": str(made)} if expected is grant else {}
        case = (who, action, is_folder)
        assert told_now == ([(wanted, str(target), {"page": "a_page", **more})] if expected else []), case
        assert noted is bool(expected), case
    assert uses(made) == ["looked", "looked"]
    (own,) = reads.list_for_owner(cast.alice, now=cast.now)
    assert [use.kind for use in own.uses] == ["looked", "looked"], "listed for the owner"
    access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), FolderRole.CREATOR, now=now)
    facts = access_reads.folder_facts(cast.dev, cast.chemistry)
    assert not grants.note_look(facts, Action.SHARE, target_id=cast.chemistry, page="x", actor=by(cast.dev), now=now)


def test_r146_while_the_mail_is_on_its_way_nothing_is_seen_and_r147_when_it_comes_back_nothing_is_any_more(cast):
    """By a real mail server: it puts the letter off, takes it, and returns it after somebody had watched."""
    now, morgan = cast.now, somebody("morgan", now=cast.now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
    give(morgan, cast.dev, now=now, recordings=[recording])
    with mail_server() as server:
        mail = postman_to(server)
        server.answers = {"RCPT": "451 4.7.1 Try again later"}
        post(now, mail)
        assert not tend(now), "queued is not told"
        assert not grants.note_playback(recording, actor=by(morgan), now=now)
        assert not AccessGrantUse.objects.exists()
        server.answers = {}
        later = now + 10 * MINUTE
        post(later, mail)
        assert code(morgan, recording, later) is Code.NO_PERMISSION, "not before the grant was looked at again"
        assert tend(later).live == 1
        assert grants.note_playback(recording, actor=by(morgan), now=later)
        letter = Letter.objects.get()
        returned = Report((str(letter.id),), "failed", "5.1.1", "No such user")
        assert notices.take_report(returned, actor=system_actor(), now=later) == "alice@example.org"
        assert tend(later).told == 1, "the Creators instead"
        assert not tend(later), "once"
        assert code(morgan, recording, later) is Code.NO_PERMISSION, "until they are told it counts no more"
        post(later + MINUTE, mail)
        assert tend(later + MINUTE).live == 1
        assert code(morgan, recording, later + MINUTE) is Code.ALLOW
    assert AccessGrantTelling.objects.get().informed == "creators"
    assert not tend(later + 2 * MINUTE)


def postman_to(server) -> smtp.Postman:
    mail = config.Mail(host="127.0.0.1", port=server.port, sender="lectures@example.org", timeout_seconds=30)
    return smtp.Postman(mail, site_name="Lectures")
