#!/usr/bin/env python3
"""Makes the three short lectures that are shipped in the package (src/cathedra/sample), with their manifest.

    python -m bench.make_sample [--out FOLDER] [--only entropy]

Needs flite, ffmpeg with libx264, Pillow and numpy (Debian: flite ffmpeg fonts-inter; PyPI: Pillow numpy). Slides,
narration and the camera's picture are all made here, so everything in the files is ours to give away.
"""

import argparse
import hashlib
import json
import math
import random
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parent))
import lecture_hall
import make_lecture

PACKAGE = Path(__file__).parent.parent / "src/cathedra/sample"
RATE = 48000
FPS = 25
W, H = 1920, 1080
BOX = (980, 190, 1840, 960)  # where a slide's figure stands
LARGEST_TOTAL = 8_000_000


def face(size, weight="Regular"):
    for path in (
        f"/usr/share/fonts/opentype/inter/Inter-{weight}.otf",
        f"/usr/share/fonts/truetype/inter/Inter-{weight}.ttf",
    ):
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return make_lecture.font(size, bold=weight in ("Bold", "SemiBold"))


MONO = make_lecture.font


@dataclass(frozen=True)
class Theme:
    paper: tuple
    ink: tuple
    accent: tuple
    second: tuple
    quiet: tuple


BLUE = Theme((255, 255, 255), (28, 34, 44), (0, 72, 120), (214, 92, 34), (208, 214, 222))
RED = Theme((252, 250, 245), (40, 34, 32), (134, 30, 40), (30, 110, 120), (224, 216, 206))
DARK = Theme((22, 26, 36), (232, 235, 240), (122, 186, 255), (255, 190, 92), (70, 78, 96))


# --- figures: draw(d, theme, q) in a box of 860 x 770, q from 0 to 1 as it builds -------------------------------------
def particles(d, th, q):
    """A gas that spreads from the left half into the whole box."""
    r = random.Random(5)
    d.rounded_rectangle([40, 130, 820, 560], 10, outline=th.ink, width=5)
    if q < 0.12:
        d.line([430, 130, 430, 560], fill=th.ink, width=5)
    for _ in range(46):
        x0, y0 = r.uniform(70, 400), r.uniform(160, 530)
        x1, y1 = r.uniform(70, 790), r.uniform(160, 530)
        s = make_smooth((q - 0.12) / 0.88)
        x, y = x0 + (x1 - x0) * s, y0 + (y1 - y0) * s
        d.ellipse([x - 10, y - 10, x + 10, y + 10], fill=th.second)
    d.text((430, 610), "one half" if q < 0.12 else "the whole box", font=face(34), fill=th.ink, anchor="mm")


def arrangements(d, th, q):
    """Relative number of arrangements against the fraction on the left, sharper with more particles."""
    axes(d, th, "fraction of particles on the left", "arrangements / most")
    for n, colour in ((10, th.quiet), (50, th.second), (500, th.accent)):
        pts = []
        for k in range(int(200 * q) + 1):
            f = k / 200
            y = math.exp(-2 * n * (f - 0.5) ** 2)
            pts.append((110 + 690 * f, 640 - 480 * y))
        if len(pts) > 1:
            d.line(pts, fill=colour, width=7, joint="curve")
    for k, (n, colour) in enumerate(((10, th.quiet), (50, th.second), (500, th.accent))):
        d.line([570, 120 + 46 * k, 620, 120 + 46 * k], fill=colour, width=7)
        d.text((640, 120 + 46 * k), f"N = {n}", font=face(30), fill=th.ink, anchor="lm")


def ice(d, th, q):
    """The entropy account of melting one mole of ice at 25 degrees."""
    rows = [
        ("Part", "q / J", "T / K", "ΔS / J K⁻¹"),
        ("ice", "+6010", "273.2", "+22.0"),
        ("room", "−6010", "298.2", "−20.2"),
        ("total", "0", "", "+1.8"),
    ]
    for n, row in enumerate(rows[: 1 + int(q * 3.01)]):
        y = 170 + n * 104
        colour = th.accent if n == 0 else th.paper
        d.rectangle([20, y, 840, y + 100], fill=colour, outline=th.quiet, width=3)
        for k, cell in enumerate(row):
            weight = "SemiBold" if n in (0, 3) else "Regular"
            d.text(
                ((50, 240, 440, 620)[k], y + 50),
                cell,
                font=face(38, weight),
                fill=th.paper if n == 0 else th.ink,
                anchor="lm",
            )


