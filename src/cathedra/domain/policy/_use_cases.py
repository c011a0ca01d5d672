"""Cases: what is held, who decides, appeals, grace, and what a person is told who breaks the policy again (R82, R83,
R87 to R92)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cathedra.domain.policy._use_policy import UsePolicy
from cathedra.domain.policy._use_words import Answer, Declaration, LinkedCourse, Requirement, Verdict
from cathedra.domain.terms import AccountId, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

ASSESSMENT = "student_assessment"  # R82 names the category
_MOST_EXEMPT = timedelta(days=366)  # R89: twelve months, a leap year's too
_BREACHES_IN = timedelta(days=365)  # R91


class UseHold(StrEnum):
    """Why the policy holds a recording (R87)."""

    NOT_PERMITTED = "aup_not_permitted"
    REFERRED = "aup_referred"
    UNDECLARED = "aup_undeclared"


def hold_for(verdict: Verdict | None) -> UseHold | None:
    """What holds a recording that leaves processing (R87, T14 to T16); None when it goes on."""
    match verdict:
        case Verdict.PERMITTED | Verdict.EXEMPT:
            return None
        case Verdict.NOT_PERMITTED:
            return UseHold.NOT_PERMITTED
        case Verdict.REFERRED:
            return UseHold.REFERRED
        case None:
            return UseHold.UNDECLARED


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is about to be declared, for the answers that can stand there already."""

    course: LinkedCourse
    is_assignment: bool = False
    is_enrolled: bool = False  # as a student of that course
    last: Declaration | None = None  # this person's last one in this folder


@dataclass(frozen=True, slots=True)
class Prefill:
    """Answers that stand there already; `is_one_step` when a single confirmation declares them."""

    declaration: Declaration
    is_one_step: bool


def prefill(policy: UsePolicy, place: Place) -> Prefill | None:
    """A student's work is filled in and needs one confirmation (R82); otherwise the last answers for the folder are
    chosen and not submitted (R83). None when there is nothing to go by, or the policy no longer knows the category."""
    if place.is_assignment and place.is_enrolled and policy.category(ASSESSMENT):
        answers = dict.fromkeys(Requirement, Answer.YES)
        return Prefill(Declaration(answers, ASSESSMENT, place.course), is_one_step=True)
    if place.last is None or policy.category(place.last.category) is None:
        return None
    return Prefill(replace(place.last, course=place.course), is_one_step=False)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Who reviews what, and what was decided of it before. `seconded_by` has consented to an exemption."""

    reviewer: AccountId
    is_service_admin: bool
    owner: AccountId
    first_reviewer: AccountId | None = None
    is_appealed: bool = False
    is_appeal_decided: bool = False
    seconded_by: AccountId | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer decides, and why."""

    verdict: Verdict
    reason: str
    exempt_until: datetime | None = None


def decide_review(facts: ReviewFacts, review: Review, now: datetime) -> Decision:
    """May this person decide this, so? Reviewers are service administrators, never of their own (R89); an appeal goes to
    somebody else and is decided once (R92); an exemption ends, and has a second administrator's consent."""
    if not facts.is_service_admin:
        return deny(Code.NO_PERMISSION, "R89", _("There is nothing here, or you may not see it."))
    if facts.reviewer == facts.owner:
        return deny(Code.CONFLICT, "R89", _("This recording is yours, so somebody else has to decide."))
    if facts.is_appeal_decided:
        return deny(Code.CONFLICT, "R92", _("The appeal was decided, and an appeal is decided once."))
    if facts.is_appealed and facts.reviewer == facts.first_reviewer:
        return deny(Code.CONFLICT, "R92", _("You decided this before, so somebody else has to decide the appeal."))
    if review.verdict is Verdict.REFERRED or not review.reason.strip():
        return deny(Code.BAD_REQUEST, "R89", _("Say what you decide, and why: the owner is told."))
    return _exemption(facts, review, now) if review.verdict is Verdict.EXEMPT else permit()


