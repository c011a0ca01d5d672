"""What a declaration comes to under a policy, and why (R78, R85, R86)."""

from dataclasses import dataclass

from cathedra.domain.policy._use_policy import Rule, UsePolicy
from cathedra.domain.policy._use_words import CourseStanding, Declaration, LinkedCourse, Requirement, Verdict
from cathedra.domain.terms import Code, Decision, Effect, deny, permit
from cathedra.domain.terms import gettext_noop as _


class WrongDeclaration(ValueError):
    """A declaration speaks of what the policy does not know; the sentence says what."""


@dataclass(frozen=True, slots=True)
class Why:
    """A rule that made a verdict: its clause and its sentence."""

    rule: str
    cite: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with everything that led to it. `by` is empty when no rule decided and the default was taken."""

    verdict: Verdict
    policy: str
    reasons: tuple[Why, ...]
    failed: tuple[Requirement, ...]
    example: str  # the category, as the policy words it, with its clause
    by: tuple[str, ...] = ()


_VERDICTS = {
    Effect.DENY: Verdict.NOT_PERMITTED,
    Effect.REFER: Verdict.REFERRED,
    Effect.PERMIT: Verdict.PERMITTED,
}


def standing(policy: UsePolicy, course: LinkedCourse) -> CourseStanding:
    """What a course counts for (R81): the shipped policy lets all three kinds count for both requirements."""
    if course is LinkedCourse.NONE:
        return CourseStanding.NONE
    if course not in policy.qualifying_courses:
        return CourseStanding.DOES_NOT_QUALIFY
    if course is LinkedCourse.AWARD or policy.exec_ed_counts_for_q1:
        return CourseStanding.QUALIFIES
    return CourseStanding.DOUBTFUL


def matching(policy: UsePolicy, declaration: Declaration) -> tuple[Rule, ...]:
    """The rules all of whose conditions hold. Raises WrongDeclaration for a category the policy does not know."""
    category = policy.category(declaration.category)
    if category is None:
        raise WrongDeclaration(f"{declaration.category!r} is no category of {policy.name}")
    facts: dict[str, str] = {
        "category": category.id,
        "category_rule": category.rule,
        "course": declaration.course,
        "course_standing": standing(policy, declaration.course),
        "directly_relevant": declaration.relevance,
    }
    facts.update((question.value, answer.value) for question, answer in declaration.answers.items())
    return tuple(rule for rule in policy.rules if all(facts[fact] in words for fact, words in rule.when.items()))


def evaluate(policy: UsePolicy, declaration: Declaration) -> Finding:
    """The verdict (R78): a refusal beats a referral, a referral a permission, and what no rule decides is referred.

    Every rule of the winning effect is a reason, so that all failed requirements are named at once.
    """
    return conclude(policy, declaration, matching(policy, declaration))


def conclude(policy: UsePolicy, declaration: Declaration, found: tuple[Rule, ...]) -> Finding:
    """The verdict of the rules that hold."""
    effect = next((effect for effect in _VERDICTS if any(rule.effect is effect for rule in found)), Effect.REFER)
    winning = tuple(rule for rule in found if rule.effect is effect)
    category = policy.category(declaration.category)
    return Finding(
        verdict=_VERDICTS[effect],
        policy=policy.name,
        reasons=tuple(Why(rule.id, rule.cite, rule.message) for rule in winning)
        or (Why("undecided", "", policy.undecided_message),),
        failed=tuple(rule.requirement for rule in winning if rule.requirement and effect is Effect.DENY),
        example=f"{category.label} ({category.cite})" if category else "",
        by=tuple(rule.id for rule in winning),
    )


def decide_storing(policy: UsePolicy, finding: Finding) -> Decision:
    """May the first byte come? Not when the verdict is no (R85): nothing is stored, and the refusal says why and where
    else to go. A referred recording may come; it is held until somebody decided (R86)."""
    if finding.verdict is not Verdict.NOT_PERMITTED:
        return permit()
    return deny(
        Code.NOT_PERMITTED,
        "R85",
        _("{why} Nothing was stored. {alternative} If you think this is wrong, write to {contact}."),
        why=" ".join(f"{reason.message.removesuffix('.')} ({reason.cite})." for reason in finding.reasons),
        alternative=policy.alternative,
        contact=policy.contact,
        failed=", ".join(finding.failed),
    )
