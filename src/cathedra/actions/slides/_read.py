"""The job: slides of a recording, the words of its deck, chapters from their titles."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cathedra.actions.slides import _look, _tell
from cathedra.actions.slides._look import SlideTools
from cathedra.actions.slides._shown import put_pictures
from cathedra.adapters.object_store import ObjectNotFound, ObjectStore
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import slides as reads
from cathedra.db.writes import audit, search
from cathedra.db.writes import slides as writes
from cathedra.db.writes.slides import NewSlide, Said
from cathedra.db.writes.transaction import transaction
from cathedra.domain.library import (
    AnalysisState,
    DeckProblem,
    align,
    chapters_of,
    deck_sentence,
    shorten,
)
from cathedra.domain.playback import edited_prefix
from cathedra.domain.terms import Actor, RecordingId, UnableTo
from cathedra.domain.terms import gettext_noop as _

_FAILED = _(
    "The slides of this recording could not be looked for, and trying again did not help. It plays as before. The people "
    "who run this service can see what happened."
)
_NO_ENGINE = _(
    "The slides were found, but their words were not read: this installation has no program for that, or it is switched "
    "off. Whoever runs it can install the extra “slides” of Cathedra, or Tesseract; then look for the slides again."
)


class Outcome(StrEnum):
    """How it ended, for the log."""

    DONE = "DONE"
    NOTHING_TO_DO = "NOTHING_TO_DO"
    LOST = "LOST"  # another attempt took over


class AttemptLost(Exception):
    """Another attempt holds the recording's slides now; what we made is worth nothing."""


def read_slides(
    recording_id: RecordingId,
    *,
    is_anew: bool = False,
    actor: Actor,
    now: datetime,
    attempt: UUID,
    tools: SlideTools,
) -> Outcome:
    """Slides, what is written on them, and chapters, all at once in one transaction. May be killed at any line and
    repeated: pictures are named by their content, and those that no slide names are removed at the end.

    What is there already (the deck changed, or the job ran before) is not looked for again, unless `is_anew`."""
    facts = reads.facts(recording_id)
    if facts is None or not facts.is_playable:
        return Outcome.NOTHING_TO_DO
    with transaction():
        if not writes.claim(recording_id, expected=facts.attempt, attempt=attempt, now=now):
            return Outcome.LOST
    try:
        fault = _read_deck(recording_id, tools, now)
        if facts.screen is None:
            _nothing(recording_id, attempt, now)
            return _ended(Outcome.NOTHING_TO_DO, fault)
        found = None
        if is_anew or not _are_there(facts, tools):
            tell = _teller(recording_id, attempt)
            found = _look.look(recording_id, facts.screen, attempt=attempt, tools=tools, tell=tell)
        _apply(recording_id, facts.screen.stream_id, found, actor=actor, now=now, attempt=attempt, tools=tools)
    except AttemptLost:
        return Outcome.LOST
    _look.sweep_pictures(recording_id, [slide.image for slide in reads.list_slides(recording_id)], tools)
    shown = content_reads.shown_edit(recording_id)
    if shown is not None and shown.edits.cuts:
        with _look.work_folder(recording_id, attempt, tools) as folder:
            put_pictures(
                recording_id,
                shown.edits,
                prefix=edited_prefix(shown.version),
                store=tools.store,
                take=tools.camera.take_picture,
                folder=folder,
            )
    return _ended(Outcome.DONE, fault)


def _ended(outcome: Outcome, fault: UnableTo | None) -> Outcome:
    """A deck that we could not read keeps nothing else from being done (R59); it is tried again with the whole job."""
    if fault is not None:
        raise fault
    return outcome


def abandon_slides(recording_id: RecordingId, *, actor: Actor, now: datetime, why: str, store: ObjectStore) -> bool:
    """After the last attempt: the recording plays as before, and its Creators read why it has no slides, or that it is
    their file alone that could not be read."""
    with transaction():
        facts = reads.facts(recording_id, lock=True)
        if facts is None:
            return False
        deck, unneeded = reads.find_deck(recording_id), frozenset[str]()
        if deck is not None and not deck.is_read:
            unneeded = _put_deck_away(recording_id, deck, DeckProblem.GIVEN_UP, (), now)
        if facts.state not in (AnalysisState.DONE, AnalysisState.NOTHING):
            writes.finish(recording_id, attempt=facts.attempt, state=AnalysisState.FAILED, problem=_FAILED, now=now)
        told = {"why": why[:1000]}
        audit.record(
            actor, "recording:slides_failed", target_kind="recording", target_id=recording_id, now=now, facts=told
        )
    _delete(unneeded, store)
    return True


