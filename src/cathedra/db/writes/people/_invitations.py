"""Put away invitations. Only the digest of a link's secret is ever stored."""

from datetime import datetime

from cathedra.db.models import Invitation
from cathedra.domain.terms import AccountId


def add_invitation(
    account_id: AccountId, *, digest: str, created_by: AccountId | None, now: datetime, expires_at: datetime
) -> None:
    """A new link; one made before that was not used stops working."""
    Invitation.objects.filter(account_id=account_id, used_at=None).delete()
    Invitation.objects.create(
        account_id=account_id, digest=digest, created_by_id=created_by, created_at=now, expires_at=expires_at
    )


def use_invitation(digest: str, *, now: datetime) -> bool:
    """Use a link up. False when somebody was first."""
    return Invitation.objects.filter(digest=digest, used_at=None).update(used_at=now) == 1
