"""What is shown: look for slides and read them, chapters, the deck that a Creator adds."""

from cathedra.actions.slides._ask import ask, ask_again, copy_slides, deck_places, may_change, slides_job
from cathedra.actions.slides._chapters import add_chapter, change_chapter, give_chapters_back, remove_chapter
from cathedra.actions.slides._deck import attach_deck, remove_deck
from cathedra.actions.slides._look import Camera, DeckReader, SlideTools
from cathedra.actions.slides._read import abandon_slides, read_slides
from cathedra.actions.slides._shown import put_pictures

__all__ = [
    "Camera",
    "DeckReader",
    "SlideTools",
    "abandon_slides",
    "add_chapter",
    "ask",
    "ask_again",
    "attach_deck",
    "change_chapter",
    "copy_slides",
    "deck_places",
    "give_chapters_back",
    "may_change",
    "put_pictures",
    "read_slides",
    "remove_chapter",
    "remove_deck",
    "slides_job",
]
