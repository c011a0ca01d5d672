"""Words are read off pictures by whatever is installed, in a limited process."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from cathedra.adapters import ocr
from cathedra.domain.library import read_slide
from cathedra.domain.terms import UnableTo

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("ocr") / "slide.jpg"
    page = Image.new("RGB", (640, 360), (255, 255, 255))
    draw, folder = ImageDraw.Draw(page), "/usr/share/fonts/truetype/dejavu/"
    draw.text((20, 16), "The second law", font=ImageFont.truetype(folder + "DejaVuSans-Bold.ttf", 34), fill=(0, 40, 90))
    for number, words in enumerate(("Entropy never decreases", "in an isolated system")):
        draw.text(
            (30, 110 + 50 * number), words, font=ImageFont.truetype(folder + "DejaVuSans.ttf", 22), fill=(20, 20, 20)
        )
    page.save(path, quality=92)
    return path


def test_a_slide_is_read_with_its_title_by_what_is_installed(picture):
    reader = ocr.find_reader()
    if reader is None:
        pytest.skip("neither the extra `slides` nor Tesseract is installed: slides have no words then")
    done = []
    (page,) = reader.read([picture], on_read=done.append)
    read = read_slide(page.lines, width=page.width, height=page.height)
    assert (page.width, page.height) == (640, 360)
    assert read.title == "The second law", (reader.name, read)
    assert read.text.splitlines() == ["The second law", "Entropy never decreases", "in an isolated system"]
    assert read.confidence > 0.7
    assert done == [1]
    assert reader.read([], on_read=done.append) == []


def test_a_reader_that_dies_is_an_error_and_not_an_empty_slide(picture):
    with pytest.raises(UnableTo, match="Reading a slide ended with 1"):
        ocr.Tesseract(Path("/bin/false")).read([picture], on_read=lambda done: None)


def test_tesseracts_table_is_put_together_to_lines():
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        head,
        "1\t1\t0\t0\t0\t0\t0\t0\t640\t360\t-1\t",
        "5\t1\t1\t1\t1\t1\t20\t16\t60\t30\t96.5\tThe",
        "5\t1\t1\t1\t1\t2\t90\t16\t60\t30\t90.5\tlaw",
        "5\t1\t1\t1\t1\t3\t500\t16\t60\t30\t91\tfar",
        "5\t1\t1\t1\t2\t1\t20\t80\t60\t30\t12\tnoise",
        "5\t1\t2\t1\t1\t1\t20\t120\t60\t20\t80\tbelow",
        "torn",
    ]
    page = ocr.tesseract_page(rows)
    assert (page.width, page.height) == (640, 360)
    assert [line.text for line in page.lines] == ["The law", "far", "below"]
    assert page.lines[0] == ocr.Line("The law", 20, 16, 130, 30, 0.935)
