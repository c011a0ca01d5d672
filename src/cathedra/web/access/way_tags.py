"""What templates say about levels and ways of access."""

from django import template

from cathedra.domain.access import Audience, SharingLevel, Way
from cathedra.web import refusals, words
from cathedra.web.page_tags import at_time

register = template.Library()


@register.filter
def level_word(level: str) -> str:
    """How a sharing level is called, with what it means."""
    return str(words.LEVELS[SharingLevel(level)])


@register.filter
def standing_word(way: Way) -> str:
    """As what somebody is let in."""
    return str(words.STANDINGS[way.standing])


@register.filter
def way_sentence(way: Way) -> str:
    """What gives it."""
    return refusals.fill(str(words.WAYS[way.path]), {"through": way.through, "until": at_time(way.until)})


@register.filter
def audience_word(audience: Audience) -> str:
    """Whom a level lets in."""
    return str(words.AUDIENCES[audience])
