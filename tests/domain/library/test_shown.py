"""What is read on slides, chapters from their titles, and the deck beside them."""

from itertools import pairwise

from cathedra.domain.library import (
    UNEDITED,
    Chapter,
    DeckProblem,
    Edits,
    Line,
    Span,
    align,
    chapters_of,
    deck_problem,
    deck_sentence,
    instant,
    offered_chapters,
    read_slide,
    same_title,
    shorten,
)

MINUTE = 60_000


def line(text: str, x: float, y: float, height: float = 30, *, sure: float = 0.9) -> Line:
    return Line(text, x, y, len(text) * height * 0.5, height, sure)


def test_a_slide_is_read_title_first_and_column_by_column():
    lines = [
        line("right one", 700, 200),
        line("left two", 60, 260),
        line("The heat", 60, 20, 56),
        line("right two", 700, 260),
        line("left one", 60, 200),
        line("3/7", 1200, 690, 16),
    ]
    read = read_slide(lines, width=1280, height=720)
    assert read.text.splitlines() == ["The heat", "left one", "left two", "right one", "right two", "3/7"]
    assert read.title == "The heat"
    assert read.confidence == 0.9


def test_titles_are_told_by_size_and_place():
    cases = {
        "over two lines": (
            [line("The Congress of", 60, 20, 50), line("Vienna", 60, 80, 50), line("A bullet of it", 60, 300)],
            "The Congress of Vienna",
        ),
        "in the middle of a first slide": (
            [line("Algorithms", 100, 330, 84), line("Dr A. Example", 100, 500)],
            "Algorithms",
        ),
        "in the middle of a first slide, below the name of the course": (
            [
                line("Part IA Chemistry", 100, 220, 26),
                line("Lecture 4: Entropy and", 100, 300, 52),
                line("the second law", 100, 364, 52),
                line("Dr A. Example", 100, 460, 26),
            ],
            "Lecture 4: Entropy and the second law",
        ),
        "above a formula in large letters": (
            [line("Mass and energy", 60, 20, 50), line("E equals mc squared", 200, 340, 84), line("Einstein", 60, 600)],
            "Mass and energy",
        ),
        "nothing stands out, and the upper part is empty": (
            [line(f"row {n} of it", 60, 400 + 40 * n) for n in range(5)],
            "",
        ),
        "a number is no title": (
            [line("42", 60, 20, 80), line("Words of it", 60, 300), line("and more", 60, 440)],
            "Words of it",
        ),
        "nobody can read it": ([line("l|l ;;i", 60, 20, 80, sure=0.2)], ""),
    }
    told = {name: read_slide(lines, width=1280, height=720).title for name, (lines, _) in cases.items()}
    assert told == {name: title for name, (_, title) in cases.items()}
    assert read_slide([], width=10, height=10).confidence is None


def test_titles_that_say_the_same_are_one():
    assert {
        same_title(title) for title in ("Entropy", "ENTROPY (cont.)", "Entropy (2/3)", "Entropy – II", "entropy 3")
    } == {"entropy"}
    assert same_title("Part 2") == "part"
    assert same_title("42") == "42"


def test_chapters_come_of_runs_of_titles():
    slides = [
        (0, "Algorithms"),
        (1 * MINUTE, "The heap"),
        (3 * MINUTE, "The heap (cont.)"),
        (4 * MINUTE, ""),
        (5 * MINUTE, "The heap"),
        (6 * MINUTE, "Quicksort"),
        (6 * MINUTE + 5_000, "Amortised analysis"),
        (10 * MINUTE - 3_000, "Thank you"),
    ]
    assert chapters_of(slides, duration_ms=10 * MINUTE) == (
        Chapter(0, "Algorithms"),
        Chapter(1 * MINUTE, "The heap"),
        Chapter(6 * MINUTE, "Quicksort"),
    )


def test_a_heading_of_the_whole_deck_is_no_chapter_and_one_chapter_is_none():
    titles = ["CS 101", "Heaps", "CS 101", "CS 101 2", "Sorting", "CS 101", "CS 101", "", "CS 101"]
    slides = [(number * MINUTE, title) for number, title in enumerate(titles)]
    assert [one.title for one in chapters_of(slides, duration_ms=9 * MINUTE)] == ["Heaps", "Sorting"]
    assert chapters_of([(0, "Only this"), (MINUTE, "Only this")], duration_ms=3 * MINUTE) == ()
    assert chapters_of([], duration_ms=MINUTE) == ()


