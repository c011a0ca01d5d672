"""Slides found in small grey frames: drawn here cell by cell, so that each case says what it is about (E7)."""

import math
import random

import pytest

from cathedra.domain.encoding.slides import SAMPLES_PER_SECOND, Cells, Detector, Shot, grid, snap

WIDTH, HEIGHT = grid(1920, 1080)
WHITE = 250


class Paper:
    """A slide that words can be put on."""

    def __init__(self, shade: int = WHITE) -> None:
        self.cells = bytearray([shade]) * (WIDTH * HEIGHT)

    def words(self, seed: int, *, row: int, rows: int = 3, left: int = 8, right: int = 110, ink: int = 90) -> "Paper":
        """A line of text: every cell has its own share of ink, a third has none."""
        random_ = random.Random(seed)
        for y in range(row, row + rows):
            for x in range(left, right):
                if random_.random() > 0.35:
                    self.cells[y * WIDTH + x] = WHITE - random_.randint(ink // 2, ink)
        return self

    def box(self, x: int, y: int, width: int, height: int, shade: int) -> "Paper":
        for line in range(y, min(HEIGHT, y + height)):
            self.cells[line * WIDTH + x : line * WIDTH + min(WIDTH, x + width)] = bytes([shade]) * (
                min(WIDTH, x + width) - x
            )
        return self

    def copy(self) -> "Paper":
        other = Paper()
        other.cells[:] = self.cells
        return other


def slide(seed: int, bullets: int = 3, *, title: int | None = None) -> Paper:
    paper = Paper().box(0, 0, WIDTH, 9, 60).words(title if title is not None else seed, row=2, right=60)
    for number in range(bullets):
        paper.words(seed * 10 + number, row=16 + 8 * number)
    return paper


def show(*parts: tuple[Paper, float]) -> list[bytes]:
    """Frames of papers, each for so many seconds."""
    return [bytes(paper.cells) for paper, seconds in parts for _ in range(round(seconds * SAMPLES_PER_SECOND))]


def starts(frames: list[bytes]) -> list[float]:
    return [shot.start_ms / 1000 for shot in found(frames)]


def found(frames: list[bytes]) -> list[Shot]:
    detector = Detector(WIDTH, HEIGHT)
    for frame in frames:
        detector.feed(frame)
    return detector.slides(len(frames) * 1000 // SAMPLES_PER_SECOND)


def noisy(frames: list[bytes], by: int) -> list[bytes]:
    """As an encoder leaves them."""
    random_ = random.Random(5)
    small = bytes(value % (2 * by + 1) for value in range(256))
    drift = [random_.randbytes(WIDTH * HEIGHT).translate(small) for _ in range(4)]
    return [
        bytes(max(0, min(255, cell + more - by)) for cell, more in zip(frame, drift[n % 4], strict=True))
        for n, frame in enumerate(frames)
    ]


def test_white_slides_one_after_the_other_each_begin_where_they_do():
    frames = show((slide(1), 8), (slide(2), 6), (slide(3, title=2), 7), (slide(1), 5))
    assert starts(frames) == [0, 8, 14, 21]
    assert starts(noisy(frames, 3)) == [0, 8, 14, 21], "noise of an encoder is no change"


def test_bullets_that_come_one_by_one_are_one_slide_seen_when_it_is_complete():
    frames = show(*((slide(1, bullets), 4) for bullets in range(4)), (slide(2), 6))
    shots = found(frames)
    assert [(shot.start_ms, shot.end_ms) for shot in shots] == [(0, 16_000), (16_000, 22_000)]
    assert 14_000 <= shots[0].picture_ms < 16_000, "the last still moment, with every bullet"


def test_bullets_that_pale_when_the_next_comes_are_one_slide():
    first = slide(1, 0).words(10, row=16)
    second = first.copy()
    for cell in range(16 * WIDTH, 20 * WIDTH):
        second.cells[cell] = WHITE - (WHITE - second.cells[cell]) // 2
    second.words(11, row=24)
    assert starts(show((first, 6), (second, 12))) == [0]


def test_a_pointer_never_makes_a_slide():
    frames, paper = [], slide(1, 5)
    for number in range(80):
        at = (10 + (number // 4) * 7 % 120, 12 + (number // 4) * 11 % 60)
        frames += show((paper.copy().box(*at, 3, 4, 0), 0.5))
    assert starts(frames) == [0]


def test_what_always_moves_is_left_out_and_slides_beside_it_are_found():
    random_, frames = random.Random(3), []
    for number in range(120):
        paper = slide(1 + number // 40, 4).box(124, 70, 36, 20, 120)
        x = 126 + round(12 + 12 * math.sin(number * 0.7))
        paper.box(x, 72, 8, 16, 210).box(134, 1, 20, 3, 60).words(
            random_.randint(0, 999), row=1, rows=2, left=136, right=150
        )
        frames += show((paper, 0.5))
    assert starts(frames) == [0, 20, 40]


def test_a_film_over_the_whole_picture_is_one_slide():
    frames = show((slide(1), 8))
    for number in range(30):
        frames.append(random.Random(number).randbytes(WIDTH * HEIGHT))
    frames += show((slide(2), 8))
    assert starts(frames) == [0, 8, 23]


def test_a_small_change_counts_when_it_stays_and_not_when_it_is_an_animation():
    def marked(number: int) -> Paper:
        return slide(1, 6).words(70 + number, row=68, rows=2, left=20, right=120)

    stays = show((marked(1), 12), (marked(2), 15))
    assert starts(stays) == [0, 12]
    moves = show((marked(0), 12), *((marked(number), 3) for number in range(1, 7)))
    assert starts(moves) == [0]


def test_nothing_shown_is_no_slide_and_ends_the_one_before():
    black = Paper(10)
    shots = found(show((black, 5), (slide(1), 6), (black, 5), (slide(2), 6)))
    assert [(shot.start_ms, shot.end_ms) for shot in shots] == [(5_000, 11_000), (16_000, 22_000)]
    assert found(show((black, 10))) == []
    assert found([]) == []


def test_slides_flicked_through_are_none():
    flicked = ((slide(number), 0.5) for number in range(2, 8))
    assert starts(show((slide(1), 8), *flicked, (slide(9), 8))) in ([0, 11], [0, 8], [0, 8, 11])


def test_frames_of_another_size_are_refused():
    with pytest.raises(ValueError, match="14400 expected"):
        Cells(WIDTH, HEIGHT).feed(b"x")
    assert grid(1080, 1920) == (90, 160)
    assert grid(1024, 768) == (160, 120)


def test_starts_snap_to_the_frame_where_encoding_saw_the_change():
    shots = [Shot(0, 8_000, 7_000), Shot(8_000, 12_000, 11_900), Shot(14_000, 16_000, 15_000)]
    scenes = [(0, 1.0), (7_400, 0.9), (7_633, 0.02), (7_700, 0.3), (8_010, 0.8), (11_950, 0.5)]
    assert list(snap(shots, scenes)) == [
        Shot(0, 7_700, 7_000),
        Shot(7_700, 12_000, 11_900),
        Shot(14_000, 16_000, 15_000),
    ]
    assert list(snap(shots, [])) == shots
