"""Processing: CPU until a lecture plays, CPU for the whole ladder beside the peers' commands, bytes and quality beside them.

    python -m bench encoding                         5 s of a generated lecture for the peers, an hour for the copy
    BENCH_ENCODING_SECONDS=187 python -m bench encoding
    BENCH_ENCODING_FILE=/path/lecture.mp4 ...        a file of your own instead

CPU seconds are user + system of the whole process tree (W3: the largest process of it).
"""

import contextlib
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import peers, quality
from cathedra.adapters import policy_files
from cathedra.adapters.ffmpeg import Ffmpeg, Output, Source, find_program
from cathedra.adapters.object_store import LocalStore
from cathedra.adapters.probe import Prober
from cathedra.adapters.slides import Camera
from cathedra.config import Encoding
from cathedra.domain import encoding, playback

WORK = Path(__file__).parent / "work"
SECONDS = float(os.environ.get("BENCH_ENCODING_SECONDS", "5"))
RUNS = int(os.environ.get("BENCH_ENCODING_RUNS", "3"))
FF = str(find_program(""))
LADDER = encoding.parse_ladder(policy_files.read("ladder"))
PEERS = {"opencast": 0.25, "mediacms": 0.20, "peertube": 0.33, "pod": 0.18}
LENGTHS = (("1-minute", 1), ("10-minute", 10), ("60-minute", 60))
ID = "00000000-0000-0000-0000-000000000001"
Row = tuple[object, ...]


def rows() -> Iterator[Row]:
    """Every figure of performance.md that is about processing: E1 to E6 and W3."""
    WORK.mkdir(exist_ok=True)
    whole = lecture()
    with _folder() as folder:
        yield from _first_play(whole, folder)
        clip = _cut(whole, folder / "clip.mp4", SECONDS)
        rounds = [_round(clip, folder) for _ in range(RUNS)]
        mine, theirs = rounds[-1].mine, rounds[-1].peers
        yield from _costs(rounds)
        memory = rounds[0].mine.memory  # of the first: no peer had run yet
        yield "  the largest process (W3)", f"{memory / 1024:.0f}", "MiB", "", "", "<= 400"
        yield from _bytes(mine, theirs)
        made = [folder / "peers" / name for name in PEERS]
        yield from quality.rows(FF, clip, mine.pictures, made, _truth(mine.seconds), folder)
        yield from _on_request(whole, folder)
        yield from _calm(clip, folder)


# --- what is measured ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Made:
    """What a run cost and left behind; `pictures` are its renditions by height."""

    cpu: float
    seconds: float
    size_bytes: int
    pictures: dict[int, Path]
    memory: int = 0


@dataclass(frozen=True)
class Round:
    """Ours, one decode, and each peer, one after the other: what is compared was measured side by side."""

    mine: Made
    decode: float
    peers: dict[str, Made]


def _round(clip: Path, folder: Path) -> Round:
    mine = _process(clip, folder / "ours")
    decode = _cpu(lambda: _ffmpeg("-i", clip, "-map", "0:v", "-f", "null", "-"))[0]
    return Round(mine, decode, {name: _peer(name, clip, mine.seconds, folder / "peers") for name in PEERS})


def _costs(rounds: list[Round]) -> Iterator[Row]:
    """E2 and E3: medians of the rounds; a ratio is the median of the rounds' own ratios."""
    minutes = rounds[0].mine.seconds / 60
    ours = statistics.median(one.mine.cpu for one in rounds) / minutes
    yield "whole ladder, stills, slides, silence", f"{ours:.1f}", "CPU s/min", "", "", ""
    decode = statistics.median(one.decode for one in rounds) / minutes
    ratio = statistics.median(one.mine.cpu / one.decode for one in rounds)
    yield "  beside one decode (E3)", f"{ours:.1f}", "CPU s/min", f"{decode:.1f}", f"{ratio:.1f}", "<= 6"
    for name, target in PEERS.items():
        theirs = statistics.median(one.peers[name].cpu for one in rounds) / minutes
        ratio = statistics.median(one.mine.cpu / one.peers[name].cpu for one in rounds)
        yield f"  beside {name} (E2)", f"{ours:.1f}", "CPU s/min", f"{theirs:.1f}", f"{ratio:.2f}", f"<= {target}"


def _first_play(lecture: Path, folder: Path) -> Iterator[Row]:
    """E1: what it costs until it plays. How long it takes, with queue and browser, is measured in `playing.py`."""
    for name, minutes in LENGTHS:
        long = repeated(lecture, minutes, folder / "long.mp4")
        pairs = [_pair(long, folder) for _ in range(RUNS)]
        spent, copied = (statistics.median(column) for column in zip(*pairs, strict=True))
        size = f"{long.stat().st_size / 1e6:.0f} MB"
        yield (
            f"{name} lecture ({size}) until it plays, CPU beside cp (E1)",
            f"{spent:.3f}",
            "CPU s",
            f"{copied:.3f}",
            f"{spent / copied:.1f}",
            "<= 20",
        )


