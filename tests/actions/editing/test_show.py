"""Viewers get an edited version at once in every rendition, and not before (R96, R201, R204)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from cathedra.actions import editing, playback, slides
from cathedra.actions.encoding import Outcome
from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import RunFailed
from cathedra.db.models import AuditEvent, Edit, Recording, Stream, ViewingPosition
from cathedra.db.reads import content as reads
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import playback as playback_reads
from cathedra.db.reads import slides as slide_reads
from cathedra.db.writes import content as writes
from cathedra.domain.encoding.slides import Shot
from cathedra.domain.library import UNEDITED, Edits, Span
from cathedra.domain.terms import system_actor
from tests.actions.editing.conftest import acting, add_rendition
from tests.actions.test_encoding import jobs
from tests.fakes.slides import ScriptedDecks, ScriptedReader
from tests.said import say as said

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CUTS = (Span(0, 5_000), Span(22_000, 30_000))
SYSTEM = system_actor()


def save(room, cast, now, cuts=CUTS, version=0):
    made = editing.save_edit(room.id, cuts=cuts, version=version, actor=acting(cast.alice), now=now)
    assert made.decision.is_permitted


def show(room, now):
    return editing.show_edit(room.id, actor=SYSTEM, now=now, attempt=uuid.uuid4(), tools=room.tools)


@dataclass
class Camera:
    """Two slides in any file; an edit is made while it takes the first."""

    meanwhile: Callable[[], object]

    def find_slides(self, rendition, *, size, duration_ms, on_progress):
        return [Shot(0, 20_000, 10_000), Shot(20_000, 60_000, 50_000)]

    def take_picture(self, rendition, to, *, at_ms):
        if at_ms == 10_000:
            self.meanwhile()
        to.write_bytes(b"a slide")
        return True


def test_an_edit_is_made_while_its_slides_are_read_and_neither_clears_away_the_other_s_files(room, cast, now):
    """Each has a processor of its own (R60), so both are at it at once."""
    Stream.objects.filter(recording_id=room.id).update(is_screen=True)
    save(room, cast, now)
    outcomes = []
    camera = Camera(meanwhile=lambda: outcomes.append(show(room, now)))
    pages = [("One", ""), ("Two", "")]
    tools = slides.SlideTools(room.tools.store, camera, ScriptedReader(pages), ScriptedDecks(), room.tools.work_dir)
    outcomes.append(slides.read_slides(room.id, actor=SYSTEM, now=now, attempt=uuid.uuid4(), tools=tools))
    assert outcomes == [Outcome.DONE, Outcome.DONE]
    assert [slide.title for slide in slide_reads.list_slides(room.id)] == ["One", "Two"]
    assert list(room.tools.work_dir.iterdir()) == []


def captions_jobs():
    return sum(kind == "WRITE_CAPTIONS" for kind, *_ in jobs())


def test_nothing_to_make_of_what_was_never_edited(room, now):
    assert show(room, now) is Outcome.NOTHING_TO_DO


def test_it_is_shown_when_all_is_there_and_everything_follows(room, cast, now):
    add_rendition(room.id, "p90", now)
    room.tools.store.put_bytes(f"stream/{room.id}/p90.mp4", room.objects[f"stream/{room.id}/p180.mp4"])
    save(room, cast, now)
    before = Recording.objects.get(id=room.id)
    assert playback_reads.player_page(cast.ben, room.id).edits is UNEDITED  # the former one stays until then
    assert show(room, now) is Outcome.DONE
    page = playback_reads.player_page(cast.ben, room.id)
    assert (page.edits, page.is_made, page.duration_ms) == (Edits(CUTS), True, 60_000)
    made = {name.removeprefix("e1-") for name in room.names() if name.startswith("e1-")}
    assert made == {
        "primary.m3u8", "p180.m3u8", "p180-v1.mp4", "p90.m3u8", "p90-v1.mp4", "storyboard.vtt", "s.jpg", "poster.jpg",
    }  # fmt: skip
    assert b"\np90.m3u8" in room.objects[f"stream/{room.id}/e1-primary.m3u8"]
    assert room.objects[f"stream/{room.id}/e1-s.jpg"] == b"painted over [(0, 0, 1, 1)]"
    assert captions_jobs() == 1
    assert room.tools.renderer.calls.count("make_picture_edge") == 2 * 3  # 0-5 s has one edge, 22-30 s two
    board = room.objects[f"stream/{room.id}/e1-storyboard.vtt"].decode()
    assert "xywh=0,0" not in board  # that picture was taken in a cut
    after = Recording.objects.get(id=room.id)
    assert (after.duration_ms, after.edited_ms) == (60_000, 47_000)  # R96
    assert after.content_version == before.content_version + 1
    assert library_reads.get_recording(cast.ben, room.id).duration_ms == 47_000
    event = AuditEvent.objects.get(action="recording:show_edit")
    assert (event.target_id, event.facts["version"], event.facts["encoded"]) == (str(room.id), 1, 6)
    show(room, now)  # repeated, nothing is encoded, told or written again
    assert room.tools.renderer.calls.count("make_picture_edge") == 6
    assert AuditEvent.objects.filter(action="recording:show_edit").count() == 1


def test_a_place_is_kept_in_the_whole_recording(room, cast, now):
    save(room, cast, now)
    show(room, now)
    playback.save_position(room.id, position_ms=20_000, actor=acting(cast.ben), now=now)
    assert ViewingPosition.objects.get().position_ms == 33_000  # 5 s and 8 s were cut before it
    assert playback_reads.list_in_progress(cast.ben, now=now)[0].position_ms == 20_000


def test_a_version_that_was_overtaken_is_never_shown(room, cast, now):
    save(room, cast, now)

    def another():
        if not Edit.objects.filter(version=2).exists():
            save(room, cast, now, cuts=(), version=1)

    room.tools.renderer.make_poster = lambda *words, **options: another()
    assert show(room, now) is Outcome.LOST
    assert reads.edits_of(room.id) is UNEDITED
    assert show(room, now) is Outcome.DONE
    assert Recording.objects.get(id=room.id).edited_ms is None
    assert not {name for name in room.names() if name.startswith("e2-")}, "without cuts it is the whole"


def test_a_rendition_that_comes_meanwhile_is_cut_as_well(room, cast, now):
    save(room, cast, now)
    came = []

    def meanwhile(*words, **options):
        if not came:
            came.append(add_rendition(room.id, "p90", now))
            room.tools.store.put_bytes(f"stream/{room.id}/p90.mp4", room.objects[f"stream/{room.id}/p180.mp4"])

    room.tools.renderer.make_poster = meanwhile
    assert show(room, now) is Outcome.DONE
    assert b"\np90.m3u8" in room.objects[f"stream/{room.id}/e1-primary.m3u8"]


def test_no_file_of_a_version_holds_what_is_cut(room, cast, now, rendition_bytes):
    """Captions, slides and segments, byte for byte (class 33)."""
    said(room.id, now=now)
    stored = {f"slide-{n}.jpg": f"picture {n}".encode() for n in range(2)}
    for name, data in stored.items():
        room.tools.store.put_bytes(f"stream/{room.id}/{name}", data)
    Stream.objects.filter(recording_id=room.id).update(is_screen=True)
    save(room, cast, now, cuts=(Span(0, 30_000), Span(50_000, 60_000)))
    assert show(room, now) is Outcome.DONE
    shown = {
        name.removeprefix("e1-"): room.objects[f"stream/{room.id}/{name}"] for name in room.names() if name[:3] == "e1-"
    }
    assert b"Take this box" not in shown["captions-en.vtt"]
    assert b"00:00:00.000 --> 00:00:04.000" in shown["captions-en.vtt"], "of ice, at the beginning"
    assert "slide-0.jpg" not in shown
    assert shown["slide-1.jpg"] not in (*stored.values(), b""), "taken anew, for its end is cut"
    whole = fragments.read(room.file("p180.mp4", rendition_bytes))
    for piece in whole.fragments:
        data = rendition_bytes[piece.offset : piece.offset + piece.length]
        is_kept = piece.begins >= 30 and piece.begins + piece.lasts <= 50
        assert (data in shown["p180-v1.mp4"]) is is_kept, piece.begins


def test_after_the_archive_nothing_plays_until_the_cuts_are_made_again(room, cast, now):
    save(room, cast, now)
    show(room, now)
    writes.forget_made(room.id)
    assert not playback_reads.player_page(cast.ben, room.id).is_made
    show(room, now)
    assert playback_reads.player_page(cast.ben, room.id).is_made


def test_when_it_cannot_be_made_its_editor_is_told_and_viewers_keep_what_they_have(room, cast, now):
    save(room, cast, now)
    room.tools.renderer.failing = {"make_picture_edge"}
    with pytest.raises(RunFailed):
        show(room, now)
    assert editing.abandon_edit(room.id, actor=SYSTEM, now=now)
    assert "viewers still have the version before" in reads.list_edits(room.id)[0].problem
    assert AuditEvent.objects.filter(action="recording:cut_failed").count() == 1
    assert reads.edits_of(room.id) is UNEDITED


def test_r162_when_what_viewers_wait_for_cannot_be_made_its_editor_is_told_that_they_wait(room, cast, now):
    save(room, cast, now)
    writes.await_edit(room.id, 1, edited_ms=47_000, now=now)
    assert editing.abandon_edit(room.id, actor=SYSTEM, now=now)
    assert "viewers wait" in reads.list_edits(room.id)[0].problem
    assert AuditEvent.objects.filter(action="recording:cut_failed").count() == 1
    show(room, now)
    assert reads.list_edits(room.id)[0].problem == ""
    assert not editing.abandon_edit(room.id, actor=SYSTEM, now=now), "it is made"


def test_files_of_earlier_cuts_go_when_nobody_watches_them_any_more(room, cast, now):
    save(room, cast, now)
    show(room, now)
    first = {name for name in room.names() if name.startswith("cut-")}
    save(room, cast, now, cuts=(Span(0, 5_000),), version=1)
    show(room, now)
    assert editing.sweep_edges(actor=SYSTEM, now=now, store=room.tools.store) == 0  # somebody may be watching
    later = now + timedelta(hours=13)
    assert (
        editing.sweep_edges(actor=SYSTEM, now=later, store=room.tools.store) == 6 + 2
    )  # its playlists, media and pictures; edges of 22 to 30 s
    left = {name for name in room.names() if name.startswith("cut-")}
    assert left < first
    assert len(left) == 1  # the edge at 5 s is used by the version that is shown
    assert not {name for name in room.names() if name.startswith("e1-")}
    assert editing.sweep_edges(actor=SYSTEM, now=later, store=room.tools.store) == 0
    assert AuditEvent.objects.filter(action="recording:sweep_edges").count() == 1
    save(room, cast, later, version=2)  # and going back to the first makes them anew
    show(room, later)
    assert first <= room.names()
