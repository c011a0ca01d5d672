"""The last step: the new recording is made what the original is, and the original goes to the bin, at once (R103)."""

from dataclasses import replace
from datetime import datetime

from cathedra.actions import captions, metering, publishing, retention, slides
from cathedra.actions.saving import _tell
from cathedra.actions.saving._ask import saving_job
from cathedra.actions.saving._fail import fail
from cathedra.actions.saving._judge import Judged, judge
from cathedra.adapters.object_store import ObjectStore
from cathedra.db.reads import audio_description as description_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as retention_reads
from cathedra.db.reads import saving as reads
from cathedra.db.reads.saving import SavingRow
from cathedra.db.writes import audit, jobs, search
from cathedra.db.writes import publishing as publishing_writes
from cathedra.db.writes import retention as retention_writes
from cathedra.db.writes import saving as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import metering as metering_rules
from cathedra.domain import playback
from cathedra.domain.jobs import prepare_description
from cathedra.domain.metering import Cause
from cathedra.domain.publishing import WAITING
from cathedra.domain.terms import Actor, NotFound, RecordingId
from cathedra.domain.terms import gettext_noop as _

_CHANGED = _(
    "While the new recording was being made this one was changed, or may not be deleted any more. It is as it was. Look at "
    "its cuts, and save it anew once more."
)


def go_on(recording_id: RecordingId) -> None:
    """Inside the transaction in which everything was made of a file: the last step follows, if it is saved anew."""
    if reads.is_open(recording_id) and reads.is_complete(recording_id):
        jobs.enqueue([saving_job(recording_id)])


def finish_saving(recording_id: RecordingId, *, actor: Actor, now: datetime, store: ObjectStore) -> bool:
    """Files first, then one transaction: what it says, whom it reaches and how it is published are the original's, as they
    are at that moment, and the original is in the bin. Killed anywhere, it ends the same when repeated. False when there
    was nothing to do, or the rules do not allow it any more."""
    found = reads.find_open(recording_id)
    if found is None or not reads.is_complete(recording_id):
        return False
    decks = slides.deck_places(found.original_id, recording_id)
    images = _copy_files(found, recording_id, decks, store)
    with transaction():
        judged = _judged(found, actor, now)
        held = reads.find_open(recording_id, lock=True)
        if held is None:
            return False
        if judged is None:
            fail(recording_id, _CHANGED, actor=actor, now=now)
            return False
        if slides.deck_places(found.original_id, recording_id) != decks:
            jobs.enqueue([saving_job(recording_id)])  # another file of slides came meanwhile: that one goes with it
            return False
        _apply(found, recording_id, judged, images, actor=actor, now=now)
    return True


def _copy_files(
    found: SavingRow, recording_id: RecordingId, decks: list[tuple[str, str]], store: ObjectStore
) -> frozenset[str]:
    """The deck, and the pictures of slides as viewers of the cut recording have them; those that are there now."""
    for key, place in decks:
        _copy(store, key, place)
    prefix = playback.edited_prefix(found.version)
    names = frozenset(reads.slide_images(found.original_id))
    return frozenset(
        name
        for name in names
        if _copy(store, f"stream/{found.original_id}/{prefix}{name}", f"stream/{recording_id}/{name}")
    )


def _copy(store: ObjectStore, key: str, place: str) -> bool:
    if not store.exists(key):
        return False
    with store.local_copy(key) as path:
        store.put_file(place, path)
    return True


def _judged(found: SavingRow, actor: Actor, now: datetime) -> Judged | None:
    """With the rights that whoever asked has at this moment."""
    try:
        judged = judge(
            found.original_id, found.version, actor=replace(actor, account_id=found.asked_by), now=now, lock=True
        )
    except NotFound:
        return None
    return judged if judged.decision.is_permitted else None


def _apply(
    found: SavingRow,
    recording_id: RecordingId,
    judged: Judged,
    images: frozenset[str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    original_id, edits = found.original_id, judged.found.edits
    anchor = retention_reads.get_facts(original_id).anchor
    duration_ms = metering_rules.timeline_ms(encoding_reads.list_spans(recording_id))
    publication = writes.carry_over(original_id, recording_id, duration_ms=duration_ms, now=now)
    if publication is None:
        return
    retention_writes.begin_anew(recording_id, now=anchor)  # R114: an edit does not make it younger
    writes.carry_looks(recording_id, edits, by=found.asked_by, now=now)
    writes.carry_captions(original_id, recording_id, edits, now=now)
    if description_reads.find(recording_id) is not None:
        jobs.enqueue([prepare_description(recording_id)])  # of what was kept of it
    jobs.enqueue([captions.listening_job(recording_id)])  # which writes the files, and listens if nobody has
    if not writes.carry_slides(
        original_id, recording_id, edits, duration_ms=judged.found.duration_ms, images=images, now=now
    ):
        slides.ask(recording_id, now=now)
    publishing_writes.offer(recording_id, publication)
    if publication == WAITING:
        publishing.tell_waiting(publishing_reads.submission(recording_id), now=now)
    search.touch(recording_id)
    metering.settle([recording_id], cause=Cause.COPIED, now=now)
    retention.recycle_saved(original_id, actor=replace(actor, account_id=found.asked_by), now=now)
    writes.end(recording_id, now=now)
    told = {"original_id": str(original_id), "version": found.version}
    audit.record(actor, "recording:finish_saving", target_kind="recording", target_id=recording_id, now=now, facts=told)
    _tell.saved(found, recording_id, now=now)
