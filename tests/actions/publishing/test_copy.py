"""Copies: by reference they play what the original plays and no more, in full they stand alone (R71, R72, R102, R140)."""

from datetime import timedelta

import pytest

from cathedra.actions import metering
from cathedra.actions import policy as policy_actions
from cathedra.actions import publishing as actions
from cathedra.actions.metering import HourLimits
from cathedra.actions.policy import ReviewWish
from cathedra.db.models import (
    Analysis,
    AuditEvent,
    Bookmark,
    CaptionTrack,
    Chapter,
    ChapterList,
    Folder,
    Hold,
    MeterEntry,
    Note,
    Recording,
    Rendition,
    Slide,
    SlideDeck,
    Source,
    Stream,
    UseCase,
)
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import slides as slide_writes
from cathedra.domain import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Keeping, Origin, Publication
from cathedra.domain.policy import Requirement, Verdict
from cathedra.domain.terms import Code, PrincipalId
from tests import policies
from tests.actions.publishing.conftest import acting, told
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture
from tests.said import say


def copy(recording_id, target, who, now, *, is_full=False):
    return actions.copy_recording(recording_id, target, is_full=is_full, actor=acting(who), now=now)


def may_view(who, recording_id, now):
    return access.decide(access_reads.recording_facts(who, recording_id), access.Action.VIEW, now).code


@pytest.mark.slow
def test_a_reference_copy_plays_as_its_original_and_never_more_r71_r140(desk, cast, now):
    original = lecture(cast.chemistry, cast.alice, now=now)
    access_writes.add_member(desk.free, PrincipalId(cast.eve), FolderRole.VIEWER, now=now)
    made = copy(original, desk.free, cast.alice, now).recording_id
    row = Recording.objects.get(id=made)
    assert (row.origin, row.reference_of_id, row.publication) == (Origin.REFERENCE_COPY, original, "PUBLISHED")
    assert (may_view(cast.eve, made, now), may_view(cast.eve, original, now)) == (Code.ALLOW, Code.NO_PERMISSION)
    cases = [
        ({"publication": Publication.WAITING}, Code.WAITING_APPROVAL),
        ({"publication": Publication.REJECTED}, Code.REJECTED),
        ({"keeping": Keeping.ARCHIVED}, Code.ARCHIVED),
        ({"keeping": Keeping.RECYCLED}, Code.ORIGINAL_DELETED),
    ]
    plain = {"publication": Publication.PUBLISHED, "keeping": Keeping.ONLINE}
    for facts, code in cases:
        Recording.objects.filter(id=original).update(**{**plain, **facts})
        assert may_view(cast.eve, made, now) is code, facts
    Recording.objects.filter(id=original).update(**plain)
    again = copy(made, desk.strict, cast.alice, now).recording_id
    row = Recording.objects.get(id=again)
    assert (row.reference_of_id, row.publication) == (original, "WAITING")  # never a chain; and it waits there (R72)
    assert told("N10") == ["pia"]
    assert AuditEvent.objects.filter(action="recording:copy").count() == 2


@pytest.mark.slow
def test_what_may_not_be_copied_r72_r38_row_14(desk, cast, now):
    waiting = desk.waiting(now)
    held = lecture(cast.chemistry, cast.alice, now=now)
    Hold.objects.create(recording_id=held, kind="legal", opened_at=now)
    archived = lecture(cast.chemistry, cast.alice, now=now, keeping=Keeping.ARCHIVED)
    fine = lecture(cast.chemistry, cast.alice, now=now)
    cases = [
        (waiting, desk.free, cast.alice, Code.PUBLISHER_NEEDED),
        (held, desk.free, cast.alice, Code.HELD),
        (archived, desk.free, cast.alice, Code.ARCHIVED),  # R121
        (fine, cast.physics, cast.alice, Code.NO_PERMISSION),
        (fine, desk.free, cast.ben, Code.NO_PERMISSION),
        (fine, desk.free, cast.chloe, Code.NO_PERMISSION),
    ]
    for recording_id, target, who, code in cases:
        outcome = copy(recording_id, target, who, now)
        assert (outcome.decision.code, outcome.recording_id) == (code, None), code
    assert copy(fine, desk.free, cast.alice, now, is_full=True).decision.code is Code.NOT_READY  # no original kept yet
    assert Recording.objects.count() == 4
    made = copy(fine, cast.physics, cast.dev, now).recording_id
    assert Recording.objects.get(id=made).owner_id == cast.alice  # R26: owning is being let in


