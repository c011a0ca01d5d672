"""Template tags of every page: built assets, icons, times and lengths for people."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

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


@register.simple_tag
def vite(name: str) -> SafeString:
    """The style sheets and the script of one entry of vite.config.ts, with what it imports fetched early.

    Only external files of our own origin, so the content security policy needs no nonce for them.
    """
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
        format_html('<script type="module" src="{}"></script>', static(f"build/{chunks[0]['file']}")),
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
