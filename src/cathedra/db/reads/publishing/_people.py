"""Who approves in a folder, and who is told (R64, R68, R75). For the product itself: no viewer is asked for, because
these are asked inside actions, to tell people and to judge them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cathedra.db.models import Account, Folder, FolderAccess, Membership
from cathedra.db.reads import people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import AccountId, FolderId


@dataclass(frozen=True, slots=True)
class Approvers:
    """Who is asked to approve in a folder; `are_publishers` is false where the service stands in (R68)."""

    account_ids: tuple[AccountId, ...]
    are_publishers: bool


def approvers(folder_id: FolderId) -> Approvers:
    """The active Publishers of a folder, directly, by group and by inheritance; the service_admins where it has none."""
    publishers = holders(folder_id, FolderRole.PUBLISHER)
    if publishers:
        return Approvers(tuple(publishers), are_publishers=True)
    return Approvers(tuple(people.list_holders(SystemRole.SERVICE_ADMIN)), are_publishers=False)


def holders(folder_id: FolderId, role: FolderRole) -> Sequence[AccountId]:
    """The active accounts that hold a role on a folder, directly, by group and by inheritance."""
    held = FolderAccess.objects.filter(folder_id=folder_id, role=role).values("principal_id")
    by_group = Membership.objects.filter(group_id__in=held).values("account_id")
    rows = Account.objects.filter(Q(id__in=held) | Q(id__in=by_group), is_active=True).order_by("id")
    return [AccountId(one) for one in rows.values_list("id", flat=True)]


def contact_address(folder_id: FolderId) -> str:
    """The e-mail address of the folder's department, or of its course's; else of the nearest folder above that has
    one. Empty where nobody is named."""
    path = Folder.objects.filter(id=folder_id).values_list("path", flat=True).first() or ""
    above = Folder.objects.filter(id__in=[UUID(one) for one in path.split(".") if one]).order_by("-path")
    places = ("department__contact_email", "course__department__contact_email")
    return next((address for found in above.values_list(*places) for address in found if address), "")