def repeated(lecture: Path, minutes: int, to: Path) -> Path:
    """A lecture of that length, by stream copy."""
    times = max(1, round(minutes * 60 / _duration(lecture)))
    _ffmpeg("-stream_loop", times - 1, "-i", lecture, "-c", "copy", "-movflags", "+faststart", to)
    return to


def _pair(path: Path, folder: Path) -> tuple[float, float]:
    """Our CPU seconds, and those of a plain copy just before."""
    copied = _cpu(lambda: subprocess.run(["cp", path, folder / "copy"], check=True))[0]
    return _cpu(lambda: _ingest(path, folder / "ingest"))[0], copied


def _ingest(path: Path, folder: Path) -> tuple[encoding.Plan, Source, list[Output]]:
    """Probe, plan, copy, poster, playlists, into a local store."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "work").mkdir(parents=True)
    settings = Encoding()
    found = Prober(settings).probe(path, limits=LADDER.limits)
    plan = encoding.plan(found, LADDER)
    assert isinstance(plan, encoding.Plan)
    source = Source(path, found.demuxer)
    renderer = Ffmpeg(settings, LADDER)
    outputs = renderer.make_first(source, plan, folder / "work", is_screen=_is_screen(plan))
    store = LocalStore(folder / "media")
    for output in outputs:
        pieces = [playback.Piece(f.offset, f.length, f.begins, f.lasts, f.is_key) for f in output.file.fragments]
        segments = playback.cut(pieces, seconds=LADDER.segment_ms / 1000)
        playback.measure(segments)
        text = playback.media_playlist(segments, file_name=output.path.name, header_bytes=output.file.header_bytes)
        store.put_file(f"stream/{ID}/{output.path.name}", output.path)
        store.put_bytes(f"stream/{ID}/{output.name}.m3u8", text.encode())
    if plan.first:
        renderer.make_poster(outputs[0].path, folder / "work", at_seconds=5, size=(1280, 720))
    return plan, source, outputs


def _process(clip: Path, folder: Path) -> Made:
    """Everything that the product does with a file, but for words: those have benches of their own (speech, slides)."""
    made: list[Output] = []
    plans: list[encoding.Plan] = []

    def whole() -> None:
        plan, source, outputs = _ingest(clip, folder)
        is_screen = _is_screen(plan)
        renderer = Ffmpeg(Encoding(), LADDER)
        lower = encoding.lower_renditions(plan, LADDER, is_screen=is_screen)
        rest = renderer.make_rest(source, plan, lower, folder / "work", is_screen=is_screen)[0]
        smallest = rest[-1] if rest else outputs[0]
        renderer.make_storyboard(smallest.path, folder / "work", every=1, size=(160, 90), columns=10, rows=10)
        if is_screen:
            header, lasts = smallest.file.header, plan.duration_ms
            camera = Camera(find_program(""))
            camera.find_slides(
                smallest.path, size=(header.width, header.height), duration_ms=lasts, on_progress=lambda _: None
            )
        made[:], plans[:] = [*outputs, *rest], [plan]

    spent = _cpu(whole)[0]
    return Made(
        cpu=spent,
        seconds=plans[0].duration_ms / 1000,
        size_bytes=sum(output.path.stat().st_size for output in made),
        pictures={o.file.header.height: o.path for o in made if o.file.header.width},
        memory=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    )


def _peer(name: str, clip: Path, seconds: float, folder: Path) -> Made:
    """The peer's own steps, one after the other."""
    out = folder / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    steps = {"opencast": peers.steps_opencast, "mediacms": peers.steps_mediacms, "pod": peers.steps_pod}
    made = steps.get(name, peers.steps_peertube)(str(clip), seconds, str(out))
    peers.FF = FF
    spent = sum(peers.run(arguments)[0] for _, _, arguments, _ in made)
    parts = [path for path in out.iterdir() if path.suffix in (".mp4", ".ts", ".m4s")]
    pictures = {}
    for path in sorted(parts, reverse=True):
        digits = "".join(letter for letter in path.stem.split("_")[0] if letter.isdigit())
        if digits and path.suffix == ".mp4" and path.stem != "preview":
            pictures[int(digits)] = path
    return Made(spent, seconds, sum(path.stat().st_size for path in parts), pictures)


