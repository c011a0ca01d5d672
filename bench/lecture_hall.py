"""Draws what the camera at the back of a lecture theatre sees: the projected slide, the lecturer, the audience's heads.

Everything is drawn here, so nothing in it belongs to anybody else.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

FINE = 3  # the lecturer is drawn this many times larger and scaled down: smooth edges
W, H = 960, 540  # the drawing's own units
SCREEN = (96, 52, 588, 329)
LECTERN = (702, 352)
PATCH = (560, 170, 900, 470)  # where the lecturer can be


@dataclass(frozen=True)
class Lecturer:
    """How the person looks."""

    skin: tuple = (224, 182, 152)
    hair: tuple = (58, 38, 28)
    jacket: tuple = (52, 66, 98)
    shirt: tuple = (226, 230, 236)
    long_hair: bool = True
    glasses: bool = False


def _gradient(w, h, top, bottom):
    t = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    row = np.asarray(top, np.float32) * (1 - t) + np.asarray(bottom, np.float32) * t
    return Image.fromarray(np.broadcast_to(row, (h, w, 3)).astype(np.uint8))


def _shade(colour, factor):
    return tuple(max(0, min(255, int(c * factor))) for c in colour)


def _smooth(x):
    x = max(0.0, min(1.0, x))
    return x * x * (3 - 2 * x)


class Hall:
    """`frame(t, slide)` is the picture at t seconds with this slide on the wall."""

    def __init__(self, w, h, lecturer, sentences, seed=1):
        self.size, self.who = (w, h), lecturer
        self.rng = random.Random(f"hall-{seed}")
        self.room = self._room()
        self.audience = self._audience()
        self.poses = self._poses(sentences)
        self._slide = None

    # --- what does not move ------------------------------------------------------------------------------------
    def _room(self):
        im = _gradient(W, H, (104, 98, 92), (146, 136, 124))
        d = ImageDraw.Draw(im)
        for x in range(0, W, 80):  # wall panels
            d.line([x, 0, x, 400], fill=(98, 92, 86), width=1)
        d.rectangle([0, 0, W, 26], fill=(70, 66, 64))
        for x in (180, 420, 660, 880):  # ceiling lights
            d.ellipse([x - 16, 8, x + 16, 18], fill=(255, 244, 220))
        d.rectangle([632, 92, 944, 318], fill=(92, 66, 46))  # the board and its frame
        d.rectangle([639, 99, 937, 311], fill=(44, 74, 62))
        r = random.Random(4)
        for row in range(3):  # chalk, too far away to read
            x = 652
            while x < 640 + r.randint(60, 100):
                step = r.randint(5, 14)
                d.line([x, 116 + row * 22, x + step, 116 + row * 22 + r.randint(-3, 3)], fill=(150, 170, 160), width=2)
                x += step + 5
        d.rectangle([632, 318, 944, 324], fill=(112, 84, 60))
        d.polygon([(0, 400), (W, 400), (W, H), (0, H)], fill=(112, 82, 58))  # stage
        for k in range(9):
            d.line([(W / 2 + (k - 4) * 130, 400), (W / 2 + (k - 4) * 260, H)], fill=(98, 70, 50), width=1)
        d.line([0, 400, W, 400], fill=(70, 52, 40), width=3)
        light = np.zeros((H, W), np.float32)
        yy, xx = np.mgrid[0:H, 0:W]
        for x, y, s, a in ((780, 250, 190, 0.42), (342, 190, 330, 0.22), (180, 0, 130, 0.18), (880, 0, 120, 0.15)):
            light += a * np.exp(-(((xx - x) / s) ** 2 + ((yy - y) / (s * 0.9)) ** 2))
        vignette = 1 - 0.32 * (((xx - W / 2) / W) ** 2 + ((yy - H / 2) / H) ** 2) * 2
        a = np.asarray(im, np.float32) * ((0.55 + light) * vignette)[..., None]
        im = Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.1))
        x0, y0, x1, y1 = SCREEN
        ImageDraw.Draw(im).rectangle([x0 - 5, y0 - 5, x1 + 5, y1 + 5], fill=(24, 24, 26))
        return im

    def _audience(self):
        """Heads and shoulders, as layers that shift a little: (picture with alpha, x, y, phase)."""
        layers = []
        for row, (y, scale, tone) in enumerate(((430, 0.82, 36), (478, 1.1, 22))):
            x = -20 + row * 34
            while x < W + 20:
                x += self.rng.randint(54, 96) * scale
                if self.rng.random() < 0.22:
                    continue
                layers.append(
                    self._listener(scale * self.rng.uniform(0.92, 1.06), tone, x, y + self.rng.randint(-6, 6))
                )
        return layers

    def _listener(self, scale, tone, x, y):
        s = scale * FINE
        w, h = int(96 * s), int(120 * s)
        im = Image.new("RGBA", (w, h), (0, 0, 0, 0))
        d = ImageDraw.Draw(im)
        k = self.rng.uniform(0.8, 1.35)
        hair = self.rng.choice([(1, 0.9, 0.85), (1.15, 0.9, 0.7), (0.8, 0.8, 0.9), (1.3, 1.1, 0.8)])
        top = tuple(int(tone * c * 0.8) for c in hair)
        body = (int(tone * k), int(tone * k * 1.05), int(tone * k * 1.25))
        d.rounded_rectangle([8 * s, 52 * s, 88 * s, 160 * s], 30 * s, fill=(*body, 255))
        d.rectangle([40 * s, 38 * s, 56 * s, 62 * s], fill=(*_shade(top, 1.5), 255))
        d.ellipse([29 * s, 4 * s, 67 * s, 52 * s], fill=(*top, 255))
        if self.rng.random() < 0.4:
            d.rounded_rectangle([27 * s, 22 * s, 69 * s, 70 * s], 14 * s, fill=(*top, 255))
        lit = Image.new("RGBA", im.size, (120, 130, 150, 0))  # rim light from the projected slide
        edge = ImageChops.subtract(im.getchannel("A"), ImageChops.offset(im.getchannel("A"), int(-2 * s), int(2 * s)))
        lit.putalpha(edge.point(lambda v: v * 0.4))
        im = Image.alpha_composite(im, lit)
        im = im.resize((w // FINE, h // FINE), Image.LANCZOS).filter(ImageFilter.GaussianBlur(0.9))
        return im, int(x - w / FINE / 2), int(y), self.rng.uniform(0, 6.28)

    # --- what moves --------------------------------------------------------------------------------------------
    def _poses(self, sentences):
        """A pose for each sentence: (time, reach of the near arm, its height, look towards the slide)."""
        out = [(0.0, 0.0, 0.0, 0.0)]
        for n, s in enumerate(sentences):
            kind = self.rng.random()
            if s.get("points") or kind < 0.3:
                out.append((s["start"] + 0.1, 1.0, self.rng.uniform(0.55, 1.0), 0.9))
            elif kind < 0.65:
                out.append(
                    (s["start"], self.rng.uniform(0.25, 0.5), self.rng.uniform(0.2, 0.45), self.rng.uniform(-0.3, 0.3))
                )
            else:
                out.append((s["start"], 0.0, 0.0, self.rng.uniform(-0.4, 0.2)))
            out.append(((s["start"] + s["end"]) / 2 + 0.4, 0.1 * (n % 3), 0.1, self.rng.uniform(-0.5, 0.1)))
        return out

    def _pose(self, t):
        n = max(i for i, p in enumerate(self.poses) if p[0] <= t)
        a, b = self.poses[max(0, n - 1)], self.poses[n]
        q = _smooth((t - b[0]) / 0.7)
        return [x + (y - x) * q for x, y in zip(a[1:], b[1:], strict=True)]

    def frame(self, t, slide, loudness=0.0):
        """An RGB picture. `slide` is the picture on the wall; `loudness` 0 to 1 opens the mouth."""
        if slide is not self._slide:
            self._slide = slide
            self._wall = self._with_slide(slide)
        im = self._wall.copy()
        x0, y0, x1, y1 = PATCH
        region = im.crop(PATCH).resize(((x1 - x0) * FINE, (y1 - y0) * FINE), Image.BILINEAR)
        self._draw_lecturer(region, t, loudness)
        im.paste(region.resize((x1 - x0, y1 - y0), Image.LANCZOS), (x0, y0))
        for layer, x, y, phase in self.audience:
            dx = round(1.6 * math.sin(t / 5.1 + phase) * max(0, math.sin(t / 17 + phase * 2)))
            im.paste(layer, (x + dx, y), layer)
        return im if im.size == self.size else im.resize(self.size, Image.LANCZOS)

    def _with_slide(self, slide):
        x0, y0, x1, y1 = SCREEN
        im = self.room.copy()
        shown = slide.resize((x1 - x0, y1 - y0), Image.LANCZOS)
        a = np.asarray(shown, np.float32) * 0.9 + 14  # projected light, never quite black
        glow = Image.new("RGB", im.size, (0, 0, 0))
        mean = tuple(int(c) for c in a.reshape(-1, 3).mean(0) * 0.30)
        ImageDraw.Draw(glow).rectangle([x0 - 30, y0 - 20, x1 + 30, y1 + 50], fill=mean)
        im = ImageChops.add(im, glow.filter(ImageFilter.GaussianBlur(34)))
        ImageDraw.Draw(im).rectangle([x0 - 5, y0 - 5, x1 + 5, y1 + 5], fill=(22, 22, 24))
        im.paste(Image.fromarray(np.clip(a, 0, 255).astype(np.uint8)), (x0, y0))
        return im

    def _draw_lecturer(self, im, t, loudness):
        who, f = self.who, FINE
        d = ImageDraw.Draw(im)
        reach, height, look = self._pose(t)
        sway = 7 * math.sin(t / 3.7) + 2.5 * math.sin(t / 1.3)
        nod = 1.0 * math.sin(t * 1.9) + 0.8 * loudness
        ox, oy = PATCH[0], PATCH[1]

        def p(x, y):
            return ((x - ox) * f, (y - oy) * f)

        def oval(cx, cy, rx, ry, fill):
            d.ellipse([*p(cx - rx, cy - ry), *p(cx + rx, cy + ry)], fill=fill)

        def limb(points, width, fill):
            d.line([p(*q) for q in points], fill=fill, width=int(width * f), joint="curve")
            for q in points:
                oval(q[0], q[1], width / 2, width / 2, fill)

        cx, shoulder = 752 + sway, 296
        dark, lit = _shade(who.jacket, 0.72), _shade(who.jacket, 1.14)
        hx, hy = cx + 0.5 * sway * 0.1 - 3.5 * look, shoulder - 44 + nod
        if who.long_hair:
            d.rounded_rectangle([*p(hx - 21, hy - 8), *p(hx + 21, hy + 36)], 15 * f, fill=_shade(who.hair, 0.8))
        # far arm rests on the lectern
        limb([(cx + 33, shoulder + 14), (cx + 41, shoulder + 52), (LECTERN[0] + 74, LECTERN[1] + 2)], 17, dark)
        oval(LECTERN[0] + 72, LECTERN[1] + 2, 7, 5, _shade(who.skin, 0.85))
        # body
        d.polygon(
            [p(cx - 15, shoulder - 8), p(cx + 15, shoulder - 8), p(cx + 40, shoulder + 8), p(cx + 42, shoulder + 130),
             p(cx - 40, shoulder + 130), p(cx - 40, shoulder + 8)], fill=who.jacket)  # fmt: skip
        oval(cx - 29, shoulder + 13, 14, 15, who.jacket)
        oval(cx + 29, shoulder + 13, 14, 15, who.jacket)
        d.polygon(
            [
                p(cx - 40, shoulder + 14),
                p(cx - 26, shoulder + 4),
                p(cx - 22, shoulder + 130),
                p(cx - 40, shoulder + 130),
            ],
            fill=lit,
        )
        d.polygon([p(cx - 11, shoulder - 8), p(cx + 11, shoulder - 8), p(cx, shoulder + 48)], fill=who.shirt)
        d.line([p(cx - 11, shoulder - 8), p(cx, shoulder + 48), p(cx + 11, shoulder - 8)], fill=dark, width=2 * f)
        d.line([p(cx, shoulder + 48), p(cx, shoulder + 130)], fill=dark, width=f)
        # neck and head
        d.rounded_rectangle([*p(cx - 8, hy + 12), *p(cx + 8, shoulder + 2)], 5 * f, fill=_shade(who.skin, 0.8))
        oval(hx, hy, 18, 23, who.skin)
        oval(hx + 6, hy + 3, 12, 18, _shade(who.skin, 0.95))
        oval(hx - 18.5 + 2 * look, hy + 2, 3, 5, _shade(who.skin, 0.88))
        oval(hx + 18.5 + 2 * look, hy + 2, 3, 5, _shade(who.skin, 0.84))
        d.pieslice([*p(hx - 20, hy - 27), *p(hx + 20, hy + 15)], 180, 360, fill=who.hair)
        d.polygon(
            [
                p(hx - 20, hy - 6),
                p(hx - 6, hy - 17),
                p(hx + 12, hy - 14),
                p(hx + 20, hy - 6),
                p(hx + 20, hy - 10),
                p(hx, hy - 26),
                p(hx - 20, hy - 10),
            ],
            fill=who.hair,
        )
        if who.long_hair:
            d.polygon(
                [p(hx - 20, hy - 8), p(hx - 14, hy - 10), p(hx - 16, hy + 26), p(hx - 22, hy + 28)], fill=who.hair
            )
            d.polygon(
                [p(hx + 20, hy - 8), p(hx + 14, hy - 10), p(hx + 16, hy + 26), p(hx + 22, hy + 28)], fill=who.hair
            )
        fx = hx - 5.5 * look  # the face turns with the look
        blink = (t * 0.37 + 0.1) % 1.0 < 0.035
        for side in (-6.5, 6.5):
            d.line(
                [p(fx + side - 3.2, hy - 7), p(fx + side + 3.2, hy - 7.6)],
                fill=_shade(who.hair, 0.9),
                width=int(1.4 * f),
            )
            if blink:
                d.line([p(fx + side - 2.5, hy - 2), p(fx + side + 2.5, hy - 2)], fill=_shade(who.skin, 0.6), width=f)
            else:
                oval(fx + side, hy - 2, 2.3, 1.7, (244, 244, 240))
                oval(fx + side - 0.7 * look, hy - 2, 1.4, 1.6, (40, 34, 30))
            if who.glasses:
                d.ellipse([*p(fx + side - 5, hy - 6.5), *p(fx + side + 5, hy + 2.5)], outline=(50, 48, 50), width=f)
        d.line([p(fx - 0.5, hy), p(fx - 1.6, hy + 5.5), p(fx + 0.8, hy + 6)], fill=_shade(who.skin, 0.78), width=f)
        oval(fx, hy + 12, 4.2, 0.9 + 2.0 * loudness, (134, 72, 66) if loudness > 0.12 else _shade(who.skin, 0.62))
        # the lectern, with a lamp and the back of a laptop
        lx, ly = LECTERN
        d.polygon(
            [p(lx - 18, ly + 4), p(lx + 112, ly + 4), p(lx + 106, ly + 118), p(lx - 12, ly + 118)], fill=(80, 55, 38)
        )
        d.polygon(
            [p(lx - 6, ly + 16), p(lx + 100, ly + 16), p(lx + 96, ly + 108), p(lx - 2, ly + 108)], fill=(88, 61, 43)
        )
        d.rectangle([*p(lx - 24, ly - 4), *p(lx + 118, ly + 6)], fill=(112, 80, 56))
        d.rounded_rectangle([*p(lx + 4, ly - 30), *p(lx + 50, ly - 3)], 2 * f, fill=(64, 66, 72))
        oval(lx + 27, ly - 16, 3, 3, (110, 112, 118))
        # near arm: from the lectern's edge to pointing at the slide
        rest, point = (lx + 4, ly - 6), (cx - 112, shoulder - 6 - 30 * height)
        wobble = 2.2 * math.sin(t * 2.3) * reach
        hand = (rest[0] + (point[0] - rest[0]) * reach, rest[1] + (point[1] - rest[1]) * max(reach, height) + wobble)
        start = (cx - 33, shoulder + 14)
        elbow = ((start[0] + hand[0]) / 2 - 4 + 6 * reach, (start[1] + hand[1]) / 2 + 20 * (1 - reach) + 8)
        limb([start, elbow, (hand[0] + 5, hand[1] + 2)], 16, lit)
        oval(hand[0], hand[1], 6.5, 5.5, who.skin)
        if reach > 0.6:
            limb([hand, (hand[0] - 10, hand[1] - 2)], 3.4, who.skin)
