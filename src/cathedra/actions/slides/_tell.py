"""Tell people what became of a deck (N8), inside the transaction that puts it away."""

from datetime import datetime

from cathedra.db.reads import slides as reads
from cathedra.db.writes import notices
from cathedra.domain.library import DeckProblem, deck_sentence
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.terms import RecordingId
from cathedra.domain.terms import gettext_noop as _

_STAYS = (Phrase(_("The slides file that was added before it stays.")),)


def left_out(recording_id: RecordingId, deck: reads.Deck, problem: DeckProblem, *, stays: bool, now: datetime) -> None:
    """N8: the deck cannot be used (R59). The owner, and whoever added it; once for each time that it is added. `stays`:
    the one that was added before it is used on."""
    about = reads.about(recording_id)
    to = [about.owner_id, *([deck.added_by] if deck.added_by else [])]
    notices.add(
        NoticeKind.INPUT_DROPPED,
        event=f"deck:{recording_id}:{deck.added_at.isoformat()}",
        to=list(dict.fromkeys(to)),
        values={
            "title": about.title,
            "folder": about.folder_name,
            "parts": (f"{deck.original_name}:", Phrase(*deck_sentence(problem)), *(_STAYS if stays else ())),
        },
        link=f"/recordings/{recording_id}/chapters/",
        now=now,
    )
