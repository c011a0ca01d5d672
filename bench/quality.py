"""E5: VMAF of every rendition against the upload beside the best peer, and whether the words on the slides can be read."""

import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

Row = tuple[object, ...]
SAMPLES = 3
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # four on two cores wait for one another


def rows(ff: str, clip: Path, pictures: dict[int, Path], peers: list[Path], truth: dict, folder: Path) -> Iterator[Row]:
    """The rows of a clip; `pictures` are our renditions by height, `peers` the folders of what peers made."""
    if program := _with_vmaf(ff):
        for height in sorted(pictures, reverse=True):
            yield from _beside(program, height, pictures[height], clip, peers, folder)
    else:
        yield "VMAF (E5): not measured, no ffmpeg here has libvmaf", "", "", "", "", ""
    if reader := shutil.which("tesseract"):
        yield from _words(ff, reader, clip, pictures, truth, folder)
    else:
        yield "slide words read by OCR (E5): not measured, tesseract is not installed", "", "", "", "", ""


def _beside(program: str, height: int, ours: Path, clip: Path, peers: list[Path], folder: Path) -> Iterator[Row]:
    mine = _vmaf(program, ours, clip, folder)
    others = [_vmaf(program, path, clip, folder) for peer in peers for path in _at_height(peer, height)]
    for place, what in enumerate(("mean", "5th percentile")):
        best = max((other[place] for other in others), default=None)
        limit, ratio = (f"{best:.1f}", f"{mine[place] / max(1, best):.3f}") if best is not None else ("", "")
        name = f"VMAF at {height} lines, {what}{', beside the best peer' if limit else ', no peer has it'} (E5)"
        yield name, f"{mine[place]:.1f}", "", limit, ratio, ">= 1" if limit else ""


def _at_height(folder: Path, height: int) -> list[Path]:
    return [path for path in folder.glob(f"{height}*.mp4") if not path.stem.endswith("_c")][:1]


def _vmaf(program: str, path: Path, reference: Path, folder: Path) -> tuple[float, float]:
    """Both at the upload's size and at 30 frames a second, each from its own first frame; mean and 5th percentile."""
    log = folder / "vmaf.json"
    same = "setpts=PTS-STARTPTS,fps=30"
    graph = (
        f"[0:v]{same},scale=1920:1080:flags=bicubic[a];[1:v]{same},scale=1920:1080[b];"
        f"[a][b]libvmaf=n_threads=2:n_subsample=10:log_fmt=json:log_path={log.name}"
    )
    command = [program, "-v", "error", "-i", path, "-i", reference, "-lavfi", graph, "-f", "null", "-"]
    subprocess.run(command, cwd=folder, check=True)
    scores = sorted(frame["metrics"]["vmaf"] for frame in json.loads(log.read_text())["frames"])
    return statistics.mean(scores), scores[len(scores) // 20]


def _with_vmaf(ff: str) -> str | None:
    """An ffmpeg with libvmaf: the one found, else the one that comes with imageio-ffmpeg."""
    with contextlib.suppress(ImportError):
        import imageio_ffmpeg

        for program in (ff, imageio_ffmpeg.get_ffmpeg_exe()):
            told = subprocess.run([program, "-hide_banner", "-filters"], capture_output=True, text=True, check=False)
            if " libvmaf " in told.stdout:
                return program
    return None


# --- legibility ---------------------------------------------------------------------------------------------------
def _words(ff: str, reader: str, clip: Path, pictures: dict[int, Path], truth: dict, folder: Path) -> Iterator[Row]:
    """Words of the slides that a reader finds in a rendition, enlarged as a screen does, and in the upload itself."""
    instants = _instants(truth)
    limit = sum(_read(ff, reader, clip, at, known, folder) for at, known in instants)
    there = sum(len(known) for _, known in instants)
    for height in sorted(pictures, reverse=True):
        found = sum(_read(ff, reader, pictures[height], at, known, folder) for at, known in instants)
        name = f"slide words read by OCR at {height} lines, of {there}, beside the upload (E5)"
        yield name, str(found), "words", str(limit), f"{found / max(1, limit):.3f}", ">= 0.98"


def _instants(truth: dict) -> list[tuple[float, set[str]]]:
    """Some instants of the clip, and the words that stand on its slide then."""
    chosen = [truth["seconds"] * (number + 0.9) / SAMPLES for number in range(SAMPLES)]
    return [(at, words) for at in chosen for slide in truth["slides"] if (words := _shown(slide, at))]


def _shown(slide: dict, at: float) -> set[str]:
    if not slide["start"] + 1.5 <= at < slide["end"]:
        return set()
    late = {build["text"] for build in slide["builds"] if build["t"] + 1 > at}
    lines = [slide["title"], *(line for line in slide["bullets"] if line not in late)]
    return {word for line in lines for word in re.findall(r"[a-z]{3,}", line.lower())}


def _read(ff: str, reader: str, path: Path, at: float, known: set[str], folder: Path) -> int:
    picture = folder / "still.png"
    frame = ["-ss", f"{at:.2f}", "-i", path, "-frames:v", "1", "-vf", "scale=1920:1080:flags=bicubic", picture]
    subprocess.run([ff, "-v", "error", "-nostdin", "-y", *frame], check=True)
    command = [reader, picture, "stdout", "--psm", "11"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=ONE_THREAD).stdout
    return len(known & set(re.findall(r"[a-z]{3,}", told.lower())))
