"""Slides: changes found and invented against what the generator says it showed, words read, CPU.

    python -m bench slides                                 two easy and two hard decks of two minutes
    BENCH_SLIDES_SECONDS=600 BENCH_SLIDES_SEEDS=1,2,3 python -m bench slides

A hard deck is white on white, repeats slides with another figure and goes back to earlier ones, shows whole photographs, a
film, a simulation and ink, pales bullets when the next comes, has a camera in its corner, a clock, and a pointer that
roams. Looked at is what the product looks at: the smallest rendition, with the scene scores of the encode.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench import encoding as bench
from bench.speech import distance
from cathedra.adapters.ffmpeg import Ffmpeg, Source
from cathedra.adapters.ocr import find_reader
from cathedra.adapters.probe import Prober
from cathedra.adapters.slides import Camera
from cathedra.config import Encoding
from cathedra.domain import encoding
from cathedra.domain.encoding.slides import Shot, snap
from cathedra.domain.library import read_slide

SECONDS = int(os.environ.get("BENCH_SLIDES_SECONDS", "120"))
SEEDS = [int(seed) for seed in os.environ.get("BENCH_SLIDES_SEEDS", "31,32").split(",")]
KINDS = ("easy", "hard")
WITHIN_S = 1.0
PICTURES = 12  # of each kind of deck, to read
_WORD = re.compile(r"\w+")
_FOOT = "University lecture capture sample"  # on every slide but the titles
Row = tuple[object, ...]


@dataclass(frozen=True)
class Shown:
    """What stands on a slide, in the order in which it is read. `is_all`: nothing else is written there, as it is in a
    chart, a table or code, so that a word that is read and not here was invented."""

    words: list[str]
    is_all: bool


@dataclass
class Tally:
    """Of one kind of deck."""

    shown: int = 0
    found: int = 0
    invented: int = 0
    cpu: float = 0.0
    minutes: float = 0.0

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.shown + self.found + self.invented)


def rows() -> Iterator[Row]:
    """E7, and what it costs."""
    bench.WORK.mkdir(exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as makers:  # nothing is measured meanwhile
        list(makers.map(lambda which: _lecture(*which), [(kind, seed) for kind in KINDS for seed in SEEDS]))
    with bench._folder() as folder:
        for kind in KINDS:
            tally, pictures = Tally(), list[tuple[Path, Shown]]()
            for seed in SEEDS:
                pictures += _look(_lecture(kind, seed), folder / f"{kind}-{seed}", tally)
            lectures = f"{len(SEEDS)} lectures of {SECONDS} s"
            name = f"slide changes within {WITHIN_S:g} s, {kind} deck, {lectures}, F1 (E7)"
            yield name, f"{tally.f1:.3f}", "", "", "", ">= 0.95"
            yield f"  found of {tally.shown}", tally.found, "changes", "", "", ""
            yield "  invented", tally.invented, "changes", "", "", ""
            yield "  looking for them", f"{tally.cpu / tally.minutes:.2f}", "CPU s/min", "", "", ""
            yield from _reading(pictures[:: max(1, len(pictures) // PICTURES)][:PICTURES], kind)


def _lecture(kind: str, seed: int) -> Path:
    """Kept in bench/work for the next time."""
    folder = bench.WORK / f"slides-{kind}-{seed}-{SECONDS}"
    if not (folder / "truth.json").exists():
        script = Path(__file__).with_name("make_lecture.py")
        size = ["--resolution", "1280x720", "--fps", "12"]
        command = [sys.executable, script, "--out", folder, "--duration", str(SECONDS), "--seed", str(seed), *size]
        hard = ["--hard"] if kind == "hard" else []
        subprocess.run(
            [*command, *hard, "--voice", "none", "--ffmpeg", bench.FF], check=True, stdout=subprocess.DEVNULL
        )
    return folder


def _look(lecture: Path, folder: Path, tally: Tally) -> list[tuple[Path, Shown]]:
    """What the product does with it; pictures of the slides, each with the words that it shows."""
    folder.mkdir(parents=True)
    truth = json.loads((lecture / "truth.json").read_text())
    path = lecture / "screen.mp4"
    found = Prober(Encoding()).probe(path, limits=bench.LADDER.limits)
    plan = encoding.plan(found, bench.LADDER)
    assert isinstance(plan, encoding.Plan)
    renderer, source = Ffmpeg(Encoding(), bench.LADDER), Source(path, found.demuxer)
    lower = encoding.lower_renditions(plan, bench.LADDER, is_screen=True)[-1:]
    made, scenes, _sound = renderer.make_rest(source, plan, lower, folder, is_screen=True)
    camera, shots = Camera(renderer.program), list[Shot]()
    header = made[-1].file.header

    def look() -> None:
        shots[:] = camera.find_slides(
            made[-1].path,
            size=(header.width, header.height),
            duration_ms=SECONDS * 1000,
            on_progress=lambda share: None,
        )

    tally.cpu += bench._cpu(look)[0]
    tally.minutes += SECONDS / 60
    exact = list(snap(shots, [(scene.at_ms, scene.score) for scene in scenes]))
    _count([shot.start_ms / 1000 for shot in exact], [slide["start"] for slide in truth["slides"]], tally)
    pictures = []
    for number, shot in enumerate(exact):
        to = folder / f"{number}.jpg"
        if camera.take_picture(path, to, at_ms=shot.picture_ms):
            pictures.append((to, _words_at(truth, shot.picture_ms / 1000)))
    return pictures


def _count(found: list[float], shown: list[float], tally: Tally) -> None:
    left = list(found)
    for at in shown:
        near = min(left, key=lambda one: abs(one - at), default=None)
        if near is not None and abs(near - at) <= WITHIN_S:
            left.remove(near)
            tally.found += 1
    tally.shown += len(shown)
    tally.invented += len(left)


def _words_at(truth: dict, at: float) -> Shown:
    """Words that stand on the slide at that instant; nothing of one that is a photograph or a film."""
    slide = next(one for one in reversed(truth["slides"]) if one["start"] <= at)
    if slide["kind"] in ("whole", "film"):
        return Shown([], False)
    come = [build["text"] for build in slide["builds"] if build["t"] <= at]
    is_title = slide["kind"] == "title"
    lines = slide["bullets"] if slide.get("whole") or is_title else come
    foot = [] if is_title else [_FOOT]
    return Shown(_words(" ".join([slide["title"], *lines, *foot])), slide["kind"] in ("title", "bullets"))


def _words(text: str) -> list[str]:
    """As they are compared. Numbers are left out: the page's and the clock's are not in what the generator says."""
    return [word for word in _WORD.findall(text.casefold()) if not any(letter.isdigit() for letter in word)]


def _reading(pictures: list[tuple[Path, Shown]], kind: str) -> Iterator[Row]:
    """Word error rate as for speech: words to be changed, put in or taken out, by those that stand there."""
    reader = find_reader()
    known = [(path, shown) for path, shown in pictures if shown.words]
    if reader is None or not known:
        yield "  words on slides: not measured, nothing is installed that reads them", "", "", "", "", ""
        return
    texts: list[str] = []

    def read() -> None:
        pages = reader.read([path for path, _ in known], on_read=lambda done: None)
        texts[:] = [read_slide(page.lines, width=page.width, height=page.height).text for page in pages]

    spent = bench._cpu(read)[0]
    missing = total = errors = whole = 0
    for (_path, shown), text in zip(known, texts, strict=True):
        there = _words(text)
        missing += (Counter(shown.words) - Counter(there)).total()
        total += len(shown.words)
        if shown.is_all:
            errors += distance(shown.words, there)
            whole += len(shown.words)
    if whole:
        rate = f"{100 * errors / whole:.1f}"
        yield f"  word error rate of {reader.name}, {kind} deck, slides of words alone", rate, "%", "", "", ""
    yield "  words missed or misread, on all slides", f"{100 * missing / total:.1f}", "%", "", "", ""
    yield "  reading a slide", f"{spent / len(known):.2f}", "CPU s", "", "", ""
