"""A short lecture for tests: slides with bullets that come, white on white, a pointer and an inset that move; its truth."""

import math
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, RATE = 640, 360, 5
_FONTS = Path("/usr/share/fonts/truetype/dejavu")


@dataclass(frozen=True)
class Shown:
    """A slide of the lecture: its bullets come at these seconds after its start."""

    start: float
    title: str
    bullets: tuple[str, ...]
    every: float


TRUTH = (
    Shown(0.0, "Algorithms", ("Lecture seven", "Doctor A. Example"), 0.0),
    Shown(6.4, "The heap", ("A complete binary tree", "Insert takes logarithmic time", "A scheduler uses one"), 2.0),
    Shown(16.0, "Quicksort", ("Partition around a pivot", "Sort both sides"), 2.0),
    Shown(24.2, "Spanning trees", ("Edges without a cycle", "Kruskal and Prim find one"), 0.0),
)
SECONDS = 32


def _font(size: int, *, is_bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"DejaVuSans{'-Bold' if is_bold else ''}.ttf", size)


def _page(shown: Shown, bullets: int) -> Image.Image:
    page = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    draw = ImageDraw.Draw(page)
    draw.text((20, 14), shown.title, font=_font(30, is_bold=True), fill=(0, 62, 116))
    for number, bullet in enumerate(shown.bullets[:bullets]):
        draw.text((36, 90 + 44 * number), bullet, font=_font(20), fill=(20, 20, 20))
    draw.text((20, HEIGHT - 22), "University sample", font=_font(11), fill=(0, 62, 116))
    return page


def _frame(seconds: float) -> bytes:
    shown = next(one for one in reversed(TRUTH) if one.start <= seconds)
    bullets = len(shown.bullets) if not shown.every else 1 + int((seconds - shown.start) / shown.every)
    page = _page(shown, bullets)
    draw = ImageDraw.Draw(page)
    draw.rectangle([WIDTH - 110, HEIGHT - 66, WIDTH, HEIGHT], fill=(90, 110, 90))
    x = WIDTH - 70 + 24 * math.sin(seconds * 2.1)
    draw.ellipse([x - 14, HEIGHT - 56, x + 14, HEIGHT - 20], fill=(225, 185, 155))
    at = (120 + 90 * math.floor(seconds / 1.4) % 380, 80 + 60 * math.floor(seconds / 2.2) % 200)
    draw.polygon([at, (at[0], at[1] + 13), (at[0] + 8, at[1] + 9)], fill=(0, 0, 0))
    return page.tobytes()


def make(program: Path | str, to: Path) -> Path:
    """The lecture as a file of H.264 in MP4, as an upload or a rendition is."""
    words = ["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE)]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-g", "20", "-pix_fmt", "yuv420p"]
    command = [program, *words, "-i", "-", *coded, "-movflags", "+frag_keyframe+empty_moov", to]
    encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
    for number in range(SECONDS * RATE):
        encoder.stdin.write(_frame(number / RATE))
    encoder.stdin.close()
    assert encoder.wait() == 0
    return to
