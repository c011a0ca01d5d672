"""Give staff access to content, for the system's sake, and tell its owner (R141 to R147)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cathedra.actions.grants._may import is_service_admin
from cathedra.actions.grants._saying import tell_owners
from cathedra.db.reads import grants as reads
from cathedra.db.reads import people
from cathedra.db.writes import audit
from cathedra.db.writes import grants as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import GrantAsked, GrantId, GrantPolicy, GrantRight
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, Obligation, RecordingId


@dataclass(frozen=True, slots=True)
class GrantOutcome:
    """What came of giving a grant: the decision, and the grant when there is one."""

    decision: Decision
    grant_id: GrantId | None = None


def give_grant(
    grantee_id: AccountId,
    *,
    purpose: str,
    explanation: str,
    rights: Iterable[GrantRight] = (),
    recordings: Iterable[RecordingId] = (),
    folders: Iterable[FolderId] = (),
    starts_at: datetime | None = None,
    ends_at: datetime,
    is_notice_held: bool = False,
    policy: GrantPolicy,
    actor: Actor,
    now: datetime,
) -> GrantOutcome:
    """Let a member of staff see recordings, or a folder with all below it, until `ends_at`. It counts for a recording
    once its owner was told, or, with `is_notice_held`, once a second service administrator wrote down why not (R147).

    A refusal goes on the trail (R148). Raises AccountNotFound, RecordingNotFound, FolderNotFound.
    """
    named, places = tuple(dict.fromkeys(recordings)), tuple(dict.fromkeys(folders))
    with transaction():
        writes.hold_grantee(grantee_id)
        grantee = people.account_facts(grantee_id)
        asked = GrantAsked(
            purpose=purpose,
            explanation=" ".join(explanation.split()),
            rights=frozenset({GrantRight.VIEW, *rights}),
            starts_at=starts_at or now,
            ends_at=ends_at,
            is_giver_service_admin=is_service_admin(actor),
            is_own=actor.account_id == grantee_id,
            affiliation=grantee.details.affiliation,
            is_active=grantee.is_active,
            recording_count=len(named),
            folder_count=len(places),
            is_notice_held=is_notice_held,
        )
        decision = access.decide_grant(asked, policy, now)
        if actor.account_id is None or not decision.is_permitted:
            _keep_refusal(decision, asked, grantee_id, named, places, policy, actor=actor, now=now)
            return GrantOutcome(decision)
        reads.require_things(list(named), list(places))
        grant_id = writes.add_grant(
            asked, grantee=grantee_id, giver=actor.account_id, recordings=named, folders=places, now=now
        )
        audit.record(
            actor,
            "grant:give",
            target_kind="grant",
            target_id=grant_id,
            now=now,
            after=_told(asked, grantee_id, named, places),
            facts={"policy": policy.name, "is_notice_held": is_notice_held, "grant_id": str(grant_id)},
            reason=asked.explanation,
        )
        if Obligation.NOTIFY_OWNER in decision.obligations:
            tell_owners(reads.get_grant(grant_id), actor=actor, now=now)
    return GrantOutcome(decision, grant_id)


def _keep_refusal(
    decision: Decision,
    asked: GrantAsked,
    grantee_id: AccountId,
    recordings: tuple[RecordingId, ...],
    folders: tuple[FolderId, ...],
    policy: GrantPolicy,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    if not access.is_refusal_kept(decision):
        return
    reason = decision.reasons[0]
    audit.record(
        actor,
        "grant:refuse",
        target_kind="account",
        target_id=grantee_id,
        now=now,
        facts={
            **_told(asked, grantee_id, recordings, folders),
            "code": reason.code.value,
            "rule": reason.rule,
            "policy": policy.name,
        },
        reason=asked.explanation[:2000],
    )


def _told(
    asked: GrantAsked, grantee_id: AccountId, recordings: tuple[RecordingId, ...], folders: tuple[FolderId, ...]
) -> dict[str, object]:
    return {
        "grantee": str(grantee_id),
        "purpose": asked.purpose[:100],
        "rights": sorted(asked.rights),
        "starts_at": asked.starts_at.isoformat(),
        "ends_at": asked.ends_at.isoformat(),
        "recordings": [str(each) for each in recordings[:50]],
        "folders": [str(each) for each in folders[:50]],
    }
