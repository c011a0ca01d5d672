"""Administrative access to content: who is given it, when its owner need not be told yet, how it ends (R141 to R149)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra.domain.access._grant_policy import GrantPolicy
from cathedra.domain.access._words import DeferGround, GrantRight, GrantStanding, Informed
from cathedra.domain.terms import Code, Decision, Obligation, deny, permit
from cathedra.domain.terms import gettext_noop as _

LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class GrantAsked:
    """A grant that somebody wants to give: what for, to whom, to what, from when to when."""

    purpose: str
    explanation: str
    rights: frozenset[GrantRight]
    starts_at: datetime
    ends_at: datetime
    is_giver_service_admin: bool
    is_own: bool
    affiliation: str
    is_active: bool
    recording_count: int
    folder_count: int
    is_notice_held: bool = False  # R147: the giver says that to tell the owner now would do harm


def decide_grant(asked: GrantAsked, policy: GrantPolicy, now: datetime) -> Decision:
    """May it be given? If so, the owner must be told, or a second person must write down why not (R146, R147)."""
    if not asked.is_giver_service_admin:
        return deny(Code.NO_PERMISSION, "R144", _("There is nothing here, or you may not see it."))
    refusal = _who(asked, policy) or _what_for(asked, policy) or _period(asked, policy, now) or _things(asked, policy)
    if refusal:
        return refusal
    return permit(Obligation.RECORD_REASON if asked.is_notice_held else Obligation.NOTIFY_OWNER)


def is_refusal_kept(decision: Decision) -> bool:
    """Whether a refused grant goes on the trail (R148, R150): what was only filled in wrongly does not."""
    return not decision.is_permitted and decision.code is not Code.BAD_REQUEST


def _who(asked: GrantAsked, policy: GrantPolicy) -> Decision | None:
    if asked.is_own:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R144",
            _("You cannot give access to yourself. Ask another service administrator to give it to you."),
        )
    if asked.affiliation not in policy.affiliations or not asked.is_active:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R143",
            _(
                "Access can only be given to current staff of the University or a College. Students, externals, service accounts and people whose account is closed are refused, whoever asks."
            ),
        )
    return None


def _what_for(asked: GrantAsked, policy: GrantPolicy) -> Decision | None:
    purpose = policy.purpose(asked.purpose)
    if purpose is None:
        return deny(Code.BAD_REQUEST, "R142", _("Say what the access is for: one of the purposes in the list."))
    if not purpose.is_permitted:
        return deny(Code.ILLEGAL_TRANSITION, "R142", purpose.message)
    if not policy.min_explanation <= len(asked.explanation) <= LONGEST_TEXT:
        return deny(
            Code.BAD_REQUEST,
            "R142",
            _("Explain in at least {least} characters, and at most {most}, what the access is needed for."),
            least=str(policy.min_explanation),
            most=str(LONGEST_TEXT),
        )
    return None


def _period(asked: GrantAsked, policy: GrantPolicy, now: datetime) -> Decision | None:
    if asked.ends_at <= max(asked.starts_at, now):
        return deny(Code.BAD_REQUEST, "R145", _("The access must end later than it begins, and later than now."))
    if asked.ends_at - asked.starts_at > timedelta(days=policy.max_days):
        return deny(
            Code.BAD_REQUEST,
            "R145",
            _("Access lasts {days} days at most. When it is needed for longer, give a new grant then."),
            days=str(policy.max_days),
        )
    if asked.starts_at > now + timedelta(days=policy.max_days):
        return deny(Code.BAD_REQUEST, "R145", _("The access must begin within {days} days."), days=str(policy.max_days))
    return None


def _things(asked: GrantAsked, policy: GrantPolicy) -> Decision | None:
    if GrantRight.VIEW not in asked.rights:
        return deny(
            Code.BAD_REQUEST, "R145", _("Every grant lets its holder watch; it can add managing and downloading.")
        )
    is_one_kind = (asked.folder_count, bool(asked.recording_count)) in ((1, False), (0, True))
    if not is_one_kind or asked.recording_count > policy.max_recordings:
        return deny(
            Code.BAD_REQUEST,
            "R145",
            _("Name one folder, or up to {most} recordings."),
            most=str(policy.max_recordings),
        )
    return None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A grant as it stands. `is_told` is whether the notice of it was ever sent to anybody."""

    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    is_notice_held: bool  # the owner is not told until a second person decides, or until the review
    deferred_reason: str
    review_at: datetime | None
    has_live_part: bool

    def is_over(self, now: datetime) -> bool:
        """Ended by time or before it."""
        return self.revoked_at is not None or now >= self.ends_at


