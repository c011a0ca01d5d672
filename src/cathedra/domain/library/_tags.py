"""Tags: a few short words that a recording is found by, as people who made it would say them."""

from collections.abc import Iterable

from cathedra.domain.library._recordings import clean_name

TAG_LIMIT = 50  # letters
TAGS_LIMIT = 20


def clean_tags(given: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, without # and commas, each once whatever its capitals, in their order."""
    kept: dict[str, str] = {}
    for one in given:
        for part in one.split(","):
            tag = clean_name(part).lstrip("#").strip()[:TAG_LIMIT].rstrip()
            if tag:
                kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())
