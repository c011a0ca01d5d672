"""What is shown of a file: its label, the title that is made of it, its size in words."""

import unicodedata

NAME_CHARACTERS = 255


def label_of(name: str) -> str:
    """A file's name as a label: its last component without what cannot be shown. Never a path (security class 13)."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    kept = "".join(character for character in unicodedata.normalize("NFC", last) if _is_shown(character))
    kept = " ".join(kept.split())
    if len(kept) <= NAME_CHARACTERS:
        return kept
    stem, dot, suffix = kept.rpartition(".")
    ending = dot + suffix if len(suffix) <= 10 else ""
    return (stem if ending else kept)[: NAME_CHARACTERS - len(ending)] + ending


def title_of(name: str, given: str = "") -> str:
    """The title of a recording: what was typed, else the file's name without its ending; never empty."""
    typed = " ".join("".join(character for character in given if _is_shown(character)).split())[:NAME_CHARACTERS]
    if typed:
        return typed
    label = label_of(name)
    stem, dot, suffix = label.rpartition(".")
    words = stem if dot and stem and suffix.isalnum() and len(suffix) <= 5 else label
    return " ".join(words.replace("_", " ").split()) or "Untitled recording"


def _is_shown(character: str) -> bool:
    """Letters, marks, signs and spaces; no control, no surrogate, nothing that turns the line round."""
    if character in "\t\n\r":
        return True  # becomes a space
    if unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn"):
        return False
    return unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def size_words(size_bytes: int) -> str:
    """A size for people, in the same steps of 1024 as the pages: `50.0 GB`."""
    amount = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} TB"
