"""Standing declarations: what is recorded by schedule for a course is declared in advance, for one academic year (R83)."""

from dataclasses import dataclass
from datetime import date

from cathedra.domain.policy._use_verdict import Finding
from cathedra.domain.policy._use_words import Answer, Declaration, LinkedCourse, Requirement, Verdict
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

LECTURE = "lecture"  # R83 names the category


def standing_words(course: LinkedCourse) -> Declaration:
    """What a standing declaration says of every capture: a lecture of that course, that meets all three requirements."""
    return Declaration(dict.fromkeys(Requirement, Answer.YES), LECTURE, course)


def academic_year_ending(day: date) -> str:
    """The academic year that ends on a day, as 2026-27."""
    return f"{day.year - 1}-{day.year % 100:02d}"


@dataclass(frozen=True, slots=True)
class StandFacts:
    """Who would answer for which course. `may`: they run the service, or schedule for a folder of it (R25, R38 row 4).
    `is_confirmed`: they say that the requirements are met; `is_given`: somebody answers for that year already."""

    may: bool
    is_confirmed: bool = False
    is_given: bool = False


def decide_give(facts: StandFacts, finding: Finding) -> Decision:
    """May this be declared in advance? Only what the policy permits as it is: nobody looks at it again."""
    if not facts.may:
        return _nothing()
    if not facts.is_confirmed:
        return deny(Code.BAD_REQUEST, "R83", _("Confirm that what is recorded by schedule meets the requirements."))
    if finding.verdict is not Verdict.PERMITTED:
        return deny(
            Code.NOT_PERMITTED,
            "R83",
            _("Captures of this course cannot be declared in advance: {why}"),
            why=" ".join(reason.message for reason in finding.reasons),
        )
    if facts.is_given:
        return deny(Code.CONFLICT, "R83", _("The captures of this course are declared for this academic year already."))
    return permit()


def decide_withdraw(*, may: bool, is_withdrawn: bool) -> Decision:
    """May it be taken back? By whoever could give it; what was declared by it before keeps its verdict (R16)."""
    if not may:
        return _nothing()
    if is_withdrawn:
        return deny(Code.CONFLICT, "R83", _("This declaration was withdrawn before."))
    return permit()


def _nothing() -> Decision:
    return deny(Code.NO_PERMISSION, "R83", _("There is nothing here, or you may not see it."))
