"""The form in which somebody says what a recording is for, on the page of uploads and on the page of a hold (R82, R83)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cathedra.actions import policy as actions
from cathedra.actions.policy import DeclareWish
from cathedra.db.reads import policy as reads
from cathedra.domain import policy
from cathedra.domain.policy import Answer, Category, Relevance, Requirement, UsePolicy
from cathedra.domain.terms import AccountId, FolderId, RecordingId

QUESTIONS = tuple(zip(("q1", "q2", "q3"), Requirement, strict=True))
NOTE_LENGTH = 500
ANSWERS: Mapping[str, Any] = {
    Answer.YES: gettext_lazy("Yes"),
    Answer.NO: gettext_lazy("No"),
    Answer.UNSURE: gettext_lazy("Not sure"),
}


RELEVANT: Mapping[Relevance, Any] = {
    Relevance.YES: gettext_lazy("declared directly relevant"),
    Relevance.NO: gettext_lazy("declared not directly relevant"),
    Relevance.UNSURE: gettext_lazy("not sure whether it is directly relevant"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be given to a question."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One of the three requirements, as the policy asks it."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows. `summary` says in a line what its answers are when they stand there already: then one
    confirmation declares them, and nothing does so without it (R83)."""

    version: int
    contact: str
    questions: tuple[Question, ...]
    categories: tuple[Category, ...]
    category: str
    own_courses: tuple[reads.CourseChoice, ...]
    other_courses: tuple[reads.CourseChoice, ...]
    course_id: UUID | None
    relevance: tuple[Choice, ...]
    note: str
    is_one_step: bool
    summary: str
    note_length: int = NOTE_LENGTH


@dataclass(frozen=True, slots=True)
class _Given:
    answers: Mapping[Requirement, Answer]
    category: str = ""
    course_id: UUID | None = None
    relevance: str = ""
    note: str = ""
    is_one_step: bool = False


def form_for_upload(viewer: AccountId, folder_id: FolderId, recording_id: RecordingId | None = None) -> Form | None:
    """The form for a new file in a folder; None when nothing is asked: the file goes beside one that is declared, or no
    version of the policy was ever activated."""
    version = actions.policy_in_force()
    if version is None or (recording_id is not None and reads.find_last_declaration(recording_id) is not None):
        return None
    filled = policy.prefill(version, reads.place_of(viewer, folder_id))
    course_id = reads.course_of(folder_id)
    if filled is None:
        return _form(version, _Given({}, course_id=course_id), viewer, folder_id)
    last = reads.find_last_in_folder(viewer, folder_id)
    said = filled.declaration
    given = _Given(
        said.answers,
        said.category,
        course_id or (last.course_id if last else None),
        said.relevance,
        is_one_step=filled.is_one_step,
    )
    return _form(version, given, viewer, folder_id)


def form_for_recording(viewer: AccountId, folder_id: FolderId, recording_id: RecordingId) -> Form | None:
    """The form for what is here already, with what was declared of it last."""
    version, last = actions.policy_in_force(), reads.find_last_declaration(recording_id)
    if version is None:
        return None
    if last is None:
        return _form(version, _Given({}, course_id=reads.course_of(folder_id)), viewer, folder_id)
    said = last.declaration
    given = _Given(said.answers, said.category, last.course_id, said.relevance, last.note)
    return _form(version, given, viewer, folder_id)


def form_as_given(viewer: AccountId, folder_id: FolderId, sent: Mapping[str, str]) -> Form | None:
    """The form for something new in a folder with what was sent, where it is shown again: nothing that was chosen is lost."""
    version = actions.policy_in_force()
    if version is None:
        return None
    answers = {requirement: sent[name] for name, requirement in QUESTIONS if sent.get(name) in set(Answer)}
    given = _Given(
        {requirement: Answer(value) for requirement, value in answers.items()},
        sent.get("category", ""),
        _course_in(sent),
        sent.get("directly_relevant", ""),
        sent.get("note", "")[:NOTE_LENGTH],
    )
    return replace(_form(version, given, viewer, folder_id), summary="")


def _course_in(sent: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(sent.get("course", ""))
    except ValueError:
        return None


def _form(version: UsePolicy, given: _Given, viewer: AccountId, folder_id: FolderId) -> Form:
    courses = reads.list_course_choices(viewer, folder_id)
    questions = tuple(
        Question(name, version.questions[requirement], _choices(given.answers.get(requirement, "")))
        for name, requirement in QUESTIONS
    )
    return Form(
        version=version.version,
        contact=version.contact,
        questions=questions,
        categories=version.categories,
        category=given.category if version.category(given.category) else "",
        own_courses=tuple(one for one in courses if one.is_own),
        other_courses=tuple(one for one in courses if not one.is_own),
        course_id=given.course_id,
        relevance=_choices(given.relevance),
        note=given.note,
        is_one_step=given.is_one_step,
        summary=_summary(version, given, courses),
    )


def _choices(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, str(label), value == chosen) for value, label in ANSWERS.items())


def _summary(version: UsePolicy, given: _Given, courses: tuple[reads.CourseChoice, ...]) -> str:
    category = version.category(given.category)
    if category is None or len(given.answers) < len(Requirement):
        return ""
    course = next((one.name for one in courses if one.id == given.course_id), _("no course"))
    return f"{category.label} – {course}"


def wish_from(given: Mapping[str, str]) -> DeclareWish | None:
    """What was sent as a form; None when an answer is missing or is none."""
    try:
        q1, q2, q3 = (Answer(given.get(name, "")) for name, _requirement in QUESTIONS)
        course = given.get("course", "")
        version = given.get("version", "")
        return DeclareWish(
            answers=(q1, q2, q3),
            category=given.get("category", ""),
            course_id=UUID(course) if course else None,
            relevance=Relevance(given.get("directly_relevant") or Relevance.NOT_ASKED),
            note=given.get("note", "")[:NOTE_LENGTH],
            version=int(version) if version else None,
        )
    except ValueError:
        return None
