"""Standing declarations: what is recorded by schedule for a course is declared in advance, for one academic year (R83)."""

from collections.abc import Collection
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


@dataclass(frozen=True, slots=True)
class FolderStanding:
    """What might speak for what is scheduled in a folder: the course that it is linked to, whether its captures are
    declared in advance for the course's year, or were and are not any more, and whether the policy in force permits that.
    """

    course: str
    academic_year: str
    stands: bool
    was_withdrawn: bool
    is_permitted: bool


def decide_standing(found: FolderStanding | None, years: Collection[str]) -> Decision:
    """Does what stands speak for every one of these academic years (R83)? Where not, the declaration is asked for (R84),
    and the refusal says why. None: the folder is linked to no course."""
    if found is None:
        return _asked(_("Nothing is declared in advance for this folder. Say what the recording is for."))
    about = {"course": found.course, "academic_year": found.academic_year}
    if not found.stands and found.was_withdrawn:
        return _asked(
            _(
                "What was declared in advance for {course}, {academic_year}, was withdrawn. Say what the recording is for."
            ),
            **about,
        )
    if not found.stands:
        return _asked(
            _("Nothing is declared in advance for {course}, {academic_year}. Say what the recording is for."), **about
        )
    if not found.is_permitted:
        return _asked(
            _(
                "The policy in force does not permit what is declared in advance for {course}. Say what the recording is"
                " for."
            ),
            **about,
        )
    outside = sorted(set(years) - {found.academic_year})
    if outside:
        return _asked(
            _(
                "What is declared in advance for {course} is for {academic_year}, and some of these times are in {outside}."
                " Say what the recording is for, or choose other times."
            ),
            **about,
            outside=", ".join(outside),
        )
    return permit()


def _asked(sentence: str, **values: str) -> Decision:
    return deny(Code.BAD_REQUEST, "R84", sentence, **values)


def _nothing() -> Decision:
    return deny(Code.NO_PERMISSION, "R83", _("There is nothing here, or you may not see it."))
