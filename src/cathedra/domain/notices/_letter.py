"""The letter itself: subject, plain text and HTML of one notice or of several."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from cathedra.domain.notices._filling import Translate, fill, said, sentences, subject
from cathedra.domain.notices._words import LetterId, Value, Wording
from cathedra.domain.terms import gettext_noop as _

MOST_LISTED = 40  # in one digest; the rest are on the site
_WIDTH = 76

_MIXED = _("Your summary: {count} notices")
_MORE = _("And {count} more, which you find on the site.")
_ALL = _("See all your notices")
_MUST = _("The rules of the service say that you must be told of this, so it cannot be switched off.")
_MAY = _("Choose which e-mails you get")
_OUTSIDE = _("You are sent this because the service knows this address as a contact.")


@dataclass(frozen=True, slots=True)
class Item:
    """One notice of a letter."""

    wording: Wording
    values: Mapping[str, Value]
    link: str
    other_link: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where links lead: `url` is the public address without a closing slash. `language` is the one that `translate` says
    things in, as HTML names it."""

    name: str
    url: str
    list_path: str = "/notices/"
    choices_path: str = "/account/notices/"
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is read: one subject, the same in two forms."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter with its address, as a mail server is given it."""

    id: LetterId
    address: str
    letter: Letter
    choices_url: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Paragraphs with their places open, and links."""

    title: str
    open_paragraphs: tuple[str, ...]
    values: Mapping[str, str]
    links: tuple[tuple[str, str], ...]


def compose(items: Sequence[Item], *, site: Site, is_outside: bool, translate: Translate) -> Letter:
    """The letter of one notice, or the digest of several. Values stay text in both forms; links are absolute."""
    titles = [subject(item.wording, item.values, translate) for item in items]
    title = titles[0] if len(items) == 1 else _digest_title(items, translate)
    shown = items[:MOST_LISTED]
    parts = [_part(item, line, site, translate) for item, line in zip(shown, titles, strict=False)]
    more = fill(translate(_MORE), {"count": str(len(items) - len(shown))}) if len(items) > len(shown) else ""
    ending = _ending(items, site, is_outside=is_outside, translate=translate)
    return Letter(title, _text(parts, more, ending), _html(title, parts, more, ending, site))


def _digest_title(items: Sequence[Item], translate: Translate) -> str:
    is_mixed = any(item.wording != items[0].wording for item in items)
    return fill(translate(_MIXED if is_mixed else items[0].wording.digest), {"count": str(len(items))})


def _part(item: Item, title: str, site: Site, translate: Translate) -> _Part:
    links = ((item.wording.button, item.link), (item.wording.other_button, item.other_link))
    told = tuple((translate(words), site.url + path) for words, path in links if words and path)
    values = said(item.values, translate)
    return _Part(title, sentences(item.wording, values, translate), values, told)


def _ending(
    items: Sequence[Item], site: Site, *, is_outside: bool, translate: Translate
) -> tuple[tuple[str, str], ...]:
    """Lines at the foot: words, and an address or nothing."""
    if is_outside:
        return ((translate(_OUTSIDE), ""),)
    lines = [(translate(_ALL), site.url + site.list_path)] if len(items) > 1 else []
    if all(item.wording.is_must for item in items):
        return (*lines, (translate(_MUST), ""))
    return (*lines, (translate(_MAY), site.url + site.choices_path))


def _text(parts: Sequence[_Part], more: str, ending: Sequence[tuple[str, str]]) -> str:
    blocks: list[str] = []
    for part in parts:
        if len(parts) > 1:
            blocks.append(_wrapped(f"* {part.title}"))
        else:
            blocks += [_wrapped(fill(text, part.values)) for text in part.open_paragraphs]
        blocks += [f"{words}:\n{url}" for words, url in part.links]
    blocks += [more] if more else []
    foot = [f"{words}:\n{url}" if url else _wrapped(words) for words, url in ending]
    return "\n\n".join((*blocks, "-- \n" + "\n\n".join(foot))) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_BODY = f"margin:0;padding:24px 12px;background:#f4f5f7;color:#1c2430;font-size:16px;line-height:1.5;{_FONT}"
_CARD = "max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #d9dde3;border-radius:10px"
_BUTTON = (
    "display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border-radius:8px;background:#1f4e9e;"
    "border:1px solid #1f4e9e;color:#ffffff;font-weight:600;text-decoration:none"
)
_SECOND = _BUTTON.replace("background:#1f4e9e", "background:#ffffff").replace("color:#ffffff", "color:#1f4e9e")
_FOOT = "max-width:560px;margin:16px auto 0;color:#5a6472;font-size:13px"


def _html(title: str, parts: Sequence[_Part], more: str, ending: Sequence[tuple[str, str]], site: Site) -> str:
    """Nothing in it is fetched from anywhere; it reads well with styles ignored."""
    inside = _one_html(title, parts[0]) if len(parts) == 1 else _many_html(title, parts, more)
    foot = "".join(
        f'<p style="margin:0 0 8px">{_anchor(words, url, "color:#5a6472") if url else escape(words)}</p>'
        for words, url in ending
    )
    return (
        f'<!doctype html>\n<html lang="{escape(site.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head>\n"
        f'<body style="{_BODY}">\n<div style="{_CARD}">\n'
        f'<p style="margin:0 0 16px;color:#5a6472;font-size:13px">{escape(site.name)}</p>\n{inside}</div>\n'
        f'<div style="{_FOOT}">{foot}</div>\n</body></html>\n'
    )


def _one_html(title: str, part: _Part) -> str:
    told = "".join(f'<p style="margin:0 0 14px">{_dressed(text, part.values)}</p>\n' for text in part.open_paragraphs)
    buttons = "".join(
        _anchor(words, url, _SECOND if place else _BUTTON) for place, (words, url) in enumerate(part.links)
    )
    return _heading(title) + told + (f'<p style="margin:20px 0 0">{buttons}</p>\n' if buttons else "")


def _many_html(title: str, parts: Sequence[_Part], more: str) -> str:
    rows = "".join(
        f'<li style="margin:0 0 14px"><bdi>{escape(part.title)}</bdi><br>'
        f"{' · '.join(_anchor(words, url, 'color:#1f4e9e') for words, url in part.links)}</li>\n"
        for part in parts
    )
    rest = f'<p style="margin:14px 0 0">{escape(more)}</p>\n' if more else ""
    return f'{_heading(title)}<ul style="margin:0;padding:0 0 0 20px">\n{rows}</ul>\n{rest}'


def _heading(title: str) -> str:
    return f'<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3"><bdi>{escape(title)}</bdi></h1>\n'


def _anchor(words: str, url: str, style: str) -> str:
    return f'<a href="{escape(url)}" style="{style}">{escape(words)}</a>'


def _dressed(sentence: str, values: Mapping[str, str]) -> str:
    return fill(escape(sentence, quote=False), values, dress=lambda value: f"<bdi>{escape(value)}</bdi>")
