"""What the things and people of an event are called now, and which are meant by what somebody typed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from cathedra.db import prepared
from cathedra.db.models import Account, Folder, FolderAccess, Recording
from cathedra.db.reads.access import principals_of
from cathedra.domain.terms import AccountId

MOST = 100
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: its kind, and what it is called now."""

    kind: str
    name: str


def ids_in(value: object) -> set[str]:
    """Every id that stands alone anywhere in a JSON value."""
    if isinstance(value, str):
        return {value} if _ID.fullmatch(value) else set()
    if isinstance(value, Mapping):
        value = value.values()
    return set().union(*map(ids_in, value)) if isinstance(value, Iterable) else set()


def names_of(ids: Iterable[str]) -> dict[str, Named]:
    """What is called how. It asks for no viewer: its callers do."""
    wanted = sorted(set(ids))
    rows = prepared.rows("audit_names", ids=wanted) if wanted else ()
    return {row.id: Named(row.kind, row.name) for row in rows}


def names_for(viewer: AccountId, ids: Iterable[str], *, seen: Iterable[str]) -> dict[str, Named]:
    """The same as the viewer may know it: people, groups, what they have `seen` already, and folders where they hold
    a role. Of others not even the name is told (R42)."""
    found = names_of(ids)
    folders = [key for key, named in found.items() if named.kind == "folder"]
    roles = FolderAccess.objects.filter(principal_id__in=principals_of(viewer), folder_id__in=folders)
    known = {str(key) for key in roles.values_list("folder_id", flat=True)} | set(seen)
    return {key: named for key, named in found.items() if named.kind in ("account", "group") or key in known}


def find_people(text: str) -> tuple[AccountId, ...]:
    """Whom somebody means by a login name, an address, an id or part of a name. It asks for no viewer: only readers of
    the whole trail ask."""
    given = text.strip().replace("\0", "")
    if found := _ID.search(given.lower()):
        return (AccountId(UUID(found[0])),)
    exact = Account.objects.filter(Q(login_name__iexact=given) | Q(email__iexact=given)).values_list("id", flat=True)
    called = Account.objects.filter(full_name__icontains=given).values_list("id", flat=True)
    return tuple(AccountId(key) for key in exact[:MOST]) or tuple(AccountId(key) for key in called[:MOST])


def find_things(text: str) -> tuple[str, ...]:
    """What somebody means by a link, an id or part of a title. It asks for no viewer, as above."""
    given = text.strip().replace("\0", "")
    if found := _ID.findall(given.lower()):
        return (found[-1],)
    folders = Folder.objects.filter(name__icontains=given).values_list("id", flat=True)[:MOST]
    recordings = Recording.objects.filter(title__icontains=given).values_list("id", flat=True)[:MOST]
    return tuple(str(key) for key in (*folders, *recordings))
