"""Template tags of every page: built assets, icons, times and lengths for people."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext

from cathedra import wiring
from cathedra.db.reads.library import RecordingRow
from cathedra.domain.library import FolderKind, State
from cathedra.domain.retention import WHY_SENTENCES, Why
from cathedra.web import refusals, words

register = template.Library()
_here = Path(__file__).parent
_MANIFEST = _here / "static/build/.vite/manifest.json"


class FrontEndNotBuilt(Exception):
    """The built front end is missing: run `make build`, or install the wheel."""


@cache
def _read_manifest(changed_at: float) -> Mapping[str, Any]:
    return json.loads(_MANIFEST.read_text())


def _manifest() -> Mapping[str, Any]:
    try:
        return _read_manifest(_MANIFEST.stat().st_mtime)
    except FileNotFoundError as error:
        raise FrontEndNotBuilt(f"{_MANIFEST} is missing.") from error


def _chunks(manifest: Mapping[str, Any], key: str, seen: set[str]) -> Iterator[Mapping[str, Any]]:
    if key in seen:
        return
    seen.add(key)
    yield manifest[key]
    for needed in manifest[key].get("imports", ()):
        yield from _chunks(manifest, needed, seen)


@register.simple_tag(takes_context=True)
def vite(context: Mapping[str, Any], name: str) -> SafeString:
    """The style sheets and the script of one entry of vite.config.ts, with what it imports fetched early.

    The script carries the page's nonce: our own origin is allowed anyway, but a component that makes style sheets of
    its own finds the nonce there.
    """
    nonce = getattr(context.get("request"), "csp_nonce", "")
    manifest = _manifest()
    entry = next((key for key, chunk in manifest.items() if chunk.get("isEntry") and chunk["name"] == name), None)
    if entry is None:
        raise FrontEndNotBuilt(f"vite.config.ts built no entry called {name!r}.")
    chunks = list(_chunks(manifest, entry, set()))
    sheets = [static(f"build/{path}") for chunk in chunks for path in chunk.get("css", ())]
    parts = (
        format_html_join("\n", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets)),
        format_html_join(
            "\n",
            '<link rel="modulepreload" href="{}">',
            ((static(f"build/{chunk['file']}"),) for chunk in chunks[1:]),
        ),
        format_html('<script type="module" src="{}" nonce="{}"></script>', static(f"build/{chunks[0]['file']}"), nonce),
    )
    return mark_safe("\n".join(part for part in parts if part))  # noqa: S308 - every part was formatted above


@cache
def _shapes(name: str) -> SafeString:
    text = (_here / "icons" / f"{name}.svg").read_text()
    return mark_safe(text[text.index("<svg ") + 5 :].strip())  # noqa: S308 - a file of ours


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of Lucide as inline SVG: decoration, unless `label` gives it a name. `size`: "s", "l" or "xl"."""
    kind = format_html("icon icon-{}", size) if size else "icon"
    if label:
        return format_html('<svg role="img" aria-label="{}" class="{}" {}', label, kind, _shapes(name))
    return format_html('<svg aria-hidden="true" class="{}" {}', kind, _shapes(name))


