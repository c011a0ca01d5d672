"""What people are told of captions: languages by name, who made them, how far the engine is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from cathedra import wiring
from cathedra.db.reads import captions as reads
from cathedra.domain import library
from cathedra.domain.library import AnalysisState, CaptionOrigin
from cathedra.domain.terms import RecordingId
from cathedra.web import refusals

ORIGINS: Mapping[CaptionOrigin, tuple[str, str]] = {
    CaptionOrigin.AUTOMATIC: (gettext_lazy("Automatic"), "captions"),
    CaptionOrigin.EDITED: (gettext_lazy("Written or corrected by a person"), "pencil"),
    CaptionOrigin.UPLOADED: (gettext_lazy("Uploaded"), "upload"),
}

_MORE = {  # taught at universities, and not among those that Django is translated into
    "am": gettext_noop("Amharic"),
    "bo": gettext_noop("Tibetan"),
    "grc": gettext_noop("Ancient Greek"),
    "ku": gettext_noop("Kurdish"),
    "la": gettext_noop("Latin"),
    "mt": gettext_noop("Maltese"),
    "ps": gettext_noop("Pashto"),
    "sa": gettext_noop("Sanskrit"),
    "si": gettext_noop("Sinhala"),
    "so": gettext_noop("Somali"),
    "yi": gettext_noop("Yiddish"),
    "yo": gettext_noop("Yoruba"),
    "yue": gettext_noop("Cantonese"),
    "zu": gettext_noop("Zulu"),
}
_LEAST_PERCENT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """The captions of a language as a list shows them; `url` is what players read."""

    row: reads.TrackRow
    name: str
    label: str
    origin: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class Seen:
    """The captions of a recording, for somebody."""

    lines: tuple[Line, ...]
    state: AnalysisState | None
    percent: int | None
    problem: str
    left_s: int | None = None
    shows_automatic: bool = True

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that they may read."""
        return tuple(line.row.language for line in self.lines)

    @property
    def is_moving(self) -> bool:
        return self.state in (AnalysisState.WAITING, AnalysisState.RUNNING)


def seen(recording_id: RecordingId, *, can_edit: bool, shows_automatic: bool | None = None) -> Seen:
    """For a person whom the access rule let in. Viewers see automatic ones where the folder, or else the site, shows
    them (R208)."""
    media_id = reads.media_of(recording_id)
    rows, found = reads.list_tracks(media_id), reads.find_listening(media_id)
    wanted = reads.shows_automatic(recording_id) if shows_automatic is None else shows_automatic
    shown_to_viewers = wiring.configuration().speech.shows_automatic if wanted is None else wanted
    shown = [row for row in rows if can_edit or shown_to_viewers or row.origin is not CaptionOrigin.AUTOMATIC]
    return Seen(
        lines=tuple(_line(recording_id, row) for row in shown),
        state=found.state if found else None,
        percent=found.percent if found else None,
        problem=refusals.fill(found.problem, {}) if found and can_edit else "",
        left_s=seconds_left(found.percent, found.since) if found and found.state is AnalysisState.RUNNING else None,
        shows_automatic=can_edit or shown_to_viewers,
    )


def seconds_left(percent: int | None, since: datetime) -> int | None:
    """How long it goes on as fast as it went so far; None while too little is done to say."""
    if not percent or percent < _LEAST_PERCENT:
        return None
    return round((timezone.now() - since).total_seconds() * (100 - percent) / percent)


def _line(recording_id: RecordingId, row: reads.TrackRow) -> Line:
    origin, icon = ORIGINS[row.origin]
    url = f"/stream/{recording_id}/captions-{row.language.lower()}.vtt?v={row.version}"
    return Line(row, language_name(row.language), label(row.language, row.origin), str(origin), icon, url)


def label(language: str, origin: CaptionOrigin) -> str:
    """What a menu says: automatic captions are called so (R208)."""
    name = language_name(language)
    return _("%(language)s (automatic)") % {"language": name} if origin is CaptionOrigin.AUTOMATIC else name


def languages(known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Those that captions can be begun in, as BCP 47 has them, by their names for the reader; and the `known` ones."""
    codes = {library.clean_language(code) for code, about in LANG_INFO.items() if "name_local" in about}
    names = {code: _reader_name(code) for code in (codes | _MORE.keys() | set(known)) - {""}}
    return sorted(names.items(), key=lambda one: one[1].casefold())


def _reader_name(language: str) -> str:
    """In the reader's language, with what its own readers call it where that is another word."""
    own = language_name(language)
    said = LANG_INFO.get(language.lower(), {}).get("name") or _MORE.get(language)
    name = gettext(said) if said else own
    return name if name.casefold() == own.casefold() else f"{name} ({own})"


def language_name(language: str) -> str:
    """As its readers call it; the code where we do not know that."""
    for code in (language.lower(), language.split("-")[0].lower()):
        if name := LANG_INFO.get(code, {}).get("name_local"):
            is_kind = code != language.lower()
            return f"{name[:1].upper()}{name[1:]}" + (f" ({language})" if is_kind else "")
    return gettext(_MORE[language]) if language in _MORE else language
