"""Imports: who brings them, that nobody but their owner has anything of them, kept, discarded, given up (R93)."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import ingest as actions
from cathedra.actions import metering, policy, retention
from cathedra.actions.ingest import Kept, Opened
from cathedra.actions.metering import HourLimits
from cathedra.adapters.spool import Spool
from cathedra.db.models import (
    AuditEvent,
    Intake,
    MeterEntry,
    Notice,
    Recording,
    Source,
    TermsAcceptance,
    UseCase,
    UseDeclaration,
)
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import ingest as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library, people
from cathedra.db.writes import policy as policy_writes
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.ingest import UploadKind
from cathedra.domain.library import FolderKind, Keeping, MediaState, Origin
from cathedra.domain.people import Affiliation
from cathedra.domain.policy import Answer
from cathedra.domain.terms import Actor, Channel, Code, Decision, PrincipalId, system_actor
from tests.actions.test_ingest import Desk
from tests.agreements import AUP, publish
from tests.policies import USE, activate

DAY = timedelta(days=1)


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "incoming")


@pytest.fixture
def own(cast, now):
    """Alice's own folder, in which nobody but her has a role."""
    folder = library.add_folder("Alice's folder", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=now)
    access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    return folder


@pytest.fixture
def program(cast, own, spool, now):
    """A service account."""
    account_id = people.add_account(
        "meetings",
        full_name="Meetings bridge",
        email="",
        affiliation=Affiliation.SERVICE_ACCOUNT,
        password=None,
        now=now,
    )
    return Desk(account_id, spool, now)


def bring(desk, owner="alice", content=b"0123456789", **wish):
    opened = desk.open(is_import=True, owner=owner, length_bytes=len(content), **wish)
    assert isinstance(opened, Opened), opened
    desk.send(opened.upload_id, content)
    return opened.recording_id


def alice_at(cast):
    return Actor(cast.alice, Channel.WEB)


def keep(cast, made, now, wish=USE):
    return actions.keep_import(made, wish, actor=alice_at(cast), now=now)


def probes():
    return [job.args["source_id"] for job in ProcrastinateJob.objects.filter(task_name="PROBE_SOURCE")]


def audited(made):
    return list(AuditEvent.objects.filter(target_id=str(made)).order_by("id").values_list("action", flat=True))


def told(cast, kind="N50"):
    return list(Notice.objects.filter(recipient_id=cast.alice, kind=kind).order_by("created_at"))


# --- it comes --------------------------------------------------------------------------------------------------------


def test_r93_an_import_waits_as_a_draft_of_which_nothing_is_made_or_counted(program, cast, own, now):
    """R98 to R100: neither recorded nor stored."""
    activate(now)
    made = bring(program)
    row = Recording.objects.get(id=made)
    assert (row.origin, row.media_state, row.publication) == (Origin.IMPORT, MediaState.EMPTY, "DRAFT")
    assert (row.owner_id, row.folder_id, row.uploaded_at) == (cast.alice, own, now)
    assert (probes(), MeterEntry.objects.count(), UseDeclaration.objects.count()) == ([], 0, 0)
    waiting = reads.list_imports(cast.alice)[0]
    assert (waiting.recording_id, waiting.title, waiting.brought_by) == (made, "Tides 1", "Meetings bridge")
    assert (waiting.size_bytes, waiting.original_name, waiting.since_at) == (10, "Tides_1.mp4", now)
    assert audited(made) == ["recording:create", "recording:take_in"]


def test_r224_the_trail_says_for_whom_a_program_brought_it_and_nobody_where_somebody_brings_their_own(
    program, cast, own, spool, now
):
    made = bring(program)
    for_whom = AuditEvent.objects.filter(actor_id=program.actor.account_id).values_list("action", "on_behalf_of_id")
    assert dict(for_whom) == {
        "upload:open": cast.alice,
        "recording:create": cast.alice,
        "upload:complete": None,
        "recording:take_in": cast.alice,
    }, made
    bring(Desk(cast.alice, spool, now), owner="")
    assert not AuditEvent.objects.filter(actor_id=cast.alice, on_behalf_of_id__isnull=False).exists()


