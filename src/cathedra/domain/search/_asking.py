"""What a person types, as a query: words, "phrases", -what shall not be there, and the last word as it begins.

Nothing that is typed is an error: what means nothing is left out. The texts for the database are made of words only,
letters and digits, so nothing in them can be taken for an operator.
"""

import re
import unicodedata
from dataclasses import dataclass

TEXT_LIMIT = 200  # characters that are read of what was typed
TERMS_LIMIT = 12
PHRASE_LIMIT = 10
WORD_LIMIT = 100
PREFIX_FROM = 3  # letters of a last word that may go on
_TERM = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\S+@\S+")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"–": "-", "−": "-"})


def words_of(text: str) -> list[str]:
    """The words of any text as they are indexed and asked for: letters and digits, in their order."""
    return [word[:WORD_LIMIT] for word in _WORD.findall(unicodedata.normalize("NFC", text))]


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that stand together."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_prefix: bool = False

    @property
    def as_query(self) -> str:
        """For PostgreSQL's to_tsquery."""
        text = " <-> ".join(f"'{word}'" for word in self.words) + (":*" if self.is_prefix else "")
        return f"!({text})" if self.is_excluded else f"({text})"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `has_address`: an e-mail address was typed and left out, for none is ever found."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    has_address: bool = False

    @property
    def wanted(self) -> tuple[Term, ...]:
        """What shall be there."""
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def is_empty(self) -> bool:
        """Nothing to look for: what shall not be there alone finds nothing."""
        return not self.wanted

    @property
    def has_phrase(self) -> bool:
        """The index alone cannot tell: it knows which words, not where."""
        return bool(self.phrases)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Those that it has, each for to_tsquery."""
        return tuple(term.as_query for term in self.terms if len(term.words) > 1)

    @property
    def exact(self) -> str:
        """Everything that was asked, for to_tsquery."""
        return " & ".join(term.as_query for term in self.terms)

    @property
    def loose(self) -> str:
        """What the index can answer without looking into a document: phrases as their words."""
        parts = [one.as_query for term in self.wanted for one in _apart(term)]
        parts += [term.as_query for term in self.terms if term.is_excluded and len(term.words) == 1]
        return " & ".join(parts)

    @property
    def titled(self) -> str:
        """The wanted words, for titles."""
        return " & ".join(one.as_query for term in self.wanted for one in _apart(term))

    @property
    def any_word(self) -> str:
        """Any wanted word, to ask of single words whether they stand for one."""
        return " | ".join(one.as_query for term in self.wanted for one in _apart(term))

    @property
    def words(self) -> tuple[str, ...]:
        """The wanted words."""
        return tuple(word for term in self.wanted for word in term.words)


def _apart(term: Term) -> list[Term]:
    *before, last = term.words
    return [*(Term((word,)) for word in before), Term((last,), is_prefix=term.is_prefix)]


def parse(typed: str) -> Query:
    """Read it. The last word may go on, unless a space or a quotation mark ends it."""
    text = " ".join(_seen(typed[: TEXT_LIMIT * 4]).translate(_QUOTES).split(" "))[:TEXT_LIMIT]
    bare = _ADDRESS.sub(" ", text)
    terms: list[Term] = []
    for found in _TERM.finditer(bare):
        is_phrase = found.group(4) is None
        words = tuple(words_of(found.group(2) if is_phrase else found.group(4))[:PHRASE_LIMIT])
        is_last = found.end() == len(bare) and not is_phrase
        is_excluded = bool(found.group(1) or found.group(3))
        if words and len(terms) < TERMS_LIMIT:
            is_prefix = is_last and not is_excluded and len(words[-1]) >= PREFIX_FROM
            terms.append(Term(words, is_excluded, is_prefix))
    return Query(" ".join(text.split()), tuple(terms), bare != text)


def _seen(typed: str) -> str:
    return "".join(
        one if one.isprintable() and not "\ud800" <= one <= "\udfff" else " "
        for one in unicodedata.normalize("NFC", typed)
    )