def stretch(d, th, q):
    """A grid under the matrix (2 1; 1 2): one direction turns, two do not."""
    a = np.array([[1 + q, q], [q, 1 + q]])
    c = np.array([430, 385])

    def at(v):
        x, y = a @ np.asarray(v, float) * 92
        return (c[0] + x, c[1] - y)

    for k in range(-3, 4):
        d.line([at((k, -3)), at((k, 3))], fill=th.quiet, width=3)
        d.line([at((-3, k)), at((3, k))], fill=th.quiet, width=3)
    for v, colour, name in (((1, 0), th.ink, "x"), ((1, 1), th.second, "v₁"), ((1, -1), th.accent, "v₂")):
        arrow(d, tuple(c), at(v), colour)
        x, y = at(np.array(v) * 1.22)
        d.text((x, y), name, font=face(40, "SemiBold"), fill=colour, anchor="mm")


def working(d, th, q):
    """The characteristic polynomial, a line at a time."""
    lines = ["det(A − λI) = 0", "(2 − λ)² − 1 = 0", "λ² − 4λ + 3 = 0", "(λ − 3)(λ − 1) = 0", "λ = 3   or   λ = 1"]
    for n, line in enumerate(lines[: max(1, math.ceil(q * len(lines)))]):
        last = n == len(lines) - 1
        d.text(
            (430, 170 + n * 110),
            line,
            font=face(52, "SemiBold" if last else "Regular"),
            fill=th.second if last else th.ink,
            anchor="mm",
        )


def pages(d, th, q):
    """Four pages that link to one another; their size is their rank."""
    place = {"A": (220, 200, 70), "B": (640, 230, 104), "C": (240, 560, 84), "D": (650, 590, 56)}
    for a, b in ("AB", "AC", "BC", "CB", "DB", "CA", "BD"):
        (x0, y0, r0), (x1, y1, r1) = place[a], place[b]
        length = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        nx, ny = -uy * 16, ux * 16
        arrow(
            d, (x0 + ux * r0 + nx, y0 + uy * r0 + ny), (x1 - ux * (r1 + 8) + nx, y1 - uy * (r1 + 8) + ny), th.quiet, 6
        )
    for name, (x, y, r) in place.items():
        r *= 0.5 + 0.5 * q
        d.ellipse([x - r, y - r, x + r, y + r], fill=th.accent if name != "B" else th.second)
        d.text((x, y), name, font=face(44, "SemiBold"), fill=th.paper, anchor="mm")


TREE = {1: (430, 130), 2: (230, 290), 3: (630, 290), 4: (130, 450), 5: (330, 450), 6: (530, 450), 7: (730, 450)}


