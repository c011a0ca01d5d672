"""Inside the limits: read a deck that was opened for us and print its pages, as one line of JSON."""

import importlib
import json
import os
import sys

from cathedra.adapters.deck import _pptx
from cathedra.domain.library import PAGE_TEXT_LIMIT, DeckProblem


def main() -> None:
    with os.fdopen(int(sys.argv[1]), "rb") as file:
        head = file.read(1024)
        file.seek(0)
        if b"%PDF-" in head:
            found = importlib.import_module("cathedra.adapters.deck._pdf").pages(file)
        elif head.startswith(b"PK\x03\x04"):
            found = _pptx.pages(file)
        else:
            found = DeckProblem.NOT_A_DECK
    if isinstance(found, DeckProblem):
        told: dict[str, object] = {"problem": found.value}
    elif not any(text.strip() for text, _title in found):
        told = {"problem": DeckProblem.NO_TEXT.value}
    else:
        told = {"pages": [(_plain(text)[:PAGE_TEXT_LIMIT], _plain(title)[:500]) for text, title in found]}
    sys.stdout.write(json.dumps(told) + "\n")


def _plain(text: str) -> str:
    """What can be kept: no NUL, no half characters."""
    seen = "".join(one if one.isprintable() or one == "\n" else " " for one in text)
    return seen.encode("utf-8", "ignore").decode()


main()
