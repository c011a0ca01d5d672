"""The acceptable use policy as a value: read strictly from the table of its file; a misspelt word is refused (R79)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cathedra.domain.policy._use_words import (
    FACT_WORDS,
    Answer,
    CategoryRule,
    Declaration,
    LinkedCourse,
    Relevance,
    Requirement,
    Verdict,
)
from cathedra.domain.terms import Effect


class WrongUsePolicy(ValueError):
    """A document is no acceptable use policy; the sentence says where."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of content: what it is called, what it can come to, and the clause it comes from (R79)."""

    id: str
    label: str
    rule: CategoryRule
    cite: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When all of `when` holds, `effect`, with the clause and the sentence people are given."""

    id: str
    effect: Effect
    when: Mapping[str, frozenset[str]]
    cite: str
    message: str
    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class UseExample:
    """A case of the policy's own, what it must come to, and by which rules."""

    declaration: Declaration
    expect: Verdict
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsePolicy:
    """One version of the policy. A refusal beats a referral, a referral beats a permission; what nobody decided is
    referred, because whoever is unsure is to ask."""

    version: int
    date: date
    title: str
    contact: str
    alternative: str
    referral_days: int
    grace_days: int
    qualifying_courses: frozenset[LinkedCourse]
    exec_ed_counts_for_q1: bool
    undecided_message: str
    questions: Mapping[Requirement, str]
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    examples: tuple[UseExample, ...] = field(default=())

    @property
    def name(self) -> str:
        """As decisions keep it."""
        return f"acceptable-use@{self.version}"

    def category(self, category_id: str) -> Category | None:
        """What the policy says of a category; None of one that it does not know."""
        return next((category for category in self.categories if category.id == category_id), None)


_TOP: Mapping[str, type] = {
    "id": str,
    "version": int,
    "date": date,
    "title": str,
    "contact": str,
    "alternative": str,
    "referral_days": int,
    "grace_days": int,
    "qualifying_courses": list,
    "exec_ed_counts_for_q1": bool,
    "undecided_message": str,
    "questions": dict,
    "category": list,
    "rule": list,
    "example": list,
}
_EFFECTS = {effect.value.lower(): effect for effect in Effect}
_EXPECTED = {"permit": Verdict.PERMITTED, "deny": Verdict.NOT_PERMITTED, "refer": Verdict.REFERRED}


def parse_use_policy(document: Mapping[str, Any]) -> UsePolicy:
    """Check a policy document and make it a value. Raises WrongUsePolicy with a sentence."""
    _words("the policy", document, must=set(_TOP))
    for word, kind in _TOP.items():
        if type(document[word]) is not kind:
            raise WrongUsePolicy(f"{word} must be given as {kind.__name__}")
    categories = tuple(_category(table) for table in document["category"])
    known = frozenset(category.id for category in categories)
    policy = UsePolicy(
        version=document["version"],
        date=document["date"],
        title=document["title"],
        contact=document["contact"],
        alternative=document["alternative"],
        referral_days=document["referral_days"],
        grace_days=document["grace_days"],
        qualifying_courses=frozenset(
            LinkedCourse(_known("qualifying_courses", word, _COURSES)) for word in document["qualifying_courses"]
        ),
        exec_ed_counts_for_q1=document["exec_ed_counts_for_q1"],
        undecided_message=document["undecided_message"],
        questions=_questions(document["questions"]),
        categories=categories,
        rules=tuple(_rule(table, known) for table in document["rule"]),
        examples=tuple(_example(table, known) for table in document["example"]),
    )
    _check(policy, document["id"])
    return policy


_COURSES = frozenset(LinkedCourse) - {LinkedCourse.NONE}


def _questions(table: Mapping[str, Any]) -> Mapping[Requirement, str]:
    _words("questions", table, must=set(Requirement))
    return {requirement: _text("questions", table, requirement) for requirement in Requirement}