def _nothing(recording_id: RecordingId, attempt: UUID, now: datetime) -> None:
    """No screen, no slides: no failure."""
    with transaction():
        writes.finish(recording_id, attempt=attempt, state=AnalysisState.NOTHING, engine="", now=now)


def _are_there(facts: reads.Facts, tools: SlideTools) -> bool:
    """Whether slides were found before, and their pictures still lie there: the archive does not keep them."""
    if facts.state is None or not facts.images:
        return False
    keys = (_look.stream_key(facts.recording_id, image) for image in facts.images)
    return all(tools.store.exists(key) for key in keys)


def _teller(recording_id: RecordingId, attempt: UUID) -> _look.Tell:
    """Writes progress down; stops the work when another attempt took over."""

    def tell(share: float) -> None:
        with transaction():
            is_ours = writes.set_percent(recording_id, attempt=attempt, percent=round(share * 100))
        if not is_ours:
            raise AttemptLost(str(recording_id))

    return tell


def _read_deck(recording_id: RecordingId, tools: SlideTools, now: datetime) -> UnableTo | None:
    """A deck that nobody has read yet. One that cannot be used is left out with a sentence, and its people are told (R59,
    N8); what is wrong with us is handed back, for the slides to be looked for all the same."""
    deck = reads.find_deck(recording_id)
    if deck is None or deck.is_read:
        return None
    problem: DeckProblem | None
    try:
        with tools.store.local_copy(deck.object_key) as path:
            read = tools.decks.read(path)
        problem, pages = read.problem, [(page.text, page.title) for page in read.pages]
    except ObjectNotFound:
        problem, pages = DeckProblem.BROKEN, []
    except UnableTo as fault:
        return fault
    with transaction():
        unneeded = _put_deck_away(recording_id, deck, problem, pages, now)
    _delete(unneeded, tools.store)
    return None


def _delete(keys: frozenset[str], store: ObjectStore) -> None:
    for key in keys:
        store.delete(key)


def _put_deck_away(
    recording_id: RecordingId,
    deck: reads.Deck,
    problem: DeckProblem | None,
    pages: Sequence[tuple[str, str]],
    now: datetime,
) -> frozenset[str]:
    """Keys of the files that nothing needs any more."""
    sentence, values = deck_sentence(problem) if problem else ("", {})
    unneeded = writes.set_pages(recording_id, deck.object_key, pages=pages, problem=sentence, problem_values=values)
    if unneeded is not None and problem:
        _tell.left_out(recording_id, deck, problem, stays=deck.object_key in unneeded, now=now)
    return unneeded or frozenset()


def _apply(
    recording_id: RecordingId,
    stream_id: UUID,
    found: Sequence[NewSlide] | None,
    *,
    actor: Actor,
    now: datetime,
    attempt: UUID,
    tools: SlideTools,
) -> None:
    with transaction():
        facts = reads.facts(recording_id, lock=True)
        if facts is None or facts.attempt != attempt:
            raise AttemptLost(str(recording_id))
        if found is not None:
            writes.replace_slides(recording_id, stream_id, found)
        slides = reads.list_slides(recording_id)
        said = _said(recording_id, slides)
        writes.set_said(recording_id, said)
        if not facts.has_own_chapters:
            titles = [(slide.start_ms, one.title) for slide, one in zip(slides, said, strict=True)]
            writes.replace_chapters(recording_id, chapters_of(titles, duration_ms=facts.duration_ms))
        engine = facts.engine if found is None else (tools.reader.name if tools.reader else "")
        problem = _NO_ENGINE if slides and engine == "" else ""
        state = AnalysisState.DONE if slides else AnalysisState.NOTHING
        writes.finish(recording_id, attempt=attempt, state=state, engine=engine, problem=problem, now=now)
        search.touch(recording_id)
        told = {"slides": len(slides), "engine": engine, "pages": sum(1 for one in said if one.page)}
        audit.record(
            actor, "recording:read_slides", target_kind="recording", target_id=recording_id, now=now, facts=told
        )


def _said(recording_id: RecordingId, slides: Sequence[reads.SlideRow]) -> list[Said]:
    """What each slide says: the page of the deck where one fits, else what was read."""
    deck = reads.find_deck(recording_id)
    pages = deck.pages_in_use if deck else ()
    matched = align([slide.read_text for slide in slides], [text for text, _title in pages])
    said = []
    for slide, page in zip(slides, matched, strict=True):
        if page is None:
            said.append(Said(slide.read_text, slide.read_title, None))
        else:
            text, title = pages[page]
            said.append(Said(text, shorten(title) or slide.read_title or _first_line(text), page + 1))
    return said


def _first_line(text: str) -> str:
    return shorten(next((line.strip() for line in text.splitlines() if line.strip()), ""))