def test_there_are_at_most_sixty_chapters_and_none_is_short():
    slides = [(number * 10_000, f"Title {chr(97 + number % 26)}{number // 26}x") for number in range(720)]
    made = chapters_of(slides, duration_ms=7_200_000)
    assert 40 <= len(made) <= 60
    gaps = [after.start_ms - before.start_ms for before, after in pairwise(made)]
    assert min(gaps) >= 20_000


PAGES = [
    "Thermodynamics lecture three",
    "Entropy a measure of the number of microscopic arrangements",
    "Exercise left out on the day with other words entirely",
    "Enthalpy internal energy plus pressure times volume",
    "Gibbs free energy enthalpy minus temperature times entropy",
]


def test_slides_find_their_pages_in_order_and_those_gone_back_to_again():
    cases = {
        "read with errors, one page skipped, one shown twice": (
            [
                "Thermodynamics Lecture 3 three",
                "Entr0py a measure of the number of microscopic arrangments",
                "Enthalpy internal energy plus pressure tirnes volume",
                "Enthalpy internal energy plus pressure times volume",
                "a desktop with mail and calendar",
                "Gibbs free energy enthalpy minus temperature times entropy",
            ],
            [0, 1, 3, 3, None, 4],
        ),
        "gone back, and read badly": (
            [PAGES[0], PAGES[3], "Entr0py a measure of the number of microscopic arrangments", PAGES[4], PAGES[0]],
            [0, 3, 1, 4, 0],
        ),
        "of a deck whose pages stand the other way round": (PAGES[::-1], [4, 3, 2, 1, 0]),
        "gone back to what is like no page enough": (
            [PAGES[3], PAGES[4], "Entropy of a number that nobody asked for in words"],
            [3, 4, None],
        ),
        "of another lecture": (["mitochondrion", "plasma membrane"], [None, None]),
        "nothing read, as many as pages": (["", "", "", "", ""], [0, 1, 2, 3, 4]),
        "nothing read, fewer": (["", ""], [None, None]),
        "none": ([], []),
    }
    told = {name: align(slides, PAGES) for name, (slides, _) in cases.items()}
    assert told == {name: expected for name, (_, expected) in cases.items()}
    assert align(["a b"], []) == [None]


def test_times_are_understood_as_the_player_shows_them():
    told = {
        text: instant(text)
        for text in ("12", "1:05", "62:03", "1:02:03", " 0:00 ", "", "1:60", "-1", "a", "1:2:3:4", "1.5")
    }
    assert told == {
        "12": 12_000, "1:05": 65_000, "62:03": 3_723_000, "1:02:03": 3_723_000, " 0:00 ": 0,
        "": None, "1:60": None, "-1": None, "a": None, "1:2:3:4": None, "1.5": None,
    }  # fmt: skip


def test_viewers_of_a_cut_recording_get_the_chapters_that_are_left_where_they_are_then():
    chapters = [
        Chapter(0, "One"),
        Chapter(10_000, "Cut out"),
        Chapter(20_000, "Begins in a cut"),
        Chapter(40_000, "Four"),
    ]
    edits = Edits((Span(9_500, 25_000),))
    assert offered_chapters(chapters, edits, duration_ms=60_000) == [
        (0, Chapter(0, "One")),
        (2, Chapter(9_500, "Begins in a cut")),
        (3, Chapter(24_500, "Four")),
    ]
    assert offered_chapters(chapters, UNEDITED, duration_ms=60_000) == list(enumerate(chapters))
    assert offered_chapters([], edits, duration_ms=0) == []


def test_every_problem_of_a_deck_has_its_sentence_and_what_is_filled_in():
    for problem in DeckProblem:
        sentence, values = deck_sentence(problem)
        assert sentence.format(**values).endswith("."), problem
        assert deck_problem(problem.value) is problem
    assert shorten("x" * 200).endswith("…")