def _category(table: Mapping[str, Any]) -> Category:
    _words("a category", table, must={"id", "label", "rule", "cite"})
    where = f"category {table['id']}"
    rule = CategoryRule(_known(where, table["rule"], frozenset(CategoryRule)))
    return Category(_text(where, table, "id"), _text(where, table, "label"), rule, _text(where, table, "cite"))


def _rule(table: Mapping[str, Any], categories: frozenset[str]) -> Rule:
    _words("a rule", table, must={"id", "effect", "when", "cite", "message"}, may={"requirement"})
    where = f"rule {table['id']}"
    words = {**FACT_WORDS, "category": categories}
    when: dict[str, frozenset[str]] = {}
    for fact, said in table["when"].items():
        _known(where, fact, frozenset(words))
        listed = said if isinstance(said, list) else [said]
        when[fact] = frozenset(_known(f"{where}, {fact}", word, words[fact]) for word in listed)
    requirement = table.get("requirement")
    return Rule(
        id=_text(where, table, "id"),
        effect=_EFFECTS[_known(where, table["effect"], frozenset(_EFFECTS))],
        when=when,
        cite=_text(where, table, "cite"),
        message=_text(where, table, "message"),
        requirement=None if requirement is None else Requirement(_known(where, requirement, frozenset(Requirement))),
    )


def _example(table: Mapping[str, Any], categories: frozenset[str]) -> UseExample:
    _words("an example", table, must={"facts", "expect"}, may={"by"})
    facts = table["facts"]
    where = f"example {facts}"
    _words(where, facts, must={*Requirement, "category"}, may={"course", "directly_relevant"})
    declaration = Declaration(
        answers={one: Answer(_known(where, facts[one], frozenset(Answer))) for one in Requirement},
        category=_known(where, facts["category"], categories),
        course=LinkedCourse(_known(where, facts.get("course", "none"), frozenset(LinkedCourse))),
        relevance=Relevance(_known(where, facts.get("directly_relevant", "not_asked"), frozenset(Relevance))),
    )
    return UseExample(
        declaration, _EXPECTED[_known(where, table["expect"], frozenset(_EXPECTED))], tuple(table.get("by", ()))
    )


def _words(
    where: str, table: Mapping[str, Any], *, must: set[str], may: frozenset[str] | set[str] = frozenset()
) -> None:
    if not isinstance(table, Mapping):
        raise WrongUsePolicy(f"{where} must be a table")
    given = set(table)
    if wrong := sorted((must - given) | (given - must - may)):
        raise WrongUsePolicy(f"{where}: these words are missing or unknown: {', '.join(map(str, wrong))}")


def _known(where: str, word: Any, words: frozenset[str]) -> str:
    if not isinstance(word, str) or word not in words:
        raise WrongUsePolicy(f"{where}: {word!r} is none of {', '.join(sorted(words))}")
    return word


def _text(where: str, table: Mapping[str, Any], word: str) -> str:
    said = table[word]
    if not isinstance(said, str) or not said.strip():
        raise WrongUsePolicy(f"{where}: {word} must be a text")
    return said.strip()


def _check(policy: UsePolicy, id_: str) -> None:
    ids = [rule.id for rule in policy.rules]
    wrong = {
        "id must be acceptable-use": id_ != "acceptable-use",
        "version begins at 1": policy.version < 1,
        "title, contact, alternative and undecided_message must be texts": not all(
            text.strip() for text in (policy.title, policy.contact, policy.alternative, policy.undecided_message)
        ),
        "referral_days and grace_days begin at 1": min(policy.referral_days, policy.grace_days) < 1,
        "a rule stands there twice": len(set(ids)) != len(ids),
        "a category stands there twice": len({one.id for one in policy.categories}) != len(policy.categories),
        "there is no category": not policy.categories,
        "there is no example": not policy.examples,
        "an example names a rule that is not there": any(
            rule not in ids for example in policy.examples for rule in example.by
        ),
    }
    for sentence, is_so in wrong.items():
        if is_so:
            raise WrongUsePolicy(sentence)