def _bytes(mine: Made, theirs: dict[str, Made]) -> Iterator[Row]:
    """E4: at the heights that both have; ours with its sound counted in, as theirs is."""
    heights = {height: path.stat().st_size for height, path in mine.pictures.items()}
    sound = mine.size_bytes - sum(heights.values())
    for name, peer in theirs.items():
        shared = sorted(set(heights) & set(peer.pictures), reverse=True)
        ours = sound + sum(heights[height] for height in shared)
        other = sum(peer.pictures[height].stat().st_size for height in shared)
        what = "+".join(str(height) for height in shared)
        yield (
            f"bytes of {what} beside {name} (E4)",
            f"{ours / 1e6:.2f}",
            "MB",
            f"{other / 1e6:.2f}",
            f"{ours / max(1, other):.2f}",
            "<= 0.65",
        )


def _on_request(lecture: Path, folder: Path) -> Iterator[Row]:
    """E6: what a segment would cost if it were made when it is asked for (the product stores them all for now)."""
    spent, most = [], _duration(lecture) - 5
    for _ in range(10):
        at = random.Random(len(spent)).uniform(0, max(0.0, most))
        words = ["-ss", f"{at:.2f}", "-t", "4", "-i", lecture, "-vf", "mpdecimate=max=29,scale=-2:720:flags=lanczos"]
        words += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-an", folder / "segment.mp4"]
        spent.append(_cpu(lambda words=words: _ffmpeg(*words))[0])
    yield "one 4 s segment of 720 lines on request, p95 (E6)", f"{sorted(spent)[-1]:.2f}", "CPU s", "", "", "<= 0.5"


def _calm(clip: Path, folder: Path) -> Iterator[Row]:
    """E2 on a calm lecture: the same slides and the same voice, nothing moves but the slide itself."""
    calm = folder / "calm.mp4"
    step = max(5.0, SECONDS / 3)
    still = f"fps=1/{step},fps=30,format=yuv420p"
    _ffmpeg("-i", clip, "-vf", still, "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "copy",
            "-shortest", calm)  # fmt: skip
    pairs = []
    for _ in range(RUNS):
        mine = _process(calm, folder / "ours-calm")
        pairs.append((mine.cpu, _peer("opencast", calm, mine.seconds, folder / "peers-calm").cpu))
    ours, theirs = (statistics.median(column) / mine.seconds * 60 for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in pairs)
    name = "calm lecture, still slides, whole ladder / opencast (E2)"
    yield name, f"{ours:.1f}", "CPU s/min", f"{theirs:.1f}", f"{ratio:.2f}", "<= 0.20"


def _truth(seconds: float) -> dict[str, object]:
    """What the generated lecture says of itself; nothing of a file that was given."""
    path = lecture().with_name("truth.json")
    told = json.loads(path.read_text()) if path.exists() and "BENCH_ENCODING_FILE" not in os.environ else {}
    return {"slides": told.get("slides", []), "seconds": seconds}


# --- how it is measured -------------------------------------------------------------------------------------------
def _cpu(what: Callable[[], object]) -> tuple[float, float]:
    """CPU seconds of this process and its children, and wall seconds."""
    before, began = _spent(), time.monotonic()
    what()
    return max(_spent() - before, 1e-4), time.monotonic() - began


def _spent() -> float:
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _is_screen(plan: encoding.Plan) -> bool:
    return plan.picture is not None and encoding.is_screen(plan.picture, LADDER)


def _ffmpeg(*words: object) -> None:
    subprocess.run([FF, "-v", "error", "-nostdin", "-y", *map(str, words)], check=True)


def _duration(path: Path) -> float:
    return Prober(Encoding()).probe(path, limits=LADDER.limits).duration_ms / 1000


def _cut(lecture: Path, to: Path, seconds: float) -> Path:
    if seconds >= _duration(lecture) - 1:
        return lecture
    _ffmpeg("-i", lecture, "-t", seconds, "-c", "copy", to)
    return to


def lecture() -> Path:
    """A generated lecture at least a minute long, kept in bench/work for the next time."""
    if given := os.environ.get("BENCH_ENCODING_FILE"):
        return Path(given).absolute()
    seconds = max(60, int(SECONDS))
    folder = WORK / f"lecture-{seconds}"
    if not (folder / "truth.json").exists():
        voices = () if shutil.which("flite") or shutil.which("espeak-ng") else ("--voice", "none")
        script = Path(__file__).with_name("make_lecture.py")
        command = [
            sys.executable,
            script,
            "--out",
            folder,
            "--duration",
            str(seconds),
            "--seed",
            "7",
            "--ffmpeg",
            FF,
            *voices,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "screen.mp4"


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cathedra-bench-", dir=WORK) as name:
        yield Path(name)
