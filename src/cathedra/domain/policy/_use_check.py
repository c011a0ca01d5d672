"""Whether a policy is sound: its own examples, rules that never fire, combinations nobody decided, rules that disagree,
and the three requirements, which no version may give up (R76, R80).

The words are closed, so every declaration there can be is tried."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from cathedra.domain.policy._use_policy import UseExample, UsePolicy
from cathedra.domain.policy._use_verdict import conclude, evaluate, matching
from cathedra.domain.policy._use_words import Answer, Declaration, LinkedCourse, Relevance, Requirement, Verdict
from cathedra.domain.terms import Effect


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two rules that hold together and say different things, how often, and an instance."""

    rules: tuple[str, str]
    effects: tuple[Effect, Effect]
    count: int
    instance: Declaration

    @property
    def is_wrong(self) -> bool:
        """A refusal beats a referral, as the policy says; a rule that permits must say its conditions whole."""
        return Effect.PERMIT in self.effects


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a policy."""

    combinations: int
    verdicts: dict[Verdict, int]
    failed_examples: tuple[str, ...]
    idle_rules: tuple[str, ...]
    undecided: tuple[Declaration, ...]
    disagreements: tuple[Disagreement, ...]
    unrefused: tuple[Declaration, ...] = ()  # although a requirement is not met (R76, R80)

    @property
    def is_sound(self) -> bool:
        """May it be activated?"""
        wrong = any(found.is_wrong for found in self.disagreements)
        return not (self.failed_examples or self.idle_rules or self.undecided or wrong or self.unrefused)


def declarations(policy: UsePolicy) -> Iterator[Declaration]:
    """Every declaration there can be under a policy."""
    for answers in product(Answer, repeat=len(Requirement)):
        said = dict(zip(Requirement, answers, strict=True))
        for category, course, relevance in product(policy.categories, LinkedCourse, Relevance):
            yield Declaration(said, category.id, course, relevance)


def check(policy: UsePolicy) -> Report:
    """Try the policy on every declaration there can be, and on its own examples."""
    verdicts: Counter[Verdict] = Counter()
    fired: set[str] = set()
    undecided: list[Declaration] = []
    unrefused: list[Declaration] = []
    pairs: Counter[tuple[str, str]] = Counter()
    instances: dict[tuple[str, str], Declaration] = {}
    effects = {rule.id: rule.effect for rule in policy.rules}
    for declaration in declarations(policy):
        found = matching(policy, declaration)
        finding = conclude(policy, declaration, found)
        fired.update(finding.by)
        verdicts[finding.verdict] += 1
        if not found:
            undecided.append(declaration)
        if Answer.NO in declaration.answers.values() and finding.verdict is not Verdict.NOT_PERMITTED:
            unrefused.append(declaration)
        for place, one in enumerate(found):
            for pair in ((one.id, other.id) for other in found[place + 1 :] if other.effect is not one.effect):
                pairs[pair] += 1
                instances.setdefault(pair, declaration)
    return Report(
        combinations=verdicts.total(),
        verdicts=dict(verdicts),
        failed_examples=tuple(said for example in policy.examples if (said := _wrong(policy, example))),
        idle_rules=tuple(rule.id for rule in policy.rules if rule.id not in fired),
        undecided=tuple(undecided),
        disagreements=tuple(
            Disagreement(pair, (effects[pair[0]], effects[pair[1]]), count, instances[pair])
            for pair, count in pairs.items()
        ),
        unrefused=tuple(unrefused),
    )


def in_words(declaration: Declaration) -> str:
    """A declaration on one line, in the words of the policy's file."""
    said = [f"{requirement[:2]}={declaration.answers[requirement]}" for requirement in Requirement]
    return " ".join(
        [*said, f"category={declaration.category}", f"course={declaration.course}", f"relevant={declaration.relevance}"]
    )


def _wrong(policy: UsePolicy, example: UseExample) -> str:
    """What is wrong with an example; empty when it comes to what it must, by exactly the rules it names."""
    finding = evaluate(policy, example.declaration)
    if finding.verdict is not example.expect:
        return f"{in_words(example.declaration)}: expected {example.expect}, came to {finding.verdict} by {', '.join(finding.by) or 'no rule'}"
    if example.by and set(example.by) != set(finding.by):
        return f"{in_words(example.declaration)}: expected by {', '.join(example.by)}, came by {', '.join(finding.by)}"
    return ""
