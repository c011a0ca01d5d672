"""How a grant is told: to whom, in which values of N20 and N21 (R146 to R149). For verbs of this room."""

from collections.abc import Iterable
from datetime import datetime

from cathedra import config
from cathedra.db.reads import grants as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes import grants as writes
from cathedra.domain import access
from cathedra.domain.access import PURPOSE_NAMES, GrantRight, Informed
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.terms import AccountId, Actor
from cathedra.domain.terms import gettext_noop as _

OWN_PAGE = "/account/grants/"
_MAY = {
    frozenset({GrantRight.VIEW}): _("watch it"),
    frozenset({GrantRight.VIEW, GrantRight.MANAGE}): _("watch it, change it, move it and change its settings"),
    frozenset({GrantRight.VIEW, GrantRight.EXPORT}): _("watch it and download it"),
    frozenset(GrantRight): _("watch it, change it, move it, change its settings and download it"),
}


def thing_in_words(grant: reads.GrantRow, owner: reads.Owner, *, is_for_others: bool = False) -> str | Phrase:
    """What of an owner's is meant: the folder, or their recordings by title. Others who are told in the owner's place look
    after one folder, and are told no title where the recordings lie in several (R42)."""
    for thing in grant.things:
        if thing.is_folder:
            return thing.name
    if is_for_others and owner.folder_count > 1:
        return Phrase(_("{count} recordings of {owner}"), {"count": str(owner.recording_count), "owner": owner.name})
    named = ", ".join(owner.titles)
    more = owner.recording_count - len(owner.titles)
    return Phrase(_("{titles} and {count} more"), {"titles": named, "count": str(more)}) if more > 0 else named


def contact(grant: reads.GrantRow) -> str:
    """Whom to ask: the service's address, or else who gave the access."""
    return config.get().site.help_contact or grant.giver


def tell_owners(
    grant: reads.GrantRow, *, besides: Iterable[AccountId] = (), actor: Actor, now: datetime
) -> tuple[Informed, ...]:
    """Tell everybody whose recordings it covers and who was not told yet, or whom R147 names in their place; each on
    the trail. Inside the caller's transaction."""
    done = set(besides)
    told = []
    for owner in reads.owners_of(grant.id):
        if owner.id not in done:
            first = access.whom_to_tell(
                is_owner_reachable=owner.is_reachable,
                has_creators=bool(owner.creator_ids),
                has_contact=bool(owner.contact_email),
            )
            told.append(tell_owner(grant, owner, first, actor=actor, now=now))
    return tuple(told)


def tell_owner(
    grant: reads.GrantRow, owner: reads.Owner, informed: Informed, *, actor: Actor, now: datetime
) -> Informed:
    """Tell of one owner's recordings; next in line when `informed` has nobody."""
    if informed is Informed.CREATORS and not owner.creator_ids:
        informed = Informed.DEPARTMENT
    if informed is Informed.DEPARTMENT and not owner.contact_email:
        informed = Informed.NOBODY
    notices.add(
        NoticeKind.STAFF_ACCESS_GRANTED,
        event=reads.event_of(grant.id, owner.id),
        to=[owner.id, *(owner.creator_ids if informed is Informed.CREATORS else ())],
        addresses=[owner.contact_email] if informed is Informed.DEPARTMENT else [],
        values={
            "who": grant.giver,
            "grantee": grant.grantee,
            "thing": thing_in_words(grant, owner, is_for_others=informed in (Informed.CREATORS, Informed.DEPARTMENT)),
            "until": grant.facts.ends_at,
            "purpose": (Phrase(PURPOSE_NAMES[grant.purpose]), "–", grant.explanation),
            "rights": Phrase(_MAY[frozenset(grant.rights) | {GrantRight.VIEW}]),
            "contact": contact(grant),
        },
        link=OWN_PAGE,
        now=now,
    )
    live_since = now if informed is Informed.NOBODY else None  # with others, once a notice is delivered: `tend_grants`
    writes.set_told(grant.id, owner.id, informed=informed, live_since=live_since, now=now)
    reason = "Neither the owner nor anybody in their place can be reached." if informed is Informed.NOBODY else ""
    audit.record(
        actor,
        "grant:tell",
        target_kind="grant",
        target_id=grant.id,
        now=now,
        facts={"owner_id": str(owner.id), "told": informed.value, "grant_id": str(grant.id)},
        reason=reason,
    )
    return informed


def tell_of_end(grant: reads.GrantRow, *, ended_at: datetime, now: datetime) -> None:
    """N21 to everybody who was told of the grant: what was done under it, owner by owner, while it was theirs. To whom
    nothing of it belongs any more it is called as they were told then, and nobody else's by its name (R42)."""
    owners = {owner.id: owner for owner in reads.owners_of(grant.id)}
    for owner_id in reads.told_owners(grant.id):
        accounts, addresses = reads.told_of(grant.id, owner_id)
        uses = reads.uses_of(grant.id, owner_id)
        owner = owners.get(owner_id)
        is_for_others = bool(addresses) or any(each != owner_id for each in accounts)
        notices.add(
            NoticeKind.STAFF_ACCESS_ENDED,
            event=reads.event_of(grant.id, owner_id),
            to=accounts,
            addresses=addresses,
            values={
                "grantee": grant.grantee,
                "thing": thing_in_words(grant, owner, is_for_others=is_for_others)
                if owner
                else reads.thing_told(grant.id, owner_id),
                "ended": ended_at,
                "use": tuple(Phrase(*told) for told in access.use_in_sentences(uses)),
                "contact": contact(grant),
            },
            link=OWN_PAGE,
            now=now,
        )