def test_r93_nothing_of_it_is_listed_before_its_last_byte(program, cast):
    program.open(is_import=True, owner="alice")
    assert (reads.list_imports(cast.alice), reads.has_imports(cast.alice)) == ([], False)
    assert not Notice.objects.exists()


def test_n50_its_owner_hears_of_it_at_once(program, cast):
    bring(program)
    (notice,) = told(cast)
    assert notice.link == "/intake/"
    assert notice.values["until"] == {"day": "2026-12-02"}


def test_r93_parts_that_are_joined_wait_as_one(program, cast):
    one = program.open(is_import=True, owner="alice", kind=UploadKind.PARTIAL, length_bytes=3)
    program.send(one.upload_id, b"abc")
    wish = actions.Wish(
        length_bytes=0, kind=UploadKind.FINAL, name="whole.mp4", parts=(one.upload_id,), is_import=True, owner="alice"
    )
    joined = actions.join_parts(
        wish, wish.parts, actor=program.actor, now=program.now, spool=program.spool, limits=_limits()
    )
    assert [row.recording_id for row in reads.list_imports(cast.alice)] == [joined.recording_id]


def _limits():
    from tests.actions.test_ingest import LIMITS

    return LIMITS


def test_r93_everybody_imports_for_themselves_and_only_a_program_for_others(program, cast, spool, now):
    alice, chloe = Desk(cast.alice, spool, now), Desk(cast.chloe, spool, now)
    assert reads.list_imports(cast.alice) == []
    bring(alice, owner="")
    assert reads.list_imports(cast.alice)[0].brought_by == "", "not told that it was herself"
    assert chloe.open(is_import=True, owner="alice").code is Code.NO_PERMISSION
    assert Desk(None, spool, now).open(is_import=True, owner="alice").code is Code.SIGN_IN
    assert program.open(is_import=True, owner="ALICE").recording_id is not None, "whatever its case"


@pytest.mark.parametrize("owner", ["nobody", "ben", "chloe", "a\0b", "meetings"])
def test_r93_only_who_may_keep_recordings_of_their_own_has_an_intake_list(program, cast, owner, now):
    """A student, somebody without a folder, nobody at all: one answer, that tells nothing of them."""
    student = library.add_folder("Ben's folder", kind=FolderKind.PERSONAL, owner_id=cast.ben, now=now)
    assert student
    refused = program.open(is_import=True, owner=owner)
    assert (refused.code, refused.reasons[0].rule) == (Code.NOT_FOUND, "R93")
    assert not Recording.objects.exists()


def test_r93_it_is_declared_by_its_owner_alone_and_lies_where_only_they_are(program, cast):
    for more in ({"folder": cast.chemistry}, {"use": USE}):
        folder = more.pop("folder", None)
        assert program.open(folder, is_import=True, owner="alice", **more).code is Code.BAD_REQUEST


def test_r93_the_sender_is_not_told_what_its_owner_makes_of_it(program, cast, now):
    made = bring(program, fingerprint="f")
    Recording.objects.filter(id=made).update(title="Secret")
    found = reads.find_upload(program.actor.account_id, "f", now=now)
    assert (found.recording_id, found.recording_title, found.folder_id) == (made, "", None)


