"""E7, the words of captions: word error rate and CPU of the speech engine, on real speech and on generated lectures.

Real speech with known text is the LibriVox reading in the test data of `pocketsphinx`, whose source distribution pip
fetches; generated speech is the narration of `make_lecture.py`, two voices, with and without its terms as the course's
glossary. The engine is run as the product runs it: ffmpeg, pipe, limited process, its default settings. Errors are
substitutions, insertions and deletions against the words of the text, both in small letters, without marks, numbers
written out. CPU is user and system of everything that the engine starts, loading the model included.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

SECONDS = int(os.environ.get("BENCH_SPEECH_SECONDS", "60"))
QUIET_MINUTES = 10
VOICES = (("flite:slt", 11), ("flite:rms", 12))
REAL = "pocketsphinx==5.1.1"
NO_TARGET = "reported"
Row = tuple[str, str, str, str, str, str]
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def rows() -> Iterator[Row]:
    """The table's rows: name, value, unit, limit, ratio, target."""
    engine = _engine()
    if engine is None:
        yield "E7 captions: the extra `speech` is not installed", "-", "", "", "", NO_TARGET
        return
    with tempfile.TemporaryDirectory(prefix="cathedra-bench-") as name:
        folder = Path(name)
        yield from _real(engine, folder / "real")
        yield from _lectures(engine, folder)
        yield from _long(engine, folder)


def _engine():
    from cathedra import config
    from cathedra.adapters import policy_files, speech
    from cathedra.adapters.ffmpeg import Ffmpeg
    from cathedra.domain.encoding import parse_ladder

    model = speech.find_model(config.Speech()) if speech.is_installed() else None
    ladder = parse_ladder(policy_files.read("ladder"))
    return speech.Engine(config.Speech(), Ffmpeg(config.Encoding(), ladder), model) if model else None


def _real(engine, folder: Path) -> Iterator[Row]:
    folder.mkdir()
    fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "pocketsphinx", REAL]
    fetched = subprocess.run(fetch, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    if fetched.returncode:
        yield "E7 captions of real speech: its text and sound could not be fetched", "-", "", "", "", NO_TARGET
        return
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        wanted = [
            one for one in archive.getmembers() if "/librivox/" in one.name and one.name.endswith((".wav", ".txt"))
        ]
        archive.extractall(folder, members=wanted, filter="data")
    heard, errors, count, seconds, cpu = [], 0, 0, 0.0, 0.0
    for sound in sorted(folder.rglob("*.wav")):
        words, spent, lasts = _listen(engine, sound, folder)
        text = plain(sound.with_suffix(".txt").read_text())
        errors, count = errors + distance(text, words), count + len(text)
        seconds, cpu = seconds + lasts, cpu + spent
        heard.append(words)
    yield _rate(f"E7 word errors, real speech ({count} words, {len(heard)} sentences)", errors, count)


def _lectures(engine, folder: Path) -> Iterator[Row]:
    errors, known, count, cpu, seconds = 0, 0, 0, 0.0, 0.0
    for voice, seed in VOICES:
        out = folder / f"lecture-{seed}"
        make = [sys.executable, Path(__file__).with_name("make_lecture.py"), "--out", out, "--duration", str(SECONDS)]
        more = ["--seed", str(seed), "--voice", voice, "--resolution", "640x360", "--fps", "5"]
        subprocess.run([*make, *more], check=True, stdout=subprocess.DEVNULL)
        truth = json.loads((out / "truth.json").read_text())
        text = plain(" ".join(part["text"] for part in truth["narration"]))
        words, spent, lasts = _listen(engine, out / "screen.mp4", folder)
        terms = sorted({slide["title"] for slide in truth["slides"] if slide["title"]})
        better, _, _ = _listen(engine, out / "screen.mp4", folder, hints=terms)
        errors, known = errors + distance(text, words), known + distance(text, better)
        count, cpu, seconds = count + len(text), cpu + spent, seconds + lasts
    yield _rate(f"E7 word errors, generated lectures ({count} words, two voices)", errors, count)
    yield _rate("E7 the same with the titles of the slides as glossary", known, count)
    yield (
        "E7 CPU of captions, a minute of speech",
        f"{cpu / seconds * 60:.2f}",
        "s",
        "60",
        f"{cpu / seconds:.3f}",
        NO_TARGET,
    )


def _long(engine, folder: Path) -> Iterator[Row]:
    """Some minutes in which hardly anybody speaks: what the listening alone costs, and how much memory it takes."""
    sound = folder / "quiet.mp4"
    quiet = ["-f", "lavfi", "-t", str(QUIET_MINUTES * 60), "-i", "anoisesrc=a=0.002:r=16000"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", *quiet, "-ac", "1", "-c:a", "aac", sound], check=True)
    words, spent, _ = _listen(engine, sound, folder)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield (
        f"E7 CPU of captions, {QUIET_MINUTES} minutes of quiet ({len(words)} words)",
        f"{spent:.1f}",
        "s",
        "",
        "",
        NO_TARGET,
    )
    yield "E7 memory of the engine at most, of all of these", f"{most:.0f}", "MiB", "", "", NO_TARGET


def _listen(engine, sound: Path, folder: Path, *, hints: list[str] | None = None) -> tuple[list[str], float, float]:
    """The words heard, CPU seconds, and how many seconds it lasts."""
    rendition = folder / "rendition.mp4"
    copy = ["-vn", "-c:a", "aac", "-b:a", "96k", "-movflags", "+cmaf+empty_moov", "-f", "mp4"]
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", sound, *copy, rendition], check=True)
    asked = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", sound]
    lasts = float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    before = _cpu()
    heard = engine.listen(rendition, duration_ms=round(lasts * 1000), hints=hints or ())
    return plain(" ".join(word.text for word in heard.words)), _cpu() - before, lasts


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _rate(name: str, errors: int, count: int) -> Row:
    return name, f"{100 * errors / max(1, count):.1f}", "%", "", "", NO_TARGET


def plain(text: str) -> list[str]:
    """Small letters, no marks, hyphens as spaces, numbers written out."""
    tidy = re.sub(r"(\d),(\d)", r"\1\2", text.lower().replace("’", "'"))
    words = re.findall(r"[a-z']+|\d+(?:\.\d+)?", re.sub(r"[-–—/]", " ", tidy).replace("%", " percent"))
    return [part for word in words for part in (_spoken(word) if word[0].isdigit() else [word.strip("'")]) if part]


def _spoken(number: str) -> list[str]:
    whole, _, part = number.partition(".")
    said = _below(int(whole[:9]))
    return [*said, "point", *(_ONES[int(digit)] for digit in part)] if part else said


def _below(number: int) -> list[str]:
    if number < 20:
        return [_ONES[number]]
    if number < 100:
        return [_TENS[number // 10 - 2], *(_below(number % 10) if number % 10 else [])]
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            return [*_below(number // size), name, *(_below(number % size) if number % size else [])]
    return []


def distance(wanted: list[str], found: list[str]) -> int:
    """How many words have to be changed, put in or taken out."""
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, start=1):
        before, row[0] = row[0], number
        for place, other in enumerate(found, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]