@pytest.fixture
def whole(desk, cast, now):
    """A recording with its files, and the store that holds them."""
    made = lecture(cast.chemistry, cast.alice, now=now)
    source = Source.objects.get(recording_id=made)
    Source.objects.filter(id=source.id).update(object_key=f"originals/{made}/{source.id}")
    stream = Stream.objects.get(recording_id=made)
    Rendition.objects.create(
        recording_id=made, stream=stream, kind="VIDEO", name="v720", codecs="avc1", peak_bps=1, average_bps=1,
        size_bytes=5, duration_ms=60_000, created_at=now,
    )  # fmt: skip
    store = MemoryStore()
    store.put_bytes(f"originals/{made}/{source.id}", b"original")
    for name in ("primary.m3u8", "v720.mp4", "poster.jpg"):
        store.put_bytes(f"stream/{made}/{name}", name.encode())
    return made, store


@pytest.mark.slow
def test_a_full_copy_has_files_of_its_own_and_waits_where_it_must_r72(desk, cast, now, whole):
    original, store = whole
    made = copy(original, desk.strict, cast.alice, now, is_full=True).recording_id
    assert (Recording.objects.get(id=made).media_state, may_view(cast.alice, made, now)) == (
        "PREPARING",
        Code.NOT_READY,
    )
    for _ in range(2):  # a job may be repeated
        actions.copy_media(made, original, actor=acting(None), now=now, store=store)
    row = Recording.objects.get(id=made)
    assert (row.media_state, row.publication, row.origin, row.reference_of_id) == (
        "READY",
        "WAITING",
        Origin.FULL_COPY,
        None,
    )
    assert told("N10") == ["pia"]
    counted = MeterEntry.objects.filter(recording_id=made).values_list("category", "cause", "delta_s")
    assert list(counted) == [("STORED", "COPIED", (row.duration_ms + 500) // 1000)]  # R102, R112: once, not recorded
    assert store.objects[f"stream/{made}/v720.mp4"] == b"v720.mp4"
    assert store.objects[Source.objects.get(recording_id=made).object_key] == b"original"
    assert [one.name for one in Rendition.objects.filter(recording_id=made)] == ["v720"]
    assert Stream.objects.filter(recording_id=made).count() == 1
    Recording.objects.filter(id=original).update(keeping=Keeping.RECYCLED)
    assert may_view(cast.alice, made, now) is Code.ALLOW
    assert AuditEvent.objects.filter(action="recording:finish_copy").count() == 1
    assert told("N6") == []  # T15: it waits
    free = copy(made, desk.free, cast.alice, now, is_full=True)
    assert free.decision.code is Code.PUBLISHER_NEEDED
    Recording.objects.filter(id=original).update(keeping=Keeping.ONLINE)
    free = copy(original, desk.free, cast.alice, now, is_full=True).recording_id
    for _ in range(2):
        actions.copy_media(free, original, actor=acting(None), now=now, store=store)
    assert told("N6") == ["alice"]  # T14


@pytest.mark.parametrize("mode", ["warn", "protect_teaching", "hard"])
def test_r108_a_full_copy_is_judged_as_an_upload_and_one_by_reference_never_refused(
    desk, cast, now, whole, site_says, mode
):
    """Only hours stored count for it (R102); into an assignment folder as what is handed in; asked once."""
    original, store = whole
    year, dev = metering.calendar().year_of(now).label, acting(cast.dev)
    Folder.objects.filter(id=desk.strict).update(kind="assignment")
    with site_says(LIMIT_MODE=mode):
        begun = copy(original, desk.free, cast.alice, now, is_full=True)
        assert begun.decision.is_permitted
        assert metering.set_limits(year, HourLimits(0, None, None), actor=dev, now=now).is_permitted
        assert copy(original, desk.free, cast.alice, now, is_full=True).decision.is_permitted, "it records nothing"
        assert metering.set_limits(year, HourLimits(None, 0, None), actor=dev, now=now).is_permitted
        full = copy(original, desk.free, cast.alice, now, is_full=True)
        handed_in = copy(original, desk.strict, cast.alice, now, is_full=True).decision
        assert (full.decision.code, handed_in.code) == {
            "warn": (Code.ALLOW, Code.ALLOW),
            "protect_teaching": (Code.LIMIT_REACHED, Code.ALLOW),
            "hard": (Code.LIMIT_REACHED, Code.LIMIT_REACHED),
        }[mode]
        assert (full.recording_id is None) is (mode != "warn")
        assert copy(original, desk.free, cast.alice, now).decision.is_permitted
        assert actions.copy_media(begun.recording_id, original, actor=acting(None), now=now, store=store)


@pytest.mark.slow
@pytest.mark.parametrize("stays_visible", [True, False])
def test_r90_what_is_refused_gets_no_copy_in_full_while_its_days_of_grace_run(desk, cast, now, whole, stays_visible):
    """Left to its audience or corrected meanwhile: its removal is not got round, neither asked for then nor before."""
    original, store = whole
    policies.activate(now)
    before = copy(original, desk.free, cast.alice, now, is_full=True).recording_id
    assert policy_actions.report_use(original, "A party.", actor=acting(cast.ben), now=now).is_permitted
    case = policy_reads.find_case(original)
    failed = frozenset({Requirement.EDUCATIONAL_CONTENT})
    wish = ReviewWish(Verdict.NOT_PERMITTED, "Not teaching.", failed, stays_visible=stays_visible)
    assert policy_actions.decide_case(case.id, wish, actor=acting(cast.dev), now=now).is_permitted
    for _corrected in range(2):
        refused = copy(original, desk.free, cast.alice, now, is_full=True).decision
        assert (refused.code, refused.reasons[0].rule) == (Code.HELD, "R90" if stays_visible else "R43")
        assert (
            policy_actions.declare_use(original, policies.USE, actor=acting(cast.alice), now=now).verdict == "PERMITTED"
        )
    actions.copy_media(before, original, actor=acting(None), now=now, store=store)
    assert Recording.objects.get(id=before).media_state == "FAILED"
    made = copy(original, desk.free, cast.alice, now).decision.code
    assert made is (Code.ALLOW if stays_visible else Code.HELD), "by reference it plays what the original plays"


@pytest.mark.slow
def test_r89_a_full_copy_of_what_is_exempt_is_exempt_as_long_as_that_is(desk, cast, now, whole):
    original, store = whole
    policies.activate(now)
    until = now + timedelta(days=100)
    UseCase.objects.create(
        recording_id=original, cause="reported", state="closed", opened_at=now, verdict="EXEMPT", exempt_until=until,
        decided_by_id=cast.dev, decided_at=now, closed_at=now,
    )  # fmt: skip
    made = copy(original, desk.free, cast.alice, now, is_full=True).recording_id
    actions.copy_media(made, original, actor=acting(None), now=now, store=store)
    assert policy_reads.find_use_verdict(made, now) == "EXEMPT"
    policy_actions.tend_cases(actor=acting(None), now=until)
    for one in (original, made):
        assert list(Hold.objects.filter(recording_id=one, released_at=None).values_list("kind", flat=True)) == [
            "aup_referred"
        ]


@pytest.mark.slow
def test_a_full_copy_takes_along_what_was_said_and_shown_but_no_notes_r200(desk, cast, now, whole):
    original, store = whole
    say(original, now=now)
    Analysis.objects.create(recording_id=original, kind="SLIDES", state="DONE", changed_at=now)
    ChapterList.objects.create(recording_id=original, changed_at=now)
    slide_writes.set_deck(
        original, name="a.pdf", object_key=f"originals/{original}/deck-1", size_bytes=1, sha256="", by=None, now=now
    )
    store.put_bytes(f"originals/{original}/deck-1", b"deck")
    kept = {"recording_id": original, "account_id": cast.ben, "at_ms": 1, "made_at": now}
    Note.objects.create(**kept, text="Mine", changed_at=now)
    Bookmark.objects.create(**kept)
    made = copy(original, desk.free, cast.alice, now, is_full=True).recording_id
    before = Recording.objects.get(id=made).content_version
    for _ in range(2):
        actions.copy_media(made, original, actor=acting(None), now=now, store=store)
    for kind in (CaptionTrack, Slide, Chapter, ChapterList, SlideDeck, Analysis):
        found = [kind.objects.filter(recording_id=one).count() for one in (original, made)]
        assert found[0] == found[1] > 0, kind
    assert not Note.objects.filter(recording_id=made).exists()
    assert not Bookmark.objects.filter(recording_id=made).exists()
    assert {slide.stream.recording_id for slide in Slide.objects.filter(recording_id=made)} == {made}
    assert store.objects[SlideDeck.objects.get(recording_id=made).object_key] == b"deck"
    assert Recording.objects.get(id=made).content_version > before
    slide_writes.remove_deck(made)
    assert SlideDeck.objects.get().recording_id == original


@pytest.mark.slow
def test_a_full_copy_of_a_copy_waits_for_the_originals_approval_r71_r72(desk, cast, now, whole):
    """Else a copy made while it was published would let out what was returned since."""
    original, store = whole
    access_writes.add_member(cast.physics, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    access_writes.add_member(desk.free, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    shown = copy(original, desk.free, cast.alice, now).recording_id
    step = {"approval_at": now, "approval_reason": "Names show."}
    for publication, approval in (("REJECTED", "rejected"), ("WAITING", "submitted")):
        Recording.objects.filter(id=original).update(
            publication=publication, approval=approval, submitted_at=now, **step
        )
        refused = copy(shown, cast.physics, cast.eve, now, is_full=True).decision
        assert (refused.code, refused.reasons[0].rule) == (Code.PUBLISHER_NEEDED, "R72"), publication
        assert copy(shown, cast.physics, cast.eve, now).decision.is_permitted  # it plays only while the original does
    Recording.objects.filter(id=original).update(publication="PUBLISHED")
    made = copy(shown, cast.physics, cast.eve, now, is_full=True)
    assert made.decision.is_permitted
    Recording.objects.filter(id=original).update(publication="REJECTED")
    actions.copy_media(made.recording_id, shown, actor=acting(None), now=now, store=store)  # returned meanwhile
    assert Recording.objects.get(id=made.recording_id).media_state == "FAILED"
    assert told("N6") == []
    assert told("N7") == ["eve"]


@pytest.mark.slow
def test_what_is_returned_while_it_is_copied_gets_no_copy_r71_t17(desk, cast, now, whole):
    original, store = whole
    made = copy(original, desk.free, cast.alice, now, is_full=True).recording_id
    why = {"approval": "rejected", "approval_at": now, "approval_reason": "Names show."}
    Recording.objects.filter(id=original).update(publication=Publication.REJECTED, **why)
    actions.copy_media(made, original, actor=acting(None), now=now, store=store)
    row = Recording.objects.get(id=made)
    assert (row.media_state, row.publication) == ("FAILED", "DRAFT")
    assert "may not be copied" in row.failure
    other = copy(original, desk.strict, cast.alice, now, is_full=True).recording_id
    actions.abandon_copy(other, actor=acting(None), now=now)
    assert Recording.objects.get(id=other).media_state == "FAILED"
    assert told("N7") == ["alice", "alice", "dev"]  # of the second the service too: trying again did not help
