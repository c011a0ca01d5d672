"""The closed words of a declaration: what somebody may say of a recording, and what the policy may answer (R76 to R79)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Requirement(StrEnum):
    """The three requirements, all of which a recording must meet (R76)."""

    CURRENT_STUDENTS = "q1_supports_current_students"
    EDUCATIONAL_CONTENT = "q2_educational_content"
    LECTURER_STUDENT = "q3_lecturer_student_dissemination"


class Answer(StrEnum):
    """What is answered to a question (R77)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Relevance(StrEnum):
    """Whether the content is directly relevant to the named course (R78 d)."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class LinkedCourse(StrEnum):
    """The kind of the course a declaration names (R3, R77), or that it names none."""

    AWARD = "award"
    EXECUTIVE_EDUCATION = "executive_education"
    SUMMER_SCHOOL = "summer_school"
    OTHER = "other"
    NONE = "none"


class CourseStanding(StrEnum):
    """What a linked course counts for (R81): derived from its kind and the policy's own settings."""

    QUALIFIES = "qualifies"
    DOUBTFUL = "doubtful"  # qualifies for the second requirement, and the policy leaves the first one open
    DOES_NOT_QUALIFY = "does_not_qualify"
    NONE = "none"


class CategoryRule(StrEnum):
    """What a category of content can come to (R79)."""

    OK = "ok"
    IF_DIRECTLY_RELEVANT = "if_directly_relevant"
    NEVER = "never"
    REFER = "refer"


class Verdict(StrEnum):
    """What becomes of a declaration (R78), and what else a reviewer may decide (R89)."""

    PERMITTED = "PERMITTED"
    NOT_PERMITTED = "NOT_PERMITTED"
    REFERRED = "REFERRED"
    EXEMPT = "EXEMPT"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody says of a recording (R77). A category is a word of the policy; the rest is closed here."""

    answers: Mapping[Requirement, Answer]
    category: str
    course: LinkedCourse = LinkedCourse.NONE
    relevance: Relevance = Relevance.NOT_ASKED


# What a rule of a policy may speak of, and the words it may use of each. Categories are the policy's own.
FACT_WORDS: Mapping[str, frozenset[str]] = {
    **{requirement.value: frozenset(Answer) for requirement in Requirement},
    "category_rule": frozenset(CategoryRule),
    "course": frozenset(LinkedCourse),
    "course_standing": frozenset(CourseStanding),
    "directly_relevant": frozenset(Relevance),
}
