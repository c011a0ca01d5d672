"""A camera, a reader and a deck reader that follow a script, for tests of what is done with what they find.

tests/adapters/test_slides_promises.py, test_ocr_promises.py and test_deck_promises.py hold them and the real ones to the
same."""

from dataclasses import dataclass, field

from cathedra.adapters.deck import DeckFile
from cathedra.adapters.ocr import Page
from cathedra.domain.encoding.slides import Shot
from cathedra.domain.library import DeckProblem, Line
from cathedra.domain.terms import UnableTo


@dataclass
class ScriptedCamera:
    """Finds the shots that it was told to; `during` is called in the middle of looking."""

    shots: list[Shot]
    during: object = None
    looked: list[str] = field(default_factory=list)

    def find_slides(self, rendition, *, size, duration_ms, on_progress):
        if not rendition.exists():
            raise UnableTo("Looking for slides ended without a file to look at.")
        self.looked.append(rendition.read_text())
        on_progress(0.5)
        if self.during:
            self.during()
        on_progress(1.0)
        return list(self.shots)

    def take_picture(self, rendition, to, *, at_ms):
        to.unlink(missing_ok=True)
        if not rendition.exists():
            return False
        to.write_text(f"{rendition.read_text()} at {at_ms}")
        return True


@dataclass
class ScriptedReader:
    """Reads these lines, a title and a body of each picture."""

    pages: list[tuple[str, str]]
    name: str = "scripted 1"

    def read(self, pictures, *, on_read):
        read = []
        for number, picture in enumerate(pictures):
            picture.stat()
            title, body = self.pages[number]
            lines = (Line(title, 40, 20, 400, 50, 0.9), Line(body, 40, 200, 400, 25, 0.8))
            read.append(Page(tuple(line for line in lines if line.text), 1280, 720))
            on_read(number + 1)
        return read


@dataclass
class ScriptedDecks:
    """Finds this in every deck, or fails like that."""

    found: DeckFile = field(default_factory=lambda: DeckFile((), DeckProblem.NO_TEXT))
    fault: Exception | None = None
    calls: int = 0

    def read(self, path):
        path.stat()
        self.calls += 1
        if self.fault:
            raise self.fault
        return self.found
