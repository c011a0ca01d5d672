"""What a recording is for: the questions, what the policy makes of answers, declaring, reporting, appealing (R77 to R92).

With an upload the same object goes as JSON in the key `declaration` of Upload-Metadata, and nothing begins without it."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import policy as actions
from cathedra.actions.policy import DeclareWish
from cathedra.domain import policy
from cathedra.domain.policy import APPEAL_CHARACTERS, REPORT_CHARACTERS, Answer, Finding, Relevance, Requirement
from cathedra.domain.terms import Channel, Decision, RecordingId
from cathedra.web import actor
from cathedra.web.api.answers import REFUSED, Refusal, told

router = Router(tags=["declarations"])


class DeclarationIn(Schema):
    """What somebody declares. `course` is an id or null; `version` that of the questions that were answered."""

    q1: Answer
    q2: Answer
    q3: Answer
    category: str
    course: UUID | None = None
    directly_relevant: Relevance = Relevance.NOT_ASKED
    note: Annotated[str, Field(max_length=actions.NOTE_CHARACTERS)] = ""
    version: int | None = None

    def wish(self) -> DeclareWish:
        """As the actions take it."""
        return DeclareWish(
            answers=(self.q1, self.q2, self.q3),
            category=self.category,
            course_id=self.course,
            relevance=self.directly_relevant,
            note=self.note,
            version=self.version,
        )


class DeclarationVerdict(Schema):
    """PERMITTED, or REFERRED: then the service team decides, and until then only the owner can watch it."""

    verdict: str
    policy: str
    reasons: list[str]


class UseCategory(Schema):
    """A kind of content. Of those whose rule is `if_directly_relevant`, `directly_relevant` is asked."""

    id: str
    label: str
    rule: str


class UsePolicyOut(Schema):
    """The version that holds: the questions by their names in a declaration, the kinds of content, whom to ask."""

    version: int
    title: str
    questions: dict[str, str]
    categories: list[UseCategory]
    contact: str
    alternative: str


class ReportIn(Schema):
    """Why something does not belong here."""

    text: Annotated[str, Field(max_length=REPORT_CHARACTERS)]


class AppealIn(Schema):
    """Why it does."""

    text: Annotated[str, Field(max_length=APPEAL_CHARACTERS)]


@router.get("/declarations/policy", response={200: UsePolicyOut, REFUSED: Refusal}, operation_id="getUsePolicy")
def use_policy(request: HttpRequest) -> Any:
    """What a declaration is made of, in the words of the acceptable use policy that holds."""
    version = actions.policy_in_force()
    if version is None:
        return told(policy.no_version())
    return UsePolicyOut(
        version=version.version,
        title=version.title,
        questions={f"q{number}": version.questions[one] for number, one in enumerate(Requirement, 1)},
        categories=[UseCategory(id=one.id, label=one.label, rule=one.rule) for one in version.categories],
        contact=version.contact,
        alternative=version.alternative,
    )


@router.post(
    "/declarations/check", response={200: DeclarationVerdict, REFUSED: Refusal}, operation_id="checkDeclaration"
)
def check(request: HttpRequest, declaration: DeclarationIn) -> Any:
    """What the policy makes of a declaration. Keeps nothing; what is not permitted is refused with every reason (R85)."""
    judged = actions.judge_use(declaration.wish())
    return told(judged) if isinstance(judged, Decision) else verdict(judged.finding)


@router.post(
    "/recordings/{uuid:recording_id}/declaration",
    response={200: DeclarationVerdict, REFUSED: Refusal},
    operation_id="declareUse",
)
def declare(request: HttpRequest, recording_id: UUID, declaration: DeclarationIn) -> Any:
    """Declare what a recording that is here is for, or correct that."""
    who = actor.from_request(request, channel=Channel.API)
    found = actions.declare_use(RecordingId(recording_id), declaration.wish(), actor=who, now=timezone.now())
    return told(found) if isinstance(found, Decision) else verdict(found)


@router.post(
    "/recordings/{uuid:recording_id}/report", response={204: None, REFUSED: Refusal}, operation_id="reportRecording"
)
def report(request: HttpRequest, recording_id: UUID, given: ReportIn) -> Any:
    """Tell the service team that a recording does not belong here (R88). It stays; its owner is not told who said so."""
    who = actor.from_request(request, channel=Channel.API)
    decision = actions.report_use(RecordingId(recording_id), given.text, actor=who, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


@router.post("/recordings/{uuid:recording_id}/appeal", response={204: None, REFUSED: Refusal}, operation_id="appealUse")
def appeal(request: HttpRequest, recording_id: UUID, given: AppealIn) -> Any:
    """The owner asks for a second look at a refusal, once, in the days of grace (R92)."""
    who = actor.from_request(request, channel=Channel.API)
    decision = actions.appeal_use(RecordingId(recording_id), given.text, actor=who, now=timezone.now())
    return Status(204, None) if decision.is_permitted else told(decision)


def verdict(finding: Finding) -> DeclarationVerdict:
    """What the policy makes of a declaration, as it is told."""
    reasons = [reason.message for reason in finding.reasons]
    return DeclarationVerdict(verdict=finding.verdict, policy=finding.policy, reasons=reasons)
