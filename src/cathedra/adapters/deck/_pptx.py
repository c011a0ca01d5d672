"""The text of a PPTX, slide by slide: a ZIP of XML, of which only the slides are opened and nothing is expanded."""

import posixpath
import zipfile
from typing import BinaryIO
from xml.parsers import expat

from cathedra.domain.library import PAGES_LIMIT, DeckProblem

_MOST_PARTS = 50_000
_MOST_PART_BYTES = 24 * 1024**2
_MOST_BYTES = 160 * 1024**2
_SHOW = "ppt/presentation.xml"
_LINKS = "ppt/_rels/presentation.xml.rels"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main "
_DECK = "http://schemas.openxmlformats.org/presentationml/2006/main "
_LINK_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_TITLES = frozenset({"title", "ctrTitle"})

Found = list[tuple[str, str]] | DeckProblem


class Refused(Exception):
    """It is larger than a deck is, or its XML declares things."""


def pages(file: BinaryIO) -> Found:
    """Text and title of each slide that is shown, in the order of the show."""
    try:
        with zipfile.ZipFile(file) as archive:
            if len(archive.infolist()) > _MOST_PARTS:
                return DeckProblem.TOO_COSTLY
            if _SHOW not in archive.namelist():
                return DeckProblem.NOT_A_DECK
            return _slides(_Parts(archive))
    except Refused:
        return DeckProblem.TOO_COSTLY
    # What the two libraries raise for archives that are cut short, encrypted or packed in a way they do not know.
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, ValueError, NotImplementedError, RuntimeError, OSError):
        return DeckProblem.BROKEN


class _Parts:
    """Parts of the archive, read within a budget whatever their headers promise."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = _MOST_BYTES

    def read(self, name: str) -> bytes:
        most = min(self._left, _MOST_PART_BYTES)
        with self._archive.open(name) as part:
            data = part.read(most + 1)
        if len(data) > most:
            raise Refused(name)
        self._left -= len(data)
        return data


def _slides(parts: _Parts) -> Found:
    order = _Elements(f"{_DECK}sldId")
    order.parse(parts.read(_SHOW))
    links = _Elements("http://schemas.openxmlformats.org/package/2006/relationships Relationship")
    links.parse(parts.read(_LINKS))
    targets = {link["Id"]: link["Target"] for link in links.found if link.get("TargetMode") != "External"}
    if len(order.found) > PAGES_LIMIT:
        return DeckProblem.TOO_MANY_PAGES
    shown = []
    for slide in order.found:
        text = _Words()
        text.parse(parts.read(posixpath.normpath(posixpath.join("/ppt", targets[slide[_LINK_ID]])).lstrip("/")))
        if not text.is_hidden:
            shown.append(("\n".join(text.lines), " ".join(text.title)))
    return shown


class _Xml:
    """A reader of XML that takes no declarations: no entity, no document type."""

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.Parse(data, True)

    def _refuse(self, *_said: object) -> None:
        raise Refused("a declaration")

    def begin(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Text between tags."""


class _Elements(_Xml):
    """What the elements of one name say of themselves."""

    def __init__(self, name: str) -> None:
        self.found: list[dict[str, str]] = []
        self._name = name

    def begin(self, name: str, given: dict[str, str]) -> None:
        if name == self._name:
            self.found.append(given)


class _Words(_Xml):
    """Paragraphs of a slide, and those of its title."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.title: list[str] = []
        self.is_hidden = False
        self._line: list[str] = []
        self._is_text = self._is_title = False

    def begin(self, name: str, given: dict[str, str]) -> None:
        if name == f"{_DECK}sld":
            self.is_hidden = given.get("show") in ("0", "false")
        elif name == f"{_DECK}sp":
            self._is_title = False
        elif name == f"{_DECK}ph":
            self._is_title = given.get("type") in _TITLES
        elif name == f"{_DRAWING}t":
            self._is_text = True
        elif name == f"{_DRAWING}br":
            self._line.append(" ")

    def words(self, text: str) -> None:
        if self._is_text:
            self._line.append(text)

    def end(self, name: str) -> None:
        if name == f"{_DRAWING}t":
            self._is_text = False
        elif name == f"{_DRAWING}p":
            line = " ".join("".join(self._line).split())
            self._line = []
            if line:
                self.lines.append(line)
                if self._is_title:
                    self.title.append(line)
        elif name == f"{_DECK}sp":
            self._is_title = False