def _exemption(facts: ReviewFacts, review: Review, now: datetime) -> Decision:
    until = review.exempt_until
    if until is None or not now < until <= now + _MOST_EXEMPT:
        return deny(Code.BAD_REQUEST, "R89", _("An exemption ends on a day within the next twelve months."))
    if facts.seconded_by is None or facts.seconded_by in (facts.reviewer, facts.owner):
        return deny(Code.BAD_REQUEST, "R89", _("An exemption needs the consent of a second service administrator."))
    return permit()


@dataclass(frozen=True, slots=True)
class AppealFacts:
    """A decision that somebody wants looked at again."""

    is_owner: bool
    verdict: Verdict
    has_appealed: bool
    grace_until: datetime


def decide_appeal(facts: AppealFacts, now: datetime) -> Decision:
    """The owner may appeal once against a refusal, in the days of grace (R90, R92)."""
    if not facts.is_owner:
        return deny(Code.NO_PERMISSION, "R90", _("There is nothing here, or you may not see it."))
    if facts.verdict is not Verdict.NOT_PERMITTED:
        return deny(Code.CONFLICT, "R90", _("There is no refusal to appeal against."))
    if facts.has_appealed:
        return deny(Code.CONFLICT, "R92", _("You appealed already, and an appeal is decided once."))
    if now >= facts.grace_until:
        return deny(Code.CONFLICT, "R90", _("The days in which you could appeal are over."))
    return permit()


def grace_until(policy: UsePolicy, decided_at: datetime) -> datetime:
    """Until when the owner may download, move, correct or appeal (R90)."""
    return decided_at + timedelta(days=policy.grace_days)


def is_removal_due(verdict: Verdict, grace_until: datetime, now: datetime, *, is_appeal_open: bool) -> bool:
    """Does a refused recording go to the bin now (T29)? Not while an appeal is open (R92)."""
    return verdict is Verdict.NOT_PERMITTED and not is_appeal_open and now >= grace_until


class Advice(StrEnum):
    """What the service team is advised after a confirmed breach; people act, the product never does (R91)."""

    TELL_OWNER = "tell_owner"
    TELL_DEPARTMENT = "tell_department"
    MAY_SUSPEND = "may_suspend"  # Creator rights, in personal folders only


def decide_suspension(
    facts: ReviewFacts, breaches: tuple[datetime, ...], reason: str, now: datetime, *, is_suspended: bool
) -> Decision:
    """May somebody's Creator rights in personal folders be suspended? By whoever runs the service alone, with a reason,
    from the third confirmed breach within twelve months on (R91)."""
    refused = _decide_suspender(facts)
    if refused is not None:
        return refused
    if is_suspended:
        return deny(Code.CONFLICT, "R91", _("Their right to make recordings in personal folders is suspended already."))
    if Advice.MAY_SUSPEND not in advise(breaches, now):
        return deny(
            Code.CONFLICT,
            "R91",
            _("This right can be suspended from the third confirmed breach within twelve months on, and not before."),
        )
    if not reason.strip():
        return deny(Code.BAD_REQUEST, "R91", _("Say why: they are told."))
    return permit()


def decide_end_of_suspension(facts: ReviewFacts, *, is_suspended: bool) -> Decision:
    """May it be given back? At any time."""
    refused = _decide_suspender(facts)
    if refused is None and not is_suspended:
        refused = deny(Code.CONFLICT, "R91", _("Their right to make recordings in personal folders is not suspended."))
    return refused or permit()


def _decide_suspender(facts: ReviewFacts) -> Decision | None:
    if not facts.is_service_admin:
        return deny(Code.NO_PERMISSION, "R91", _("There is nothing here, or you may not see it."))
    if facts.reviewer == facts.owner:
        return deny(Code.CONFLICT, "R91", _("This is about you, so somebody else has to decide."))
    return None


def advise(breaches: tuple[datetime, ...], now: datetime) -> frozenset[Advice]:
    """Advice from the confirmed breaches of one person in the last twelve months, the one just confirmed included."""
    recent = sum(1 for at in breaches if now - _BREACHES_IN < at <= now)
    return frozenset(
        advice
        for advice, is_given in (
            (Advice.TELL_OWNER, recent in (1, 2)),
            (Advice.TELL_DEPARTMENT, recent == 2),
            (Advice.MAY_SUSPEND, recent > 2),
        )
        if is_given
    )