@register.filter
def clock(length_ms: int | None) -> str:
    """A length as on a player: 4:05, 1:02:03."""
    if length_ms is None:
        return ""
    seconds = round(length_ms / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@register.filter
def spoken(length_ms: int | None) -> str:
    """A length in words, for people who hear it: 1 hour 2 minutes."""
    seconds = round((length_ms or 0) / 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    if not parts:
        parts.append(ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds})
    return " ".join(parts)


@register.filter
def on_day(instant: datetime | None) -> str:
    """An absolute date with the day, in the site's time zone: Mon 31 Aug 2026."""
    return _day(localtime(instant).date(), get_language()) if instant else ""


@lru_cache(maxsize=2000)  # a page of recordings names the same few days again and again
def _day(day: date, language: str | None) -> str:
    return wiring.in_words(day)


@register.filter
def at_time(instant: datetime | None) -> str:
    """The same with the time: Mon 31 Aug 2026, 14:05."""
    return wiring.in_words(instant) if instant else ""


@register.filter
def row_day(row: RecordingRow) -> str:
    """The day of a recording in a list; of what a room is to record, or missed, when: that tells those of a series
    apart."""
    return at_time(row.scheduled_at) if row.scheduled_at else on_day(row.recorded_at)


@register.filter
def percent_of(part_ms: int, whole_ms: int | None) -> int:
    """A part as whole per cent; 0 when the whole is not known."""
    return min(100, round(100 * part_ms / whole_ms)) if whole_ms else 0


@register.filter
def filled(text: str, values: Mapping[str, object]) -> str:
    """A sentence for people with its values in their places; the template escapes the result."""
    return refusals.fill(text, values)


@register.filter
def sentence(text: str) -> str:
    """A sentence for people that has no values."""
    return refusals.fill(text, {})


@register.filter
def why_sentence(why: Why) -> str:
    """Why a run leaves something alone."""
    return refusals.fill(WHY_SENTENCES[why], {})


@register.filter
def state_mark(state: State) -> words.Mark:
    """How a state is called and drawn."""
    return words.STATES[state]


@register.simple_tag
def state_badge(state: State, percent: int | None = None, phase: str = "") -> SafeString:
    """A state as its badge; while something moves, with how far it is, and of what is recorded its phase. Made here
    because lists hold many."""
    mark = words.PHASES.get(phase, words.STATES[state])
    told = format_html("{} {} %", mark.word, percent) if mark.tone == "busy" and percent is not None else mark.word
    return format_html(
        '<span class="badge badge-{}">{}{}</span>', mark.tone or "plain", icon(mark.icon, size="s"), told
    )


@register.filter
def folder_mark(kind: FolderKind) -> words.Mark:
    """How a kind of folder is called and drawn."""
    return words.FOLDERS[kind]


_NOBODYS = "00000000-0000-0000-0000-000000000000"


@cache
def _recording_address() -> str:
    return reverse("recording", args=[_NOBODYS])


@register.filter
def recording_address(recording_id: UUID) -> str:
    """The address of a recording's page, as `url` says it: looked up once, because lists hold many."""
    return _recording_address().replace(_NOBODYS, str(recording_id))


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: str) -> str:
    """This page's query with some values changed; an empty value leaves its name out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
        if not value:
            del query[name]
    return "?" + query.urlencode()


@register.simple_tag
def first_error(form: Any) -> str:
    """The id of the first field with an error, for the summary's link."""
    return next((form[name].id_for_label for name in form.errors if name in form.fields), "")


@register.filter
def control(field: Any) -> SafeString:
    """The control of a form's field, tied by id to its hint and its error."""
    attrs: dict[str, Any] = {"class": "" if field.widget_type == "checkbox" else "input"}
    attrs["placeholder"] = False  # the label says it, and stays
    told_by = [f"{field.auto_id}_hint"] if field.help_text else []
    if field.errors:
        attrs["aria-invalid"] = "true"
        told_by.append(f"{field.auto_id}_error")
    if told_by:
        attrs["aria-describedby"] = " ".join(told_by)
    return field.as_widget(attrs=attrs)


@register.filter
def roughly(seconds: int | None) -> str:
    """A time to wait, as people say it: 20 seconds, 3 minutes, 2 hours."""
    left = max(0, seconds or 0)
    if left < 50:
        count = max(5, round(left / 5) * 5)
        return ngettext("%(count)d second", "%(count)d seconds", count) % {"count": count}
    if left < 3600 * 1.5:
        count = max(1, round(left / 60))
        return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
    count = round(left / 3600)
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


@register.filter
def dropped_sentence(part: Mapping[str, Any]) -> str:
    """Which input was left out, and why (R59)."""
    told = refusals.fill(part["sentence"], part.get("values", {}))
    return f"{part['name']}: {told}" if part.get("name") else told


@register.filter
def unlocalised(number: int) -> str:
    """A number for a program: no separators."""
    return str(number)


@register.filter
def day_word(day: date) -> str:
    """A date without a time, as `on_day`."""
    return _day(day, get_language())


@register.filter
def size(count_bytes: int) -> str:
    """An amount of data, as people say it: 640 KB, 3.4 GB, 50 GB."""
    amount, unit = float(count_bytes), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            break
        amount /= 1024
    return f"{amount:.1f} {unit}" if amount < 10 and amount != int(amount) else f"{amount:.0f} {unit}"