def test_r93_nobody_but_its_owner_has_anything_of_it(program, cast, own, now):
    """Not even who holds a role where it lies, or runs the service: it is asked for every action there is."""
    made = bring(program)
    for role in FolderRole:
        access_writes.add_member(own, PrincipalId(cast.chloe), role, now=now)
    for who in (cast.chloe, cast.dev, cast.ben, program.actor.account_id, None):
        facts = access_reads.recording_facts(who, made)
        assert [action for action in Action if access.decide(facts, action, now).is_permitted] == []
        for action in Action:
            assert not Recording.objects.filter(access_reads.may(who, action, now), id=made).exists(), action
    facts = access_reads.recording_facts(cast.alice, made)
    assert access.decide(facts, Action.SEE_PROGRESS, now).is_permitted
    assert Recording.objects.filter(access_reads.may(cast.alice, Action.LIST, now), id=made).exists()


# --- it is kept ------------------------------------------------------------------------------------------------------


def test_r93_kept_it_is_declared_and_goes_on_as_any_recording(program, cast, now):
    activate(now)
    made = bring(program)
    later = now + 3 * DAY
    kept = keep(cast, made, later)
    assert isinstance(kept, Kept)
    assert kept.finding.verdict == "PERMITTED"
    row = Recording.objects.get(id=made)
    assert (row.media_state, row.uploaded_at) == (MediaState.RECEIVED, now)
    assert probes() == [str(Source.objects.get(recording_id=made).id)]
    assert UseDeclaration.objects.get().account_id == cast.alice
    assert (reads.list_imports(cast.alice), Intake.objects.count()) == ([], 0)
    assert audited(made)[2:] == ["recording:keep_import", "recording:declare", "recording:receive"]
    assert keep(cast, made, later).code is Code.CONFLICT, "once"
    facts = access_reads.recording_facts(cast.dev, made)
    assert access.decide(facts, Action.SEE_METADATA, now).is_permitted, "it is a recording as any other now"


def test_r85_what_the_policy_does_not_permit_goes_on_waiting(program, cast, now):
    activate(now)
    made = bring(program)
    meeting = actions.Wish(length_bytes=1, use=USE).use
    refused = keep(cast, made, now, policy.DeclareWish(meeting.answers, "meeting", meeting.course_id))
    assert refused.code is Code.NOT_PERMITTED
    assert keep(cast, made, now, None).reasons[0].rule == "R84"
    assert (UseDeclaration.objects.count(), probes(), len(reads.list_imports(cast.alice))) == (0, [], 1)


def test_r108_over_the_limit_it_is_refused_when_it_comes_and_when_it_is_kept_and_goes_on_waiting(program, cast, now):
    """It counts only from when it is kept, so that is when the limit is asked again."""
    activate(now)
    made = bring(program)
    metering.set_limits("2026-27", HourLimits(None, 0, None), actor=Actor(cast.dev, Channel.WEB), now=now)
    assert program.open(is_import=True, owner="alice").code is Code.LIMIT_REACHED
    assert keep(cast, made, now).code is Code.LIMIT_REACHED
    assert (len(reads.list_imports(cast.alice)), probes(), UseDeclaration.objects.count()) == (1, [], 0)
    metering.set_limits("2026-27", HourLimits(None, 1, None), actor=Actor(cast.dev, Channel.WEB), now=now)
    assert isinstance(keep(cast, made, now), Kept)


def test_r86_what_is_referred_is_prepared_and_looked_at(program, cast, now):
    activate(now)
    made = bring(program)
    unsure = policy.DeclareWish((Answer.YES, Answer.UNSURE, Answer.YES), "lecture", USE.course_id)
    assert keep(cast, made, now, unsure).finding.verdict == "REFERRED"
    assert UseCase.objects.get().recording_id == made
    assert len(probes()) == 1


def test_r93_where_no_policy_is_in_force_nothing_is_asked(program, cast, now):
    made = bring(program)
    assert keep(cast, made, now, None) == Kept(None)


def test_r15_the_policy_is_read_before_the_first_is_kept(program, cast, now):
    made = bring(program)
    publish(AUP, now=now)
    TermsAcceptance.objects.filter(document="aup").delete()
    assert keep(cast, made, now).code is Code.AUP_REQUIRED
    assert len(reads.list_imports(cast.alice)) == 1


