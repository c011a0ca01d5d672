"""The documents themselves: the terms of use and the acceptable use policy, version by version, as data."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any


class TermsDocument(StrEnum):
    """Which document: the terms of use (R9) or the acceptable use policy (R15)."""

    EULA = "eula"
    AUP = "aup"


class WrongTerms(ValueError):
    """A file is not a version of a document; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of one document, as its file says it; `changes` tells in a sentence or two what is new in it."""

    document: TermsDocument
    version: int
    date: date
    title: str
    text: str
    requires_reacceptance: bool
    changes: str = ""

    @property
    def name(self) -> str:
        """What operators call it: eula-1."""
        return f"{self.document}-{self.version}"


_KINDS: Mapping[str, type] = {
    "document": str,
    "version": int,
    "date": date,
    "title": str,
    "text": str,
    "requires_reacceptance": bool,
    "changes": str,
}


def parse_terms(table: Mapping[str, Any]) -> Terms:
    """A version from the table of its file. Raises WrongTerms; a misspelt or a missing word is never passed over."""
    if wrong := sorted(set(table) ^ set(_KINDS)):
        raise WrongTerms(f"these words are missing or unknown: {', '.join(wrong)}")
    for word, kind in _KINDS.items():
        if type(table[word]) is not kind:
            raise WrongTerms(f"{word} must be given as {kind.__name__}")
    if table["document"] not in set(TermsDocument):
        raise WrongTerms(f"document must be one of {', '.join(TermsDocument)}")
    text = table["text"].strip()
    if table["version"] < 1 or not text or not table["title"].strip():
        raise WrongTerms("version begins at 1, and neither title nor text may be empty")
    return Terms(**{**table, "document": TermsDocument(table["document"]), "text": text})


def text_hash(text: str) -> str:
    """What an acceptance keeps of the very words that were accepted (R11)."""
    return hashlib.sha256(text.encode()).hexdigest()


class BlockKind(StrEnum):
    """What a part of a text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text, ready to be shown; a list has an entry for each line, the others one."""

    kind: BlockKind
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """The parts of a text in order. Nothing in it is ever markup."""
    found: list[Block] = []
    for part in text.split("\n\n"):
        lines = tuple(line.strip() for line in part.strip().splitlines() if line.strip())
        if not lines:
            continue
        if lines[0].startswith("## "):
            found.append(Block(BlockKind.HEADING, (lines[0][3:].strip(),)))
            lines = lines[1:]
        if lines and all(line.startswith("- ") for line in lines):
            found.append(Block(BlockKind.LIST, tuple(line[2:].strip() for line in lines)))
        elif lines:
            found.append(Block(BlockKind.PARAGRAPH, (" ".join(lines),)))
    return tuple(found)


class Change(StrEnum):
    """What became of a line from one version to the next."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of two versions laid over each other, without the marks of its kind."""

    change: Change
    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


def compare(before: str, after: str) -> tuple[Line, ...]:
    """Two texts laid over each other, line by line: what stayed, what went, what came."""
    old, new = _lines(before), _lines(after)
    found: list[Line] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_line(Change.SAME, line) for line in old[from_old:to_old]]
            continue
        found += [_line(Change.REMOVED, line) for line in old[from_old:to_old]]
        found += [_line(Change.ADDED, line) for line in new[from_new:to_new]]
    return tuple(found)


_MARKS = (("## ", BlockKind.HEADING), ("- ", BlockKind.LIST))


def _line(change: Change, line: str) -> Line:
    for mark, kind in _MARKS:
        if line.startswith(mark):
            return Line(change, line[len(mark) :].strip(), kind)
    return Line(change, line)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
