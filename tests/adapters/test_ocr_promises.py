"""One suite for the scripted reader of slides that the tests of actions use and for what is installed."""

import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from cathedra.adapters.ocr import Page, Rapid, Reader, Tesseract
from cathedra.domain.library import Line, read_slide
from tests.fakes.slides import ScriptedReader
from tests.promises import differences, files_below, methods

SAID = [("Entropy", "a measure of disorder"), ("Heat", "energy in transit"), ("", "")]
SIZE = (1280, 720)
PROGRAM = shutil.which("tesseract")
HAS_RAPID = all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2"))


@dataclass(frozen=True)
class Bench:
    """A reader, and pictures that say what is in SAID."""

    reader: Reader
    pictures: list[Path]


def _drawn(path: Path, title: str, body: str) -> None:
    page = Image.new("RGB", SIZE, (255, 255, 255))
    draw, folder = ImageDraw.Draw(page), "/usr/share/fonts/truetype/dejavu/"
    draw.text((40, 20), title, font=ImageFont.truetype(folder + "DejaVuSans-Bold.ttf", 60), fill=(0, 0, 0))
    draw.text((40, 200), body, font=ImageFont.truetype(folder + "DejaVuSans.ttf", 40), fill=(0, 0, 0))
    page.save(path, quality=92)


def _skipping(has_it: object, name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow, pytest.mark.skipif(not has_it, reason=f"{name} is not installed: it is not tried")]


@pytest.fixture(
    params=[
        "scripted",
        pytest.param("tesseract", marks=_skipping(PROGRAM, "Tesseract")),
        pytest.param("rapid", marks=_skipping(HAS_RAPID, "The extra `slides`")),
    ]
)
def bench(request, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    pictures = [tmp_path / f"{number}.jpg" for number in range(len(SAID))]
    for picture, said in zip(pictures, SAID, strict=True):
        if request.param == "scripted":
            picture.write_bytes(b"a picture")
        else:
            _drawn(picture, *said)
    made = {"scripted": lambda: ScriptedReader(SAID), "tesseract": lambda: Tesseract(Path(PROGRAM)), "rapid": Rapid}
    return Bench(made[request.param](), pictures)


def test_all_are_called_as_the_actions_call_them():
    assert differences(Reader, ScriptedReader, Tesseract, Rapid) == []
    assert methods(Reader) == ["read"]


def test_a_page_comes_of_each_picture_in_order_with_its_lines_where_they_are(bench, tmp_path):
    before = files_below(tmp_path)
    done = []
    pages = bench.reader.read(bench.pictures, on_read=done.append)
    assert done == [1, 2, 3]
    assert bench.reader.name
    assert isinstance(pages, list)
    assert all(isinstance(page, Page) and isinstance(page.lines, tuple) for page in pages)
    assert [(page.width, page.height) for page in pages] == [SIZE] * 3
    for line in [line for page in pages for line in page.lines]:
        assert isinstance(line, Line)
        assert line.text == line.text.strip() != ""
        assert 0 < line.confidence <= 1
        assert -1 <= line.x < line.x + line.width <= SIZE[0] + 1
        assert -1 <= line.y < line.y + line.height <= SIZE[1] + 1
    read = [read_slide(page.lines, width=page.width, height=page.height) for page in pages]
    assert [(one.title, one.text) for one in read] == [(a, f"{a}\n{b}".strip()) for a, b in SAID]
    again = bench.reader.read(bench.pictures[:2], on_read=lambda done: None)
    assert again == pages[:2], "it may be repeated"
    assert files_below(tmp_path) == before


def test_of_no_picture_there_is_no_page(bench):
    done = []
    assert bench.reader.read([], on_read=done.append) == []
    assert done == []


def test_a_picture_that_is_gone_is_no_empty_page(bench, tmp_path):
    with pytest.raises(FileNotFoundError):
        bench.reader.read([bench.pictures[0], tmp_path / "gone.jpg"], on_read=lambda done: None)


def test_whoever_hears_of_the_progress_can_stop_it(bench):
    def stop(done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        bench.reader.read(bench.pictures, on_read=stop)