def test_r93_until_it_is_kept_it_is_declared_nowhere_else_and_gets_no_second_file(program, cast, spool, now):
    activate(now)
    made = bring(program)
    refused = policy.declare_use(made, USE, actor=alice_at(cast), now=now)
    assert (refused.code, refused.reasons[0].rule) == (Code.NOT_READY, "R93")
    beside = Desk(cast.alice, spool, now).open(recording_id=made, position=1, use=USE)
    assert (beside.code, beside.reasons[0].rule) == (Code.NOT_READY, "R93")
    assert UseDeclaration.objects.count() == 0


@pytest.mark.parametrize("who", ["chloe", "dev", "ben", None])
def test_r93_nobody_else_decides(program, cast, who, now):
    made = bring(program)
    actor = Actor(getattr(cast, who) if who else None, Channel.API)
    for refused in (
        actions.keep_import(made, USE, actor=actor, now=now),
        actions.discard_import(made, actor=actor, now=now),
        actions.discard_import(Recording().id, actor=actor, now=now),
    ):
        assert isinstance(refused, Decision)
        assert refused.code in (Code.NO_PERMISSION, Code.SIGN_IN)
    assert len(reads.list_imports(cast.alice)) == 1


# --- it is discarded -------------------------------------------------------------------------------------------------


def test_r99_discarded_it_lies_in_the_bin_uncounted_and_waits_anew_when_it_is_taken_out(program, cast, now):
    made = bring(program)
    assert actions.discard_import(made, actor=alice_at(cast), now=now).is_permitted
    assert Recording.objects.get(id=made).keeping == Keeping.RECYCLED
    assert (reads.list_imports(cast.alice), reads.has_imports(cast.alice), MeterEntry.objects.count()) == ([], False, 0)
    assert audited(made)[2:] == ["recording:recycle", "recording:discard_import"]
    assert told(cast, "N35") == [], "it was she herself"
    assert keep(cast, made, now).code is Code.CONFLICT
    later = now + 40 * DAY
    assert retention.take_back_recording(made, actor=alice_at(cast), now=later).is_permitted
    assert [row.since_at for row in reads.list_imports(cast.alice)] == [later]
    assert not actions.tend_intake(actor=system_actor(), now=later + DAY)
    assert isinstance(keep(cast, made, later, None), Kept)


def test_r58_destroyed_nothing_of_it_waits(program, cast, now):
    made = bring(program)
    assert actions.discard_import(made, actor=alice_at(cast), now=now).is_permitted
    assert retention.purge_recording(made, actor=alice_at(cast), now=now).is_permitted
    assert (Intake.objects.count(), Source.objects.count(), MeterEntry.objects.count()) == (0, 0, 0)


def test_r93_n50_undecided_it_is_told_of_again_and_given_up(program, cast, now):
    """On days 0, 14 and 27; after thirty it goes to the bin, and its owner hears of that too."""
    made = bring(program)
    days = {}
    for day in range(1, 33):
        actions.tend_intake(actor=system_actor(), now=now + day * DAY)
        days.setdefault(len(told(cast)), day)
    assert days == {1: 1, 2: 14, 3: 27}
    assert Recording.objects.get(id=made).keeping == Keeping.RECYCLED
    (notice,) = told(cast, "N35")
    assert (notice.values["who"], notice.created_at) == ("Cathedra", now + 30 * DAY)
    assert audited(made)[2:] == ["recording:recycle", "recording:give_up_import"]


def test_r130_a_hold_keeps_it_where_it_is(program, cast, now):
    made = bring(program)
    policy_writes.open_hold(made, "legal", now=now)
    assert actions.tend_intake(actor=system_actor(), now=now + 31 * DAY).discarded == 0
    assert actions.discard_import(made, actor=alice_at(cast), now=now).code is Code.HELD
    assert len(reads.list_imports(cast.alice)) == 1
