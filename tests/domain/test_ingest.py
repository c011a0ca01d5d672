"""Uploads decided from facts alone: T1, T12, R6, R20, security classes 12 and 13."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain import ingest
from cathedra.domain.ingest import (
    BringFacts,
    Place,
    PlaceFacts,
    RoomFacts,
    UploadFacts,
    UploadKind,
    UploadState,
    WaitFacts,
)
from cathedra.domain.terms import Code, RecordingId, UploadId, deny, permit

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
NO = deny(Code.NO_PERMISSION, "R41", "There is nothing here.")
SIGN_IN = deny(Code.SIGN_IN, "R41", "Sign in.")
ROOM = RoomFacts(free_bytes=1000, reserved_bytes=200, min_free_bytes=100, max_bytes=600)
FRESH = PlaceFacts(may=permit(), may_look=True)
BESIDE = PlaceFacts(may=permit(), may_look=True, taken=frozenset({0}))


def upload(**changes):
    facts = UploadFacts(
        id=UploadId(UUID(int=1)),
        is_mine=True,
        kind=UploadKind.WHOLE,
        state=UploadState.OPEN,
        recording_id=RecordingId(UUID(int=2)),
        position=0,
        original_name="a.mp4",
        metadata="",
        length_bytes=100,
        offset_bytes=40,
        parts=(),
        expires_at=NOW + timedelta(hours=1),
    )
    return replace(facts, **changes)


@pytest.mark.parametrize(
    ("place", "position", "length", "code"),
    [
        (FRESH, 0, None, Code.ALLOW),  # its length is told at its end
        (FRESH, 1, None, Code.BAD_REQUEST),
        (BESIDE, 1, None, Code.ALLOW),
        (FRESH, 0, 1, Code.ALLOW),
        (FRESH, 0, 600, Code.ALLOW),
        (FRESH, 0, 601, Code.TOO_LARGE),
        (FRESH, 0, 0, Code.BAD_REQUEST),
        (FRESH, 0, -1, Code.BAD_REQUEST),
        (FRESH, 1, 10, Code.BAD_REQUEST),
        (FRESH, -1, 10, Code.BAD_REQUEST),
        (FRESH, 2, 10, Code.BAD_REQUEST),
        (BESIDE, 1, 10, Code.ALLOW),
        (BESIDE, 0, 10, Code.BAD_REQUEST),
        (replace(BESIDE, taken=frozenset({0, 1})), 1, 10, Code.CONFLICT),
        (replace(BESIDE, is_online=False), 1, 10, Code.CONFLICT),
        (replace(BESIDE, taken=frozenset(), is_reference=True), 1, 10, Code.ILLEGAL_TRANSITION),  # R201
        (replace(BESIDE, may=NO, is_reference=True), 1, 10, Code.NO_PERMISSION),
        (replace(FRESH, may=NO, may_look=False), 0, 10, Code.NO_PERMISSION),
        (replace(FRESH, may=SIGN_IN, may_look=False), 0, 10, Code.SIGN_IN),
    ],
)
def test_opening_is_decided_before_the_first_byte(place, position, length, code):
    assert ingest.decide_open(place, position=position, length_bytes=length, room=ROOM).code is code


def test_room_is_what_is_free_less_what_is_promised_and_kept():
    room = replace(ROOM, max_bytes=10_000)
    assert room.room_bytes == 700
    assert ingest.decide_open(FRESH, position=0, length_bytes=700, room=room).is_permitted
    refused = ingest.decide_open(FRESH, position=0, length_bytes=701, room=room)
    assert refused.code is Code.NO_SPACE
    assert refused.reasons[0].values == {"room": "700 bytes", "size": "701 bytes"}
    assert replace(room, reserved_bytes=5000).room_bytes == 0


def test_somebody_who_sees_the_folder_is_told_what_is_missing_and_others_are_not():
    sees = ingest.decide_open(replace(FRESH, may=NO, may_look=True), position=0, length_bytes=1, room=ROOM)
    assert (sees.code, sees.reasons[0].rule) == (Code.NO_PERMISSION, "R20")
    assert "Creator" in sees.reasons[0].sentence
    blind = ingest.decide_open(replace(FRESH, may=NO, may_look=False), position=0, length_bytes=1, room=ROOM)
    assert blind is NO


def test_a_person_without_permission_learns_nothing_about_size_or_room():
    place = replace(FRESH, may=NO, may_look=False)
    answers = {
        ingest.decide_open(place, position=position, length_bytes=length, room=ROOM).code
        for position in (0, 1, 7)
        for length in (0, 10, 601)
    }
    assert answers == {Code.NO_PERMISSION}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, Code.ALLOW),
        ({"state": UploadState.COMPLETE, "offset_bytes": 100}, Code.ALLOW),
        ({"state": UploadState.COMPLETE, "offset_bytes": 100, "expires_at": NOW}, Code.ALLOW),
        ({"state": UploadState.TERMINATED}, Code.GONE),
        ({"state": UploadState.EXPIRED}, Code.EXPIRED),
        ({"expires_at": NOW}, Code.EXPIRED),
        ({"is_mine": False}, Code.NOT_FOUND),
        ({"is_mine": False, "state": UploadState.TERMINATED}, Code.NOT_FOUND),
        ({"is_mine": False, "state": UploadState.EXPIRED}, Code.NOT_FOUND),
    ],
)
def test_finding_depends_on_whose_it_is_before_how_it_stands(changes, code):
    assert ingest.decide_find(upload(**changes), now=NOW).code is code


@pytest.mark.parametrize("is_whole", [True, False])
def test_what_lies_in_the_bin_takes_no_more_and_says_what_became_of_the_bytes_r134_r138(is_whole):
    said = {place: ingest.decide_place(place, is_whole=is_whole) for place in Place}
    assert {place: (one.code, one.reasons[0].rule if one.reasons else "") for place, one in said.items()} == {
        Place.THERE: (Code.ALLOW, ""),
        Place.RECYCLED: (Code.RECYCLED, "R134"),
        Place.FOLDER_RECYCLED: (Code.RECYCLED, "R138"),
        Place.PURGED: (Code.ILLEGAL_TRANSITION, "R54"),
    }
    words = "whole file has arrived" if is_whole else "What has arrived is kept"
    assert all(words in said[place].reasons[0].sentence for place in (Place.RECYCLED, Place.FOLDER_RECYCLED))


def test_who_comes_back_to_an_upload_hears_that_its_place_was_deleted_unless_it_had_arrived():
    binned = upload(place=Place.FOLDER_RECYCLED)
    assert ingest.decide_resume(binned, held_bytes=40, now=NOW).code is Code.RECYCLED
    arrived = replace(binned, state=UploadState.COMPLETE, offset_bytes=100)
    assert ingest.decide_resume(arrived, held_bytes=100, now=NOW).is_permitted
    assert ingest.decide_resume(replace(binned, is_mine=False), held_bytes=40, now=NOW).code is Code.NOT_FOUND


def test_somebody_elses_upload_reads_like_none():
    assert ingest.decide_find(upload(is_mine=False), now=NOW) == ingest.no_such_upload()


@pytest.mark.parametrize(
    ("changes", "offset", "body", "held", "code"),
    [
        ({}, 40, 60, 40, Code.ALLOW),
        ({}, 40, None, 40, Code.ALLOW),
        ({}, 40, 0, 40, Code.ALLOW),
        ({}, 40, 60, 90, Code.ALLOW),  # the file may hold more than was counted
        ({}, 40, 61, 40, Code.TOO_LARGE),
        ({}, 39, 1, 40, Code.CONFLICT),
        ({}, 41, 1, 41, Code.CONFLICT),
        ({}, 40, 60, 39, Code.GONE),  # a disk lost counted bytes
        ({"kind": UploadKind.FINAL}, 40, 1, 0, Code.NO_PERMISSION),
        ({"kind": UploadKind.PARTIAL}, 40, 60, 40, Code.ALLOW),
        ({"state": UploadState.COMPLETE, "offset_bytes": 100}, 100, 0, 100, Code.CONFLICT),
        ({"is_mine": False}, 40, 60, 40, Code.NOT_FOUND),
        ({"expires_at": NOW}, 40, 60, 40, Code.EXPIRED),
    ],
)
def test_adding_bytes_needs_the_right_person_place_and_length(changes, offset, body, held, code):
    facts = upload(**changes)
    decision = ingest.decide_append(facts, offset_bytes=offset, body_bytes=body, held_bytes=held, now=NOW)
    assert decision.code is code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, Code.ALLOW),
        ({"kind": UploadKind.FINAL}, Code.ALLOW),
        ({"kind": UploadKind.PARTIAL, "state": UploadState.COMPLETE}, Code.ALLOW),
        ({"state": UploadState.COMPLETE}, Code.CONFLICT),
        ({"kind": UploadKind.FINAL, "state": UploadState.COMPLETE}, Code.CONFLICT),
        ({"state": UploadState.TERMINATED}, Code.GONE),
        ({"is_mine": False}, Code.NOT_FOUND),
    ],
)
def test_what_became_a_recording_is_not_cancelled_as_an_upload(changes, code):
    assert ingest.decide_terminate(upload(**changes), now=NOW).code is code


def part(number, **changes):
    done = {"kind": UploadKind.PARTIAL, "state": UploadState.COMPLETE, "offset_bytes": 100, "recording_id": None}
    return upload(id=UploadId(UUID(int=number)), **(done | changes))


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((part(1), part(2), part(3)), Code.ALLOW),
        ((), Code.BAD_REQUEST),
        ((part(1), part(1)), Code.BAD_REQUEST),
        ((part(1), part(2, state=UploadState.OPEN)), Code.BAD_REQUEST),
        ((part(1), part(2, kind=UploadKind.WHOLE)), Code.BAD_REQUEST),
        ((part(1), part(2, is_mine=False)), Code.NOT_FOUND),
        ((part(1), part(2, state=UploadState.TERMINATED)), Code.GONE),
    ],
)
def test_only_ones_own_finished_parts_are_joined(parts, code):
    assert ingest.decide_parts(parts, now=NOW).code is code


@pytest.mark.parametrize(
    ("changes", "is_abandoned"),
    [
        ({"expires_at": NOW}, True),
        ({"expires_at": NOW + timedelta(seconds=1)}, False),
        ({"expires_at": NOW, "state": UploadState.COMPLETE}, False),
        ({"expires_at": NOW, "state": UploadState.COMPLETE, "kind": UploadKind.FINAL}, False),
        ({"expires_at": NOW, "state": UploadState.COMPLETE, "kind": UploadKind.PARTIAL}, True),
        ({"expires_at": NOW, "state": UploadState.EXPIRED}, False),
    ],
)
def test_only_what_never_arrived_is_abandoned(changes, is_abandoned):
    assert ingest.is_abandoned(upload(**changes), now=NOW) is is_abandoned


@pytest.mark.parametrize(
    ("name", "label", "title"),
    [
        ("Lecture_1.mp4", "Lecture_1.mp4", "Lecture 1"),
        ("week 2/intro.MOV", "intro.MOV", "intro"),
        ("C:\\fakepath\\Term two.webm", "Term two.webm", "Term two"),
        ("../../etc/passwd", "passwd", "passwd"),
        ("/", "", "Untitled recording"),
        ("", "", "Untitled recording"),
        ("..", "..", ".."),
        (".mp4", ".mp4", ".mp4"),
        ("-y.mp4", "-y.mp4", "-y"),
        ('a"b.mp4', 'a"b.mp4', 'a"b'),
        ("x%03d.mp4", "x%03d.mp4", "x%03d"),
        ("two\nlines.mp4", "two lines.mp4", "two lines"),
        ("nul\0led.mp4", "nulled.mp4", "nulled"),
        ("evil\u202e4pm.exe", "evil4pm.exe", "evil4pm"),
        ("Dr. Who on 1.5 things", "Dr. Who on 1.5 things", "Dr. Who on 1.5 things"),
        ("Café.mp4", "Café.mp4", "Café"),
        ("=cmd.mp4", "=cmd.mp4", "=cmd"),
    ],
)
def test_a_name_is_a_label_and_never_a_path(name, label, title):
    assert ingest.label_of(name) == label
    assert ingest.title_of(name) == title


def test_a_title_that_was_typed_wins_and_blank_does_not():
    assert ingest.title_of("a.mp4", "  The   sea\t") == "The sea"
    assert ingest.title_of("a.mp4", " \0 ") == "a"


def test_a_long_name_keeps_its_ending():
    label = ingest.label_of("x" * 300 + ".mp4")
    assert len(label) == 255
    assert label.endswith("x.mp4")
    assert len(ingest.label_of("y" * 300)) == 255
    assert len(ingest.title_of("a.mp4", "z" * 999)) == 255


@given(st.text(max_size=400))
def test_any_name_gives_a_plain_label_and_some_title(name):
    label, title = ingest.label_of(name), ingest.title_of(name)
    for text in (label, title):
        assert len(text) <= 255
        assert "/" not in text
        assert "\0" not in text
        assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in text)
        text.encode()
    assert title.strip()


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (150 * 1024, "150 kB"),
        (50 * 1024**3, "50.0 GB"),
        (2 * 1024**4, "2.0 TB"),
    ],
)
def test_sizes_are_told_in_words(size, words):
    assert ingest.size_words(size) == words


# --- imports ---------------------------------------------------------------------------------------------------------

BROUGHT = BringFacts(is_signed_in=True, is_program=True, has_place=True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, Code.ALLOW),
        ({"is_program": False, "is_own": True}, Code.ALLOW),
        ({"is_program": False}, Code.NO_PERMISSION),
        ({"is_signed_in": False}, Code.SIGN_IN),
        ({"has_place": False}, Code.NOT_FOUND),
        ({"names_folder": True}, Code.BAD_REQUEST),
        ({"is_declared": True}, Code.BAD_REQUEST),
    ],
)
def test_r93_who_brings_an_import(changes, code):
    assert ingest.decide_bring(replace(BROUGHT, **changes)).code is code


def test_r93_its_owner_decides_as_long_as_it_waits():
    waits = WaitFacts(permit(), is_owner=True, since_at=NOW)
    assert ingest.decide_choice(waits).is_permitted
    assert ingest.decide_choice(replace(waits, is_owner=False)).code is Code.NO_PERMISSION
    assert ingest.decide_choice(replace(waits, since_at=None)).code is Code.CONFLICT
    gone = deny(Code.GONE, "R58", "Gone.")
    assert ingest.decide_choice(replace(waits, may=gone)) == gone


@pytest.mark.parametrize(
    ("days", "told"), [(30, (0, 14, 27)), (60, (0, 14, 57)), (17, (0, 14)), (10, (0, 7)), (3, (0,)), (1, (0,))]
)
def test_n50_on_which_days_its_owner_hears_of_it(days, told):
    assert ingest.telling_days(days) == told


def test_n50_the_last_telling_that_is_due():
    def due(days):
        return ingest.telling_due(NOW, days=30, now=NOW + timedelta(days=days))

    assert [due(days) for days in (0, 13, 14, 26, 27, 29)] == [0, 0, 14, 14, 27, 27]


def test_r93_after_its_days_it_is_given_up():
    assert ingest.waits_until(NOW, days=30) == NOW + timedelta(days=30)
    assert not ingest.is_given_up(NOW, days=30, now=NOW + timedelta(days=30, seconds=-1))
    assert ingest.is_given_up(NOW, days=30, now=NOW + timedelta(days=30))


# --- a length that is told at the end (tus, creation-defer-length) ------------------------------------------------------


def test_what_may_be_of_any_length_wants_some_room_and_says_so():
    room = replace(ROOM, free_bytes=ingest.DEFERRED_BYTES, reserved_bytes=0, max_bytes=10**12)
    refused = ingest.decide_open(FRESH, position=0, length_bytes=None, room=room)
    assert refused.code is Code.NO_SPACE
    assert "begin a recording" in refused.reasons[0].sentence
    enough = replace(room, free_bytes=ingest.DEFERRED_BYTES + room.min_free_bytes)
    assert ingest.decide_open(FRESH, position=0, length_bytes=None, room=enough).is_permitted


@pytest.mark.parametrize(("body", "code"), [(900, Code.ALLOW), (901, Code.NO_SPACE), (None, Code.ALLOW)])
def test_what_others_were_promised_does_not_stop_what_is_being_recorded_r108(body, code):
    assert ingest.decide_going_on(body, replace(ROOM, reserved_bytes=10**9)).code is code


@pytest.mark.parametrize(
    ("told", "body", "code"),
    [
        (None, 10, Code.ALLOW),
        (None, 61, Code.TOO_LARGE),  # beyond the largest
        (40, 0, Code.ALLOW),
        (50, 10, Code.ALLOW),
        (39, 0, Code.BAD_REQUEST),
        (0, 0, Code.BAD_REQUEST),
        (49, 10, Code.TOO_LARGE),
        (101, 0, Code.TOO_LARGE),
    ],
)
def test_a_length_is_told_once_and_never_below_what_has_arrived(told, body, code):
    def decide(facts):
        return ingest.decide_append(
            facts, offset_bytes=40, body_bytes=body, told_bytes=told, held_bytes=40, now=NOW
        ).code

    assert decide(upload(is_deferred=True)) is code
    if told is not None:
        assert decide(upload()) is Code.BAD_REQUEST


@given(st.integers(0, 100))
def test_nothing_is_complete_before_its_length_is_known(offset):
    assert not ingest.is_complete(upload(is_deferred=True), offset)
    assert ingest.is_complete(upload(), offset) is (offset == 100)


def test_what_belongs_to_a_capture_is_never_given_up_by_the_clock():
    late = upload(expires_at=NOW - timedelta(days=9), is_captured=True)
    assert ingest.decide_find(late, now=NOW).is_permitted
    assert not ingest.is_abandoned(late, now=NOW)
    assert ingest.is_abandoned(replace(late, is_captured=False), now=NOW)
