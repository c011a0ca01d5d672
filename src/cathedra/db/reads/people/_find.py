"""The directory for pickers: whom somebody who shares may look up, and what the names they typed stand for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

from cathedra.db import prepared
from cathedra.db.models import Account, Group, Membership
from cathedra.domain.people import Affiliation, GroupKind, Seeker, SystemRole, decide_find, may_find_by_email
from cathedra.domain.terms import AccountId, AccountNotFound, Decision, PrincipalId

FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """An account or a group, as a picker lists it. `key` is what stands for it in a field: a login name, or a group's
    name. No address of anybody is here (class 34)."""

    id: PrincipalId
    key: str
    name: str
    is_group: bool
    group_kind: GroupKind | None = None
    member_count: int = 0


def seeker(viewer: AccountId) -> Seeker:
    """What the rule needs to know about whoever looks for people. Raises AccountNotFound."""
    found = prepared.rows("person", viewer=viewer)
    if not found:
        raise AccountNotFound(str(viewer))
    row = found[0]
    return Seeker(
        affiliation=Affiliation(row.affiliation),
        folder_roles=frozenset(row.folder_roles),
        system_roles=frozenset(SystemRole(role) for role in row.system_roles),
    )


def find(viewer: AccountId, text: str, *, has_groups: bool = True, limit: int = 10) -> tuple[Found, ...] | Decision:
    """People, and groups unless `has_groups` is off, whose name or login name holds every word of the text, the closest first.

    Refused to Viewers. An address finds its holder only when it is whole and staff ask. Raises AccountNotFound.
    """
    asking = seeker(viewer)
    decision = decide_find(asking)
    if not decision.is_permitted:
        return decision
    words = _words(text)
    if sum(map(len, words)) < FEWEST_LETTERS:
        return ()
    is_address = "@" in text and may_find_by_email(asking)
    people = (_by_email(text.strip()) if is_address else []) or _accounts(words, limit)
    groups = _groups(words, limit) if has_groups else []
    places = max(1, limit // 2)
    kept = people[: max(places, limit - len(groups))]
    return (*kept, *groups[: limit - len(kept)])


def resolve(viewer: AccountId, keys: Sequence[str]) -> tuple[tuple[Found, ...], tuple[str, ...]] | Decision:
    """The people and groups behind what was typed into a field, each a login name or a whole group name whatever its
    case, and those that stand for nobody. Refused to Viewers. Raises AccountNotFound."""
    decision = decide_find(seeker(viewer))
    if not decision.is_permitted:
        return decision
    wanted = {key.lower(): key for key in keys}
    accounts = Account.objects.annotate(key=Lower("login_name")).filter(key__in=wanted, is_active=True)
    found = {row.login_name.lower(): _account(row) for row in accounts}
    groups = _counted(Group.objects.annotate(key=Lower("name")).filter(key__in=wanted.keys() - found.keys()))
    found.update({row.name.lower(): _group(row) for row in groups})
    missing = tuple(key for low, key in wanted.items() if low not in found)
    return tuple(found[low] for low in wanted if low in found), missing


def _words(text: str) -> list[str]:
    return text.replace("\0", "").lower().split()[:6]


def _accounts(words: list[str], limit: int) -> list[Found]:
    whole = " ".join(words)
    matching = Q()
    for word in words:
        matching &= Q(full_name__icontains=word) | Q(login_name__icontains=word)
    closeness = Case(
        When(login_name__iexact=whole, then=Value(0)),
        When(login_name__istartswith=whole, then=Value(1)),
        When(full_name__istartswith=whole, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = Account.objects.filter(matching, is_active=True).annotate(closeness=closeness)
    return [_account(row) for row in rows.order_by("closeness", Lower("full_name"), "id")[:limit]]


def _groups(words: list[str], limit: int) -> list[Found]:
    matching = Q()
    for word in words:
        matching &= Q(name__icontains=word)
    closeness = Case(
        When(name__istartswith=" ".join(words), then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = _counted(Group.objects.filter(matching)).annotate(closeness=closeness)
    return [_group(row) for row in rows.order_by("closeness", Lower("name"), "id")[:limit]]


def _by_email(address: str) -> list[Found]:
    return [_account(row) for row in Account.objects.filter(email__iexact=address, is_active=True)[:5]]


def _counted(groups: QuerySet[Group]) -> QuerySet[Group]:
    """With how many are in each; only for the few that are shown."""
    members = Membership.objects.filter(group_id=OuterRef("pk")).order_by().values("group_id")
    return groups.annotate(member_count=Coalesce(Subquery(members.annotate(count=Count("*")).values("count")), 0))


def _account(row: Account) -> Found:
    return Found(PrincipalId(row.id), row.login_name, row.full_name, is_group=False)


def _group(row: Group) -> Found:
    return Found(
        PrincipalId(row.id),
        row.name,
        row.name,
        is_group=True,
        group_kind=GroupKind(row.kind),
        member_count=getattr(row, "member_count", 0),
    )
