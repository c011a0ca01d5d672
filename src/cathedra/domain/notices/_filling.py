"""Sentences with their places filled, and text of strangers made harmless for lines and headers."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cathedra.domain.notices._words import Phrase, Value, Wording, WrongNotice

Translate = Callable[[str | date], str]  # of a sentence, a day or an instant, in the words of whoever reads

_PLACE = re.compile(r"\{(\w+)\}")
_LINK = re.compile(r"/(?![/\\])[!-~]{0,1999}")  # a path of ours: never another host, never a line break
_UNSEEN = ("Cf", "Cs", "Co")  # direction overrides among them: they would turn the rest of the line round
_JOINERS = "\u200c\u200d"  # words of some languages need them
_SUBJECT_VALUE = 90
_VALUE = 2000


def places(wording: Wording) -> frozenset[str]:
    """Every place that the sentences of a wording have."""
    return frozenset(place for text in (wording.subject, *wording.paragraphs, wording.way_on) for place in _in(text))


def check(wording: Wording, values: Mapping[str, Value], link: str) -> None:
    """Raise WrongNotice unless the values are exactly the wording's places and the link is a path of this site."""
    wanted = places(wording)
    if missing := wanted - set(values):
        raise WrongNotice(f"The wording also needs: {', '.join(sorted(missing))}.")
    if unknown := set(values) - wanted:
        raise WrongNotice(f"The wording has no place for: {', '.join(sorted(unknown))}.")
    if link and not _LINK.fullmatch(link):
        raise WrongNotice(f"{link!r} is not a path of this site.")


def kept(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values as they are stored: text as text, sentences of ours untranslated, days and instants as such (R229)."""
    return {place: _kept(value) for place, value in values.items()}


def _kept(value: Value) -> Any:
    if isinstance(value, Phrase):
        return {"sentence": value.sentence, "values": kept(value.values)}
    if isinstance(value, date):
        return {"instant" if isinstance(value, datetime) else "day": value.isoformat()}
    return value if isinstance(value, str) else [_kept(part) for part in value]


def read_back(stored: Mapping[str, Any]) -> dict[str, Value]:
    """Values from how they are stored."""
    return {place: _read_back(value) for place, value in stored.items()}


def _read_back(value: Any) -> Any:
    if isinstance(value, Mapping):
        if "instant" in value:
            return datetime.fromisoformat(value["instant"])
        return (
            date.fromisoformat(value["day"]) if "day" in value else Phrase(value["sentence"], _texts(value["values"]))
        )
    return value if isinstance(value, str) else tuple(_read_back(part) for part in value)


def _texts(stored: Mapping[str, Any]) -> dict[str, str | date]:
    return {place: _read_back(value) for place, value in stored.items()}


def said(values: Mapping[str, Value], translate: Translate) -> dict[str, str]:
    """Values as their reader gets them: every sentence of ours, day and instant in the words of `translate`."""
    return {place: _said(value, translate) for place, value in values.items()}


def _said(value: Value, translate: Translate) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return translate(value)
    if isinstance(value, Phrase):
        return fill(translate(value.sentence), said(value.values, translate))
    return " ".join(_said(one, translate) for one in value)


def plain(value: str, *, limit: int = _VALUE) -> str:
    """A value as one line of plain text: no line breaks, no control or direction characters, not endless."""
    kept = "".join(" " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in value)
    kept = "".join(letter for letter in kept if letter in _JOINERS or unicodedata.category(letter) not in _UNSEEN)
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def fill(
    sentence: str, values: Mapping[str, str], *, limit: int = _VALUE, dress: Callable[[str], str] | None = None
) -> str:
    """A sentence with its values in their places, each dressed first. A value is never read as a place itself."""

    def put(place: re.Match[str]) -> str:
        value = plain(values.get(place[1], place[0]), limit=limit)
        return dress(value) if dress else value

    return _PLACE.sub(put, sentence)


def subject(wording: Wording, values: Mapping[str, Value], translate: Translate) -> str:
    """One line: the subject of its e-mail, and its line in the list on the site."""
    return fill(translate(wording.subject), said(values, translate), limit=_SUBJECT_VALUE)


def paragraphs(wording: Wording, values: Mapping[str, Value], translate: Translate) -> tuple[str, ...]:
    """What happened and why, then what to do next; what has nothing to say is left out."""
    told = said(values, translate)
    return tuple(fill(text, told) for text in sentences(wording, told, translate))


def sentences(wording: Wording, values: Mapping[str, str], translate: Translate) -> tuple[str, ...]:
    """The same, with their places still open."""
    told = (*wording.paragraphs, wording.way_on)
    return tuple(translate(text) for text in told if _says_something(text, values))


def _says_something(text: str, values: Mapping[str, str]) -> bool:
    named = _in(text)
    return not named or any(plain(values.get(place, "")) for place in named)


def _in(text: str) -> list[str]:
    return _PLACE.findall(text)
