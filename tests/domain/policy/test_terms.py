"""The documents people agree to: read from files strictly, shown as parts, compared, published forwards, accepted as
they hold."""

from datetime import date

import pytest

from cathedra.domain import policy
from cathedra.domain.policy import BlockKind, Change, CurrentTerms, PublishFacts, TermsDocument, WrongTerms
from cathedra.domain.terms import Code

TABLE = {
    "document": "eula", "version": 2, "date": date(2026, 9, 1), "title": "Terms", "text": "One.\n", "requires_reacceptance": False,
    "changes": "",
}  # fmt: skip
EULA, AUP = TermsDocument.EULA, TermsDocument.AUP


def test_a_version_is_read_as_it_stands():
    terms = policy.parse_terms(TABLE)
    assert (terms.document, terms.version, terms.text, terms.name) == (EULA, 2, "One.", "eula-2")
    assert policy.text_hash("One.") != policy.text_hash("One ."), "R11: the hash is of the very words"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"versoin": 1}, "missing or unknown: versoin"),
        ({"version": "2"}, "version must be given as int"),
        ({"version": True}, "version must be given as int"),
        ({"version": 0}, "version begins at 1"),
        ({"document": "tos"}, "document must be one of eula, aup"),
        ({"text": "  \n"}, "neither title nor text may be empty"),
        ({"date": "2026-09-01"}, "date must be given as date"),
        ({"requires_reacceptance": 1}, "requires_reacceptance must be given as bool"),
    ],
)
def test_what_is_not_a_version_says_why(change, sentence):
    with pytest.raises(WrongTerms, match=sentence):
        policy.parse_terms({**TABLE, **change})


def test_a_word_that_is_left_out_is_not_guessed():
    with pytest.raises(WrongTerms, match="requires_reacceptance"):
        policy.parse_terms({word: said for word, said in TABLE.items() if word != "requires_reacceptance"})


def test_a_text_becomes_headings_paragraphs_and_lists_and_never_markup():
    found = policy.blocks("One\ntwo.\n\n## A heading\n\n- <b>first</b>\n- second\n\n\n## Next\nand at once.")
    assert [(block.kind, block.lines) for block in found] == [
        (BlockKind.PARAGRAPH, ("One two.",)),
        (BlockKind.HEADING, ("A heading",)),
        (BlockKind.LIST, ("<b>first</b>", "second")),
        (BlockKind.HEADING, ("Next",)),
        (BlockKind.PARAGRAPH, ("and at once.",)),
    ]


def test_two_versions_are_laid_over_each_other():
    found = [(line.change, line.kind, line.text) for line in policy.compare("## a\nb\nc", "## a\n- B\nc\nd")]
    assert found == [
        (Change.SAME, BlockKind.HEADING, "a"),
        (Change.REMOVED, BlockKind.PARAGRAPH, "b"),
        (Change.ADDED, BlockKind.LIST, "B"),
        (Change.SAME, BlockKind.PARAGRAPH, "c"),
        (Change.ADDED, BlockKind.PARAGRAPH, "d"),
    ]


@pytest.mark.parametrize(
    ("is_operator", "roles", "current", "code"),
    [
        (True, set(), None, Code.ALLOW),
        (False, {"service_admin"}, 1, Code.ALLOW),
        (False, {"sys_admin"}, None, Code.ALLOW),
        (False, {"auditor", "videographer", "caption_requester"}, None, Code.NO_PERMISSION),
        (False, set(), 1, Code.NO_PERMISSION),
        (True, set(), 2, Code.CONFLICT),
        (False, {"sys_admin"}, 3, Code.CONFLICT),
    ],
)
def test_a_version_is_published_forwards_by_those_who_look_after_it_r11_r25(is_operator, roles, current, code):
    facts = PublishFacts(is_operator, frozenset(roles), current)
    assert policy.decide_publish(facts, policy.parse_terms(TABLE)).code is code


@pytest.mark.parametrize(
    ("document", "says_so", "is_first", "asked"),
    [
        ("eula", False, False, False), ("eula", True, False, True), ("eula", False, True, True),
        ("aup", False, False, True), ("aup", True, False, True), ("aup", False, True, True),
    ],
)  # fmt: skip
def test_terms_are_asked_again_when_they_say_so_and_the_policy_always_r11_r15(document, says_so, is_first, asked):
    terms = policy.parse_terms({**TABLE, "document": document, "requires_reacceptance": says_so})
    assert policy.is_asked_again(terms, is_first=is_first) is asked


@pytest.mark.parametrize(
    ("version", "text_hash", "code"),
    [(2, "h", Code.ALLOW), (1, "h", Code.CONFLICT), (3, "h", Code.CONFLICT), (2, "other", Code.CONFLICT)],
)
def test_only_what_holds_now_is_accepted_word_by_word_r11(version, text_hash, code):
    current = CurrentTerms(EULA, 2, "h")
    assert policy.decide_acceptance(current, version=version, text_hash=text_hash).code is code
    assert policy.decide_acceptance(None, version=version, text_hash=text_hash).code is Code.NOT_FOUND


def test_who_has_not_acknowledged_the_policy_is_told_where_it_is_r15():
    assert policy.decide_contribution(frozenset()).is_permitted
    assert policy.decide_contribution({EULA}).is_permitted, "the terms of use are the gate's matter"
    refused = policy.decide_contribution({EULA, AUP})
    assert (refused.code, refused.reasons[0].rule) == (Code.AUP_REQUIRED, "R15")
    assert refused.reasons[0].values["address"] == "/terms/acceptable-use/"