def draw_tree(d, th, values, hot=()):
    for n in range(2, len(values) + 1):
        d.line([TREE[n // 2], TREE[n]], fill=th.quiet, width=6)
    for n, value in enumerate(values, 1):
        x, y = TREE[n]
        fill = th.second if n in hot else th.accent
        d.ellipse([x - 50, y - 50, x + 50, y + 50], fill=fill)
        d.text((x, y), str(value), font=face(44, "SemiBold"), fill=th.paper, anchor="mm")
    for n, value in enumerate(values):
        x = 80 + n * 100
        d.rectangle([x, 600, x + 100, 690], outline=th.second if n + 1 in hot else th.quiet, width=5)
        d.text((x + 50, 645), str(value), font=face(38), fill=th.ink, anchor="mm")


def heap(d, th, q):
    draw_tree(d, th, [2, 5, 3, 9, 7, 8])


def sift(d, th, q):
    """Insert 1: it climbs two levels."""
    steps = [([2, 5, 3, 9, 7, 8, 1], (7,)), ([2, 5, 1, 9, 7, 8, 3], (3,)), ([1, 5, 2, 9, 7, 8, 3], (1,))]
    values, hot = steps[min(2, int(q * 3))]
    draw_tree(d, th, values, hot)


CODE = """def push(heap, item):
    heap.append(item)
    child = len(heap) - 1
    while child > 0:
        parent = (child - 1) // 2
        if heap[parent] <= item:
            break
        heap[child] = heap[parent]
        child = parent
    heap[child] = item"""


def code(d, th, q):
    d.rounded_rectangle([0, 60, 860, 640], 14, fill=(34, 38, 48))
    for n, line in enumerate(CODE.split("\n")):
        if 4 <= n <= 8:
            d.rectangle([0, 96 + n * 50, 860, 146 + n * 50], fill=(46, 52, 68))
        d.text((28, 104 + n * 50), f"{n + 1:2d}", font=MONO(27, mono=True), fill=(110, 118, 134))
        colour = (255, 206, 120) if line.strip().startswith(("def", "while", "if", "break")) else (222, 226, 232)
        d.text((92, 104 + n * 50), line, font=MONO(27, mono=True), fill=colour)


def growth(d, th, q):
    """Steps against size: a heap beside a sorted list."""
    axes(d, th, "items in the queue", "steps for one insert")
    for power, colour, name, y in ((1.0, th.second, "sorted list", 180), (0.0, th.accent, "heap", 560)):
        pts = []
        for k in range(int(100 * q) + 1):
            f = k / 100
            height = 460 * f if power else 20 * math.log2(1 + 40 * f)
            pts.append((110 + 690 * f, 640 - height))
        if len(pts) > 1:
            d.line(pts, fill=colour, width=8, joint="curve")
        d.text(
            (560 if power else 790, y + (110 if power else -80)),
            name,
            font=face(34, "SemiBold"),
            fill=colour,
            anchor="rm",
        )


def axes(d, th, x, y):
    arrow(d, (110, 640), (830, 640), th.ink, 5)
    arrow(d, (110, 640), (110, 110), th.ink, 5)
    d.text((460, 690), x, font=face(30), fill=th.ink, anchor="mm")
    d.text((96, 70), y, font=face(30), fill=th.ink, anchor="lm")


def arrow(d, start, end, colour, width=9):
    x0, y0, x1, y1 = *start, *end
    length = math.hypot(x1 - x0, y1 - y0) or 1
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    h = width * 2.6
    d.line([x0, y0, x1 - ux * h, y1 - uy * h], fill=colour, width=width)
    left, right = (
        (x1 - ux * h - uy * h * 0.55, y1 - uy * h + ux * h * 0.55),
        (x1 - ux * h + uy * h * 0.55, y1 - uy * h - ux * h * 0.55),
    )
    d.polygon([(x1, y1), left, right], fill=colour)


def make_smooth(x):
    x = max(0.0, min(1.0, x))
    return x * x * (3 - 2 * x)


# --- what is said and shown: (sentence, bullet that appears with it or None) -------------------------------------------
LECTURES = [
    {
        "stem": "entropy", "title": "Lecture 4: Entropy and the second law", "course": "chem-1a", "folder": "Lectures",
        "owner": "alice", "speaker": "Dr Alice Whitfield", "heading": "Part IA Chemistry", "theme": BLUE,
        "voice": ["-voice", "slt", "--setf", "int_f0_target_mean=172", "--setf", "duration_stretch=0.98"],
        "lecturer": lecture_hall.Lecturer(),
        "slides": [
            (None, None, 0, [
                ("Good morning. Today we ask why some things happen on their own, and others never do.", None)]),
            ("Why does a gas spread?", particles, 6.0, [
                ("Take the wall out of this box, and the gas fills all of it.", "The first law allows both directions"),
                ("Energy does not change, so the first law has nothing to say.", "The energy is the same before and after"),
                ("What changes is the number of ways to arrange the particles.", "What grows is the number of arrangements")]),
            ("Counting arrangements", arrangements, 5.0, [
                ("Boltzmann wrote the entropy as k times the logarithm of W.", "S = k ln W"),
                ("W is the number of arrangements that look the same to us.", "W: arrangements that look the same"),
                ("With more particles the curve becomes a spike, so an even spread is all you ever see.", "More particles, sharper peak")]),
            ("Ice in a warm room", ice, 6.0, [
                ("Now let us do the sum for one mole of ice that melts in a warm room.", "Melting at 273 K, room at 298 K"),
                ("The ice gains twenty two joules per kelvin.", "The ice gains more than the room loses"),
                ("The room loses only twenty point two, because it is warmer.", None),
                ("So the total goes up, and the ice melts without any help.", "The total rises: it happens on its own")]),
            ("What to remember", None, 0, [
                ("In an isolated system entropy never falls.", "Isolated system: S never decreases"),
                ("A part of it may become more ordered, if the surroundings pay for it.", "A part may, if its surroundings pay"),
                ("Next time we put this together with enthalpy. Thank you.", "Next: the Gibbs energy")]),
        ],
    },
    {
        "stem": "eigenvectors", "title": "Lecture 6: Eigenvectors", "course": "maths-sci", "folder": "Lectures",
        "owner": "mei", "speaker": "Prof. Mei Tanaka", "heading": "Mathematics for scientists", "theme": RED,
        "voice": ["-voice", "slt", "--setf", "int_f0_target_mean=205", "--setf", "duration_stretch=1.02"],
        "lecturer": lecture_hall.Lecturer(skin=(232, 196, 164), hair=(30, 26, 28), jacket=(120, 44, 54), shirt=(238, 232, 222), glasses=True),
        "slides": [
            (None, None, 0, [
                ("Welcome back. Last week we saw what a matrix does to the plane. Today we look for the directions it leaves alone.", None)]),
            ("A direction that is only stretched", stretch, 6.0, [
                ("Most vectors, like this x, are turned when the matrix acts.", "Most vectors are turned"),
                ("But these two stay on their own line. They are the eigenvectors.", "Eigenvectors stay on their line"),
                ("The factor by which they are stretched is the eigenvalue.", "A v = λ v")]),
            ("Finding them", working, 7.5, [
                ("We need a vector that A minus lambda I sends to zero.", "(A − λI) v = 0 with v ≠ 0"),
                ("That is possible only when the determinant vanishes.", "So the determinant is zero"),
                ("For our matrix this gives a quadratic, with the roots three and one.", "A = [ 2 1 ; 1 2 ]")]),
            ("Which page comes first?", pages, 4.0, [
                ("Here is a use you meet every day. Let each page hand its importance to the pages it links to.", "A page is important when important pages link to it"),
                ("The ranking is then the eigenvector with eigenvalue one.", "r = L r: an eigenvector"),
                ("Page B wins, because everybody points to it.", None)]),
            ("What to remember", None, 0, [
                ("Find the eigenvalues first, and then solve for the vectors.", "Values first, then vectors"),
                ("A symmetric matrix has real eigenvalues and perpendicular eigenvectors.", "Symmetric: real and perpendicular"),
                ("The examples sheet has four of these to try. See you on Thursday.", "Examples sheet 3, questions 1 to 4")]),
        ],
    },
    {
        "stem": "heaps", "title": "Lecture 3: Binary heaps", "course": "cs-1a", "folder": "Lectures",
        "owner": "tomas", "speaker": "Dr Tomas Lindqvist", "heading": "Part IA Computer Science: Algorithms", "theme": DARK,
        "voice": ["-voice", "rms", "--setf", "duration_stretch=0.94"],
        "lecturer": lecture_hall.Lecturer(skin=(226, 180, 150), hair=(176, 138, 84), jacket=(70, 78, 72), shirt=(200, 214, 230), long_hair=False),
        "slides": [
            (None, None, 0, [
                ("Hello everyone. How does a computer decide what to do next? Very often it asks a heap.", None)]),
            ("The heap property", heap, 0, [
                ("A heap is a complete binary tree, filled from the left.", "A complete binary tree"),
                ("No child is smaller than its parent.", "parent ≤ child, everywhere"),
                ("So the smallest item is always at the root, and the whole tree fits into an array.", "Children of i: 2i and 2i + 1")]),
            ("Inserting an item", sift, 7.5, [
                ("To insert one, put it at the end.", "Append at the end"),
                ("Then compare it with its parent, and swap while it is smaller.", "Swap with the parent while smaller"),
                ("It climbs two levels and stops at the root.", "At most one swap a level")]),
            ("In Python", code, 0, [
                ("In code this is one loop. Look at lines four to nine.", "One loop, no recursion"),
                ("We move the parents down, and write the new item only once, at its final place.", "Move parents down, write once")]),
            ("What does it cost?", growth, 5.0, [
                ("A tree with a million items has only twenty levels.", "n items: log₂ n levels"),
                ("A sorted list would move half a million items for one insert.", "Sorted list: n / 2 moves"),
                ("That is why schedulers, simulations and route planners use heaps. Thank you.", "Next: heapsort")]),
        ],
    },
]  # fmt: skip


class Slides:
    """What `make_lecture.render` asks of a painter: `base` for a slide with n bullets, `dynamic` for its figure."""

    def __init__(self, lecture, slides):
        self.w, self.h, self.lecture, self.slides, self.theme = W, H, lecture, slides, lecture["theme"]
        self._bases, self._figures, self._shown = {}, {}, {}

    def px(self, v):
        return round(v)

    def base(self, i, nb):
        if (i, nb) not in self._bases:
            self._bases[i, nb] = self._base(i, nb)
        return self._bases[i, nb], (BOX if self.slides[i]["seconds"] else None)

    def _base(self, i, nb):
        th, s = self.theme, self.slides[i]
        im = Image.new("RGB", (W, H), th.paper)
        d = ImageDraw.Draw(im)
        if i == 0:
            d.rectangle([0, 0, 36, H], fill=th.accent)
            d.text((160, 330), self.lecture["heading"], font=face(44), fill=th.accent)
            d.text((160, 420), self.lecture["title"], font=face(84, "Bold"), fill=th.ink)
            d.text((160, 580), self.lecture["speaker"], font=face(44), fill=th.ink)
            d.text((160, 648), "Michaelmas 2026", font=face(36), fill=th.ink)
            return im
        d.text((110, 66), s["title"], font=face(68, "Bold"), fill=th.accent)
        d.rectangle([110, 160, 260, 168], fill=th.second)
        y, width = 250, 800 if s["figure"] else 1600
        for b in s["bullets"][:nb]:
            d.rounded_rectangle([112, y + 16, 130, y + 34], 4, fill=th.second)
            for line in make_lecture.wrap(d, b, face(44), width):
                d.text((164, y), line, font=face(44), fill=th.ink)
                y += 62
            y += 46
        d.text(
            (110, H - 66),
            f"{self.lecture['speaker']}  ·  {self.lecture['title'].partition(': ')[2]}",
            font=face(24),
            fill=th.quiet,
        )
        d.text((W - 110, H - 66), str(i + 1), font=face(24), fill=th.quiet, anchor="ra")
        if s["figure"]:
            im.paste(self._figure(i, 0.0 if s["seconds"] else 1.0), BOX[:2])
        return im

    def _figure(self, i, q):
        q = round(q, 4)
        if (i, q) not in self._figures:
            if q not in (0.0, 1.0):
                self._figures = {k: v for k, v in self._figures.items() if k[1] in (0.0, 1.0)}
            th = self.theme
            w, h = BOX[2] - BOX[0], BOX[3] - BOX[1]
            big = Image.new("RGB", (w, h), th.paper)
            self.slides[i]["figure"](ImageDraw.Draw(big), th, q)
            self._figures[i, q] = big
        return self._figures[i, q]

    def dynamic(self, im, i, box, ts):
        return self._figure(i, min(1.0, ts / self.slides[i]["seconds"])), box[:2]

    def whole(self, t):
        """The slide as it stands at t, for the wall of the lecture theatre; the same object while nothing changes."""
        i = max(n for n, s in enumerate(self.slides) if s["start"] <= t)
        s = self.slides[i]
        nb = sum(1 for b in s["builds"] if b["t"] <= t)
        q = min(1.0, round((t - s["start"]) / s["seconds"], 1)) if s["seconds"] else 1.0
        if (i, nb, q) not in self._shown:
            im = self.base(i, nb)[0]
            if s["seconds"]:
                im = im.copy()
                im.paste(self._figure(i, q), BOX[:2])
            self._shown = {(i, nb, q): im}
        return self._shown[i, nb, q]


def speak(lecture, folder):
    """Slides with their times, sentences with theirs, and the sound."""
    t, slides, narration, audio = 0.5, [], [], []
    for title, figure, seconds, script in lecture["slides"]:
        s = {"start": 0.0 if not slides else round(t, 3), "title": title or lecture["title"], "figure": figure, "seconds": seconds,
             "kind": "chart" if seconds else "bullets", "bullets": [], "builds": [], "transition": "fade" if len(slides) % 2 else "cut"}  # fmt: skip
        slides.append(s)
        t += 0.4
        for text, bullet in script:
            wav = folder / f"{len(narration)}.wav"
            subprocess.run(["flite", *lecture["voice"], "-t", text, "-o", wav], check=True, stdout=subprocess.DEVNULL)
            sound = make_lecture.read_wav(str(wav), RATE)
            if bullet:
                s["bullets"].append(bullet)
                s["builds"].append({"t": round(t, 3), "text": bullet})
            narration.append(
                {"start": round(t, 3), "end": round(t + len(sound) / RATE, 3), "text": text, "points": bool(bullet)}
            )
            audio.append((t, sound))
            t += len(sound) / RATE + 0.45
        t += 0.8
    duration = math.ceil(t) + 0.0
    for a, b in zip(slides, [*slides[1:], {"start": duration}], strict=True):
        a["end"] = b["start"]
    pcm = np.zeros(int(duration * RATE), np.float32)
    for at, sound in audio:
        i = int(at * RATE)
        pcm[i : i + len(sound)] += sound[: len(pcm) - i]
    hiss = np.convolve(np.random.default_rng(1).normal(0, 1, len(pcm)), np.ones(8) / 8, "same")
    return duration, slides, narration, np.clip(pcm * 0.95 + hiss * 10, -32767, 32767).astype("<i2")


def x264(size, wav, rate_args, out, *, audio):
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", str(FPS), "-color_range", "tv",
               "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-i", "-"]  # fmt: skip
    command += (
        ["-i", wav, "-map", "0:v", "-map", "1:a", "-c:a", "aac", "-b:a", "56k", "-ac", "1"]
        if audio
        else ["-map", "0:v"]
    )
    command += ["-c:v", "libx264", "-preset", "slow", *rate_args, "-pix_fmt", "yuv420p", "-profile:v", "high", "-x264-params", "open-gop=0",
                "-threads", "1", "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", out]  # fmt: skip
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def write_camera(lecture, painter, duration, narration, pcm, out):
    size = (lecture_hall.W, lecture_hall.H)
    hall = lecture_hall.Hall(*size, lecture["lecturer"], narration, seed=lecture["stem"])
    encoder = x264(
        f"{size[0]}x{size[1]}", None, ["-crf", "27", "-g", str(FPS * 8), "-tune", "animation"], out, audio=False
    )
    canvas = make_lecture.Canvas(*size)
    step = RATE // FPS
    level = np.array([np.abs(pcm[k * step : (k + 1) * step]).mean() for k in range(int(duration * FPS))])
    level = np.clip(np.convolve(level, [0.25, 0.5, 0.25], "same") / (np.percentile(level, 95) + 1), 0, 1)
    for n in range(int(duration * FPS)):
        canvas.put(hall.frame(n / FPS, painter.whole(n / FPS), float(level[n])))
        for plane in (canvas.y, canvas.u, canvas.v):
            encoder.stdin.write(plane.data)
    encoder.stdin.close()
    if encoder.wait():
        sys.exit("ffmpeg failed")


def make(lecture, out):
    """One lecture; returns its entry in the manifest."""
    stem = lecture["stem"]
    with tempfile.TemporaryDirectory() as tmp:
        duration, slides, narration, pcm = speak(lecture, Path(tmp))
        wav = str(Path(tmp) / "all.wav")
        with wave.open(wav, "wb") as f:
            f.setnchannels(1)
            f.setsampwidth(2)
            f.setframerate(RATE)
            f.writeframes(pcm.tobytes())
        painter = Slides(lecture, slides)
        screen, camera = out / f"{stem}-slides.mp4", out / f"{stem}-camera.mp4"
        encoder = x264(f"{W}x{H}", wav, ["-crf", "25", "-g", str(FPS * 8), "-tune", "animation"], screen, audio=True)
        make_lecture.render(painter, slides, duration, FPS, encoder.stdin, random.Random(f"pointer-{stem}"))
        encoder.stdin.close()
        if encoder.wait():
            sys.exit("ffmpeg failed")
        write_camera(lecture, painter, duration, narration, pcm, camera)
    shown = [{k: s[k] for k in ("start", "end", "title", "bullets", "builds")} for s in slides]
    said = [{k: s[k] for k in ("start", "end", "text")} for s in narration]
    files = [{"name": p.name, "bytes": p.stat().st_size, "sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "shows": what}
             for p, what in ((screen, "slides"), (camera, "camera"))]  # fmt: skip
    return {"title": lecture["title"], "course": lecture["course"], "folder": lecture["folder"], "owner": lecture["owner"],
            "duration_ms": int(duration * 1000), "files": files, "truth": {"slides": shown, "narration": said}}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PACKAGE)
    parser.add_argument("--only", default="", help="the stem of one lecture; the manifest is then not written")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    wanted = [lecture for lecture in LECTURES if given.only in ("", lecture["stem"])]
    made = [make(lecture, given.out) for lecture in wanted]
    for each in made:
        print(each["title"], each["duration_ms"] / 1000, "s", *(f"{f['name']} {f['bytes']:,}" for f in each["files"]))
    total = sum(f["bytes"] for each in made for f in each["files"])
    print(f"{total:,} bytes in all")
    if total > LARGEST_TOTAL:
        sys.exit(f"The lectures may take {LARGEST_TOTAL:,} bytes in all.")
    if not given.only:
        (given.out / "lectures.json").write_text(json.dumps({"lectures": made}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
