"""R211: what a person types, what a recording is found by, and where in it that stands."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cathedra.domain import search
from cathedra.domain.search import CHAPTER, SLIDE, SPEECH, Line, Lines, Said, Term
from cathedra.domain.search._asking import words_of

HOSTILE = (
    "'); DROP TABLE x; --", '"""', "-", "& | ! :* <->", "\0\ud800x", "a" * 5000, '-"', "((((", "\\", "%s %(x)s", "'" * 90,
    "x:*A", "🦘", "\u202ereversed", "-" * 300,
)  # fmt: skip
SAFE = re.compile(r"(?:!?\((?:'[^\W_]+'(?: <-> )?)+(?::\*)?\)(?: [&|] )?)*")


def test_what_is_typed_is_read_as_people_mean_it():
    cases = {
        "entropy heat ": (Term(("entropy",)), Term(("heat",))),
        "entropy thermo": (Term(("entropy",)), Term(("thermo",), is_prefix=True)),
        "to x": (Term(("to",)), Term(("x",))),  # two letters may go on in too many ways
        '"second law"': (Term(("second", "law")),),
        '"second law': (Term(("second", "law")),),
        "“second law”": (Term(("second", "law")),),
        "entropy -carnot ": (Term(("entropy",)), Term(("carnot",), is_excluded=True)),
        'heat -"second law"': (Term(("heat",)), Term(("second", "law"), is_excluded=True)),
        "well-known ": (Term(("well", "known")),),
        "naïve A\u030angstro\u0308m ": (Term(("naïve",)), Term(("Ångström",))),
        "": (),
        " \n\t ": (),
    }
    for typed, terms in cases.items():
        assert search.parse(typed).terms == terms, typed
    query = search.parse('entropy "second law" -carnot thermo')
    assert query.exact == "('entropy') & ('second' <-> 'law') & !('carnot') & ('thermo':*)"
    assert query.loose == "('entropy') & ('second') & ('law') & ('thermo':*) & !('carnot')"
    assert query.titled == "('entropy') & ('second') & ('law') & ('thermo':*)"
    assert query.any_word == "('entropy') | ('second') | ('law') | ('thermo':*)"
    assert (query.has_phrase, query.is_empty, search.parse("heat").has_phrase) == (True, False, False)
    assert search.parse("-carnot ").is_empty, "what shall not be there alone finds nothing"
    assert search.parse('heat -"second law"').loose == "('heat')", "the index cannot tell where words stand"


def test_class_34_an_address_is_left_out_of_what_is_asked_and_of_what_is_found():
    query = search.parse("alice@example.org entropy ")
    assert query.has_address
    assert query.terms == (Term(("entropy",)),)
    said = Said(title="Write to a.b@example.org", description="or (x@y.ac.uk).", speech=(Line(SPEECH, 0, "c@d.org"),))
    document = search.build(said)
    assert document.titles == "Write to"
    assert document.texts == "or"
    assert (document.speech, document.lines.text) == ("", "…")
    assert "example" not in document.spelling


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_nothing_that_is_typed_is_an_error_or_an_operator(typed):
    check_is_safe(typed)


def test_hostile_texts_are_words_or_nothing():
    for typed in HOSTILE:
        check_is_safe(typed)
    many = search.parse(" ".join(f"word{n}" for n in range(500)))
    assert len(many.terms) <= 12
    assert len(search.parse('"' + "a " * 90 + '"').terms[0].words) == 10


def check_is_safe(typed: str) -> None:
    query = search.parse(typed)
    assert len(query.text) <= search.TEXT_LIMIT
    for text in (query.exact, query.loose, query.titled, query.any_word):
        assert SAFE.fullmatch(text), (typed, text)


def test_a_document_says_what_weighs_how_much():
    said = Said(
        title="Heat engines",
        description="All about engines.",
        tags=("thermo",),
        chapters=(Line(CHAPTER, 0, "Carnot"),),
        slide_titles=("Cycles",),
        slides=(Line(SLIDE, 1000, "Cycles\nof gases"),),
        speech=(Line(SPEECH, 0, "entropy grows"), Line(SPEECH, 2000, "and entropy stays"), Line(SPEECH, 3000, " ")),
    )
    document = search.build(said)
    assert document.titles == "Heat engines thermo"
    assert document.headings == "Carnot Cycles"
    assert document.texts == "All about engines Cycles of gases"
    assert document.speech == "entropy grows and entropy stays"
    assert document.lines.text.split("\n") == ["Carnot", "Cycles of gases", "entropy grows", "and entropy stays"]
    assert document.lines.places.split("\n") == ["chapter 0", "slide 1000", "speech 0", "speech 2000"]
    assert document.spelling == ("carnot", "cycles", "engines", "entropy", "heat", "thermo")
    long = search.build(Said("Long", speech=tuple(Line(SPEECH, n, "word " * 1000) for n in range(500))))
    assert len(long.speech.split()) < 450_000, "one recording does not burst the index"


def test_r211_all_words_of_a_long_document_lie_in_stretches_that_a_phrase_does_not_run_out_of():
    words = [f"w{n}" for n in range(1000)]
    said = Said("Heat", chapters=(Line(CHAPTER, 0, "Carnot"),), speech=(Line(SPEECH, 0, " ".join(words)),))
    stretches = [one.split() for one in search.build(said).stretches]
    everything = ["Heat", "Carnot", *words]
    assert max(map(len, stretches)) < 255, "of no word there are more places than are kept"
    for at in range(len(everything) - 9):
        phrase = " ".join(everything[at : at + 10])
        assert any(phrase in " ".join(one) for one in stretches), phrase
    assert search.build(Said("Heat")).stretches == ()


LINES = Lines(
    "Welcome to the second\nlaw of Thermodynamics\nentropies grow\nGénéral remarks\nthe second law again",
    "speech 0\nspeech 2000\nspeech 4000\nslide 5000\nspeech 6000",
)


def test_places_are_found_by_stems_over_the_ends_of_lines_and_confirmed_word_by_word():
    found = search.places_of(LINES, search.pattern_of([["entropi"], ["second", "law"]]), most=9)
    assert [(one.start_ms, one.text) for one in found] == [
        (0, "Welcome to the second law of Thermodynamics"),
        (4000, "entropies grow"),
        (6000, "the second law again"),
    ]
    assert found[0].parts == (("Welcome to the ", False), ("second law", True), (" of Thermodynamics", False))
    (general,) = search.places_of(LINES, search.pattern_of([["gene"]]), most=9)
    assert general.words == {"general"}
    assert search.confirmed(general, {"gene"}) is None, "a beginning is more than a stem"
    assert search.confirmed(general, {"general"}).parts == (("Général", True), (" remarks", False))
    assert search.places_of(LINES, None, most=9) == search.places_of(Lines(), search.pattern_of([["x"]]), most=9) == ()
    assert search.places_of(LINES, search.pattern_of([["grow", "general"]]), most=9) == (), "what is said is not shown"
    both = search.places_of(LINES, search.pattern_of([["law"], ["thermodynam"]]), most=1)
    assert both[0].start_ms == 2000, "the line with both comes first"


def test_r211_of_a_word_in_every_line_the_first_lines_are_found_whole():
    lines = Lines.of([Line(SPEECH, 1000 * n, f"heat {n} and heat") for n in range(50)])
    found = search.places_of(lines, search.pattern_of([["heat"]]), most=4)
    assert [(one.start_ms, one.text) for one in found] == [(1000 * n, f"heat {n} and heat") for n in range(4)]
    assert all(len(one.spans) == 2 for one in found), "the last of them too"
    both = search.places_of(lines, search.pattern_of([["heat"], ["5"]]), most=4)
    assert [one.start_ms for one in both] == [5000, 0, 1000, 2000], "of several parts none is left out"


def test_while_somebody_types_each_word_is_a_beginning():
    def typed(text):
        return [one.start_ms for one in search.typed_places(LINES, search.parse(text))]

    assert typed("ther") == [2000]
    assert typed("gener rem") == [3000 + 2000]
    assert typed("sec -again ") == [0]
    assert typed('"second law"') == [6000]
    assert typed("hermo") == []
    assert typed("-the ") == typed("") == []


def test_letters_fold_one_for_one_so_that_places_stay():
    for text in ("Ångström ØRSTED straße İstanbul ĳ Ǆ", "plain", "ﬁﬁ", "日本語", "e\u0301"):
        assert len(search.fold(text)) == len(text)
    assert search.fold("Ångström ØRSTED Straße") == "angstrom orsted strase"
    assert search.fold("That’s Ångström’s") == "that?s angstrom?s", "what is no letter is in no word"
    assert search.fold("The angle Α of Ångström’s") == "the angle α of angstrom’s"


@given(st.text(alphabet="abc XYZ?’é\u0301Åøß“ΑΓσ٣中İ\n\U0001f600"))
def test_folding_the_fast_way_finds_the_same_words(text):
    """Letter by letter, as it is told; the words are what is compared and looked for."""
    told = "".join(search.fold(one) for one in text)
    assert words_of(search.fold(text)) == words_of(told)
    assert len(search.fold(text)) == len(text)


def test_an_excerpt_stands_around_the_first_place():
    text = "word " * 60 + "entropy grows " + "word " * 60
    start = text.index("entropy")
    parts = search.excerpt(text, [(start, start + 7)])
    assert ("entropy", True) in parts
    assert parts[0][0] == "… "
    assert parts[-1][0] == " …"
    assert sum(len(part) for part, _ in parts) < 220
    assert search.excerpt("entropy", [(0, 7)]) == (("entropy", True),)


def test_what_was_meant_is_a_slip_or_two_away():
    known = ["entropy", "enter", "enthalpy", "form", "from"]
    cases = {"entopry": "entropy", "entrpy": "entropy", "enthalpie": "enthalpy", "fomr": "form"}
    assert {word: search.nearest(word, known) for word in cases} == cases
    assert search.turned("heat") == ["ehat", "haet", "heta"]
    assert search.nearest("quokka", known) is None
    assert search.nearest("entropy", ["entropy"]) is None, "what is known was meant"
    assert search.corrected('The "Entopry" -law', {"entopry": "entropy"}) == 'The "entropy" -law'
