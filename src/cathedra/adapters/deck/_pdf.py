"""The text of a PDF, page by page, with pypdf (of the extra `slides`)."""

import struct
import zlib
from typing import BinaryIO

from cathedra.domain.library import PAGES_LIMIT, DeckProblem

try:
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError
except ImportError:
    pypdf = None  # type: ignore[assignment]  # an extra that is not installed
    DependencyError = PyPdfError = ValueError  # type: ignore[assignment, misc]  # then nothing raises them

Found = list[tuple[str, str]] | DeckProblem

_UNKNOWN = (NotImplementedError, DependencyError)  # how it is locked or packed is not known here
# What pypdf raises of itself and lets through of what it reads with, for files that are damaged or made to harm.
_BROKEN = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError, RuntimeError, EOFError,
    OSError, struct.error, zlib.error,
)  # fmt: skip


def pages(file: BinaryIO) -> Found:
    """Text of each page; a PDF names no titles. A page that is packed in a way that is not known here has none."""
    if pypdf is None:
        return DeckProblem.NO_READER
    try:
        return _opened(file)
    except _UNKNOWN:
        return DeckProblem.LOCKED
    except _BROKEN:
        return DeckProblem.BROKEN


def _opened(file: BinaryIO) -> Found:
    document = pypdf.PdfReader(file, strict=False)
    if document.is_encrypted and not document.decrypt(""):
        return DeckProblem.PROTECTED
    if len(document.pages) > PAGES_LIMIT:
        return DeckProblem.TOO_MANY_PAGES
    texts, is_unknown = [], False
    for page in document.pages:
        try:
            texts.append(page.extract_text() or "")
        except _UNKNOWN:
            texts.append("")
            is_unknown = True
    if is_unknown and not any(text.strip() for text in texts):
        return DeckProblem.UNKNOWN
    return [(text, "") for text in texts]
