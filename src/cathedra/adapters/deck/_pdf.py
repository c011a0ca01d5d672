"""The text of a PDF, page by page, with pypdf (of the extra `slides`)."""

from typing import BinaryIO

from cathedra.domain.library import PAGES_LIMIT, DeckProblem

try:
    import pypdf
    from pypdf.errors import PyPdfError
except ImportError:
    pypdf = None  # type: ignore[assignment]  # an extra that is not installed

Found = list[tuple[str, str]] | DeckProblem


def pages(file: BinaryIO) -> Found:
    """Text of each page; a PDF names no titles."""
    if pypdf is None:
        return DeckProblem.NO_READER
    try:
        document = pypdf.PdfReader(file, strict=False)
        if document.is_encrypted and not document.decrypt(""):
            return DeckProblem.PROTECTED
        if len(document.pages) > PAGES_LIMIT:
            return DeckProblem.TOO_MANY_PAGES
        return [(page.extract_text() or "", "") for page in document.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return DeckProblem.BROKEN