def standing_of(facts: GrantFacts, now: datetime) -> GrantStanding:
    """How a grant stands, in one word."""
    if facts.is_over(now):
        return GrantStanding.REVOKED if facts.revoked_at is not None else GrantStanding.ENDED
    if facts.is_notice_held and not facts.deferred_reason:
        return GrantStanding.AWAITING_REASON
    if now < facts.starts_at:
        return GrantStanding.AWAITING_START
    if facts.deferred_reason and facts.is_notice_held:
        return GrantStanding.DEFERRED
    return GrantStanding.LIVE if facts.has_live_part else GrantStanding.AWAITING_NOTICE


@dataclass(frozen=True, slots=True)
class Second:
    """Who steps in as the second person: a service administrator, neither giver nor grantee (R147)."""

    is_service_admin: bool
    is_giver: bool
    is_grantee: bool


def decide_defer(
    facts: GrantFacts,
    who: Second,
    *,
    ground: str,
    reason: str,
    review_at: datetime,
    policy: GrantPolicy,
    now: datetime,
) -> Decision:
    """May the reason why the owner is not told yet be written down, or be renewed with a fresh one (R147)? `ground` is one
    of DeferGround: for nothing else is a notice held back."""
    refusal = _second(who) or _deferrable(facts, now)
    if refusal:
        return refusal
    if ground not in tuple(DeferGround):
        return deny(
            Code.BAD_REQUEST,
            "R147",
            _("Say which it is: telling the owner would prejudice a security incident, or a legal duty."),
        )
    if not policy.min_explanation <= len(reason) <= LONGEST_TEXT:
        return deny(
            Code.BAD_REQUEST,
            "R147",
            _("Say in at least {least} characters, and at most {most}, why the owner must not be told yet."),
            least=str(policy.min_explanation),
            most=str(LONGEST_TEXT),
        )
    if reason.casefold() == facts.deferred_reason.casefold():
        return deny(Code.BAD_REQUEST, "R147", _("A deferral is renewed with a fresh reason, not with the same again."))
    if not now < review_at <= now + timedelta(days=policy.max_review_days):
        return deny(
            Code.BAD_REQUEST,
            "R147",
            _("Choose a review date from tomorrow on, at most {days} days ahead. The owner is told then."),
            days=str(policy.max_review_days),
        )
    return permit(Obligation.RECORD_REASON)


def decide_tell_now(facts: GrantFacts, *, is_service_admin: bool) -> Decision:
    """May the owner be told before the review?"""
    if not is_service_admin:
        return deny(Code.NO_PERMISSION, "R144", _("There is nothing here, or you may not see it."))
    if not facts.is_notice_held:
        return deny(Code.CONFLICT, "R146", _("The owner was told of this already."))
    return permit(Obligation.NOTIFY_OWNER)


def decide_revoke(facts: GrantFacts, *, is_service_admin: bool, now: datetime) -> Decision:
    """May it be ended before its time (R149)?"""
    if not is_service_admin:
        return deny(Code.NO_PERMISSION, "R144", _("There is nothing here, or you may not see it."))
    if facts.is_over(now):
        return deny(Code.CONFLICT, "R149", _("This access has ended already."))
    return permit(Obligation.NOTIFY_OWNER)


def _second(who: Second) -> Decision | None:
    if not who.is_service_admin:
        return deny(Code.NO_PERMISSION, "R147", _("There is nothing here, or you may not see it."))
    if who.is_giver or who.is_grantee:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R147",
            _("Another service administrator must write this down: neither who gave the access nor who has it."),
        )
    return None


def _deferrable(facts: GrantFacts, now: datetime) -> Decision | None:
    if not facts.is_notice_held:
        return deny(Code.CONFLICT, "R147", _("The owner was told of this already, so there is nothing to put off."))
    if facts.is_over(now) and not facts.deferred_reason:
        return deny(Code.CONFLICT, "R147", _("This access has ended already."))
    return None


def whom_to_tell(*, is_owner_reachable: bool, has_creators: bool, has_contact: bool) -> Informed:
    """R147: the owner; only if they cannot be reached the Creators of the folder, then the department's contact."""
    if is_owner_reachable:
        return Informed.OWNER
    if has_creators:
        return Informed.CREATORS
    return Informed.DEPARTMENT if has_contact else Informed.NOBODY


def after(told: Informed) -> Informed:
    """Whom to turn to when the letter to these came back (R147: bounced)."""
    order = (Informed.OWNER, Informed.CREATORS, Informed.DEPARTMENT, Informed.NOBODY)
    return order[min(order.index(told) + 1, len(order) - 1)]
