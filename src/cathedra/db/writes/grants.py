"""Put away grants, whom they were told to, what was done under them, and how they end (R141 to R149)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cathedra.db.models import AccessGrant, AccessGrantItem, AccessGrantTelling, AccessGrantUse, Account, Recording
from cathedra.domain.access import DeferGround, GrantAsked, GrantId, GrantPurpose, GrantUse, Informed
from cathedra.domain.terms import AccountId, FolderId, RecordingId


def add_grant(
    asked: GrantAsked,
    *,
    grantee: AccountId,
    giver: AccountId,
    recordings: Iterable[RecordingId],
    folders: Iterable[FolderId],
    now: datetime,
) -> GrantId:
    """A grant with what it covers. It lets nobody in until somebody is told, or a reason why not is put away."""
    made = AccessGrant.objects.create(
        grantee_id=grantee,
        purpose=GrantPurpose(asked.purpose),
        explanation=asked.explanation,
        rights=sorted(asked.rights),
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        granted_by_id=giver,
        granted_at=now,
        is_notice_held=asked.is_notice_held,
    )
    items = [AccessGrantItem(grant=made, recording_id=each) for each in recordings]
    items += [AccessGrantItem(grant=made, folder_id=each) for each in folders]
    AccessGrantItem.objects.bulk_create(items)
    return GrantId(made.id)


def hold_grantee(account_id: AccountId) -> None:
    """Keep the account as it is until the transaction ends: nobody stops being staff meanwhile."""
    list(Account.objects.select_for_update().filter(id=account_id).values_list("id"))


def set_told(
    grant_id: GrantId, owner_id: AccountId, *, informed: Informed, live_since: datetime | None, now: datetime
) -> None:
    """Who was told for an owner; said again when a letter came back and others are told instead."""
    AccessGrantTelling.objects.update_or_create(
        grant_id=grant_id,
        owner_id=owner_id,
        defaults={"informed": informed, "told_at": now, "live_since": live_since},
    )


def set_live(telling_id: UUID, *, now: datetime) -> bool:
    """The notice was delivered: the grant counts for this owner's recordings. False when it did already."""
    return bool(AccessGrantTelling.objects.filter(id=telling_id, live_since=None).update(live_since=now))


def set_deferred(
    grant_id: GrantId, *, ground: DeferGround, reason: str, by: AccountId, review_at: datetime, now: datetime
) -> None:
    """Why the owner is not told before the review (R147). That makes the grant count from now on."""
    rows = AccessGrant.objects.filter(id=grant_id)
    rows.update(deferred_ground=ground, deferred_reason=reason, deferred_by_id=by, review_at=review_at)
    rows.filter(live_since=None).update(live_since=now)


def release_notice(grant_id: GrantId) -> bool:
    """Owners may be told from now on. False when they might already."""
    return bool(AccessGrant.objects.filter(id=grant_id, is_notice_held=True).update(is_notice_held=False))


def set_revoked(grant_id: GrantId, *, by: AccountId | None, reason: str, now: datetime) -> bool:
    """End it before its time, from the next question on. False when it had ended."""
    rows = AccessGrant.objects.filter(id=grant_id, revoked_at=None, ended_at=None)
    return bool(rows.update(revoked_at=now, revoked_by_id=by, revoked_reason=reason))


def set_ended(grant_id: GrantId, *, now: datetime) -> bool:
    """Its end was dealt with. False when somebody did before."""
    return bool(AccessGrant.objects.filter(id=grant_id, ended_at=None).update(ended_at=now))


def add_use(grant_id: UUID, recording_id: RecordingId, *, kind: GrantUse, now: datetime) -> None:
    """Something was done under a grant (R148); never changed or taken away. It concerns whoever owns the recording then."""
    owner = Recording.objects.values_list("owner_id", flat=True).get(id=recording_id)
    AccessGrantUse.objects.create(grant_id=grant_id, recording_id=recording_id, owner_id=owner, kind=kind, at=now)
