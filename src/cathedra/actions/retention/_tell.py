"""Tell people what happens to single recordings (N32 to N35, N39), inside the transaction that makes it so."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads import retention as reads
from cathedra.db.writes import notices
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import AccountId, Actor
from cathedra.domain.terms import gettext_noop as _

BIN = "/bin/"


def name_of(account_id: AccountId | None) -> str:
    """Who it was, by name; the product itself by its own."""
    return people.get_person(account_id).full_name if account_id else "Cathedra"


def not_archived(found: reads.KeepingFacts, why: str, *, actor: Actor, now: datetime) -> None:
    """R117: whoever wanted it archived hears that it stays live, and why."""
    to = {actor.account_id} if actor.account_id else set()
    event, link = f"archive:{found.id}:{now.isoformat()}", f"/recordings/{found.id}/keeping/"
    _add(NoticeKind.NOT_ARCHIVED, found, event, to, now, link=link, reason=Phrase(why))


def restore_started(found: reads.KeepingFacts, *, actor: Actor, now: datetime) -> None:
    """N32."""
    if actor.account_id is not None:
        hours = str(config.get().restore.max_hours)
        _add(
            NoticeKind.RESTORE_STARTED,
            found,
            f"restore:{found.id}:{now.isoformat()}",
            {actor.account_id},
            now,
            hours=hours,
        )


def restore_asked(found: reads.KeepingFacts, *, actor: Actor, now: datetime) -> None:
    """N32b, once a day for each person and recording."""
    creators = publishing_reads.holders(found.folder_id, FolderRole.CREATOR)
    event = f"restore:{found.id}:{actor.account_id}:{now.date().isoformat()}"
    who = name_of(actor.account_id)
    _add(NoticeKind.RESTORE_ASKED, found, event, {found.owner_id, *creators}, now, who=who)


def restored(found: reads.KeepingFacts, *, asked_by: AccountId | None, event: str, now: datetime) -> None:
    """N33: who asked, its owner and who made it. Who asked by a copy is told of that (R140)."""
    to, who = {found.owner_id, found.created_by}, name_of(asked_by)
    if asked_by is not None:
        theirs = _as_asked(found, asked_by, now)
        to |= {asked_by} if theirs is found else set()
        _add(NoticeKind.RESTORED, theirs, f"restore:{event}", {asked_by} - to, now, who=who)
    _add(NoticeKind.RESTORED, found, f"restore:{event}", to, now, who=who)


def restore_failed(found: reads.KeepingFacts, *, asked_by: AccountId | None, event: str, now: datetime) -> None:
    """N34: the service too."""
    to = {found.owner_id, *people.list_holders(SystemRole.SERVICE_ADMIN)}
    if asked_by is not None:
        theirs = _as_asked(found, asked_by, now)
        to |= {asked_by} if theirs is found else set()
        _add(NoticeKind.RESTORE_FAILED, theirs, f"restore:{event}", {asked_by} - to, now)
    _add(NoticeKind.RESTORE_FAILED, found, f"restore:{event}", to, now)


def restore_late(found: reads.KeepingFacts, *, asked_by: AccountId | None, event: str, now: datetime) -> None:
    """R120: it is not back within the time that was promised. Whoever would hear of a failure hears of this (N34)."""
    hours = str(config.get().restore.max_hours)
    to = {found.owner_id, *people.list_holders(SystemRole.SERVICE_ADMIN)}
    if asked_by is not None:
        theirs = _as_asked(found, asked_by, now)
        to |= {asked_by} if theirs is found else set()
        _add(NoticeKind.RESTORE_LATE, theirs, f"restore:{event}", {asked_by} - to, now, hours=hours)
    _add(NoticeKind.RESTORE_LATE, found, f"restore:{event}", to, now, hours=hours)


def _as_asked(found: reads.KeepingFacts, asked_by: AccountId, now: datetime) -> reads.KeepingFacts:
    """What somebody asked for: the recording, or the copy by which they see it, for of the other they may not know."""
    about = access_reads.recording_facts(asked_by, found.id)
    if access.decide(about, Action.RESTORE_FROM_ARCHIVE, now).is_permitted:
        return found
    copy_id = reads.find_copy_of(found.id, asked_by, now=now)
    return reads.facts(copy_id) if copy_id else found


def deleted(found: reads.KeepingFacts, *, actor: Actor, now: datetime) -> None:
    """N35: unless it was the owner (R139)."""
    if actor.account_id == found.owner_id:
        return
    until = localtime(now + timedelta(days=config.get().bin.days)).date()
    _add(
        NoticeKind.ITEM_DELETED,
        found,
        f"recycle:{found.id}:{now.isoformat()}",
        {found.owner_id},
        now,
        link=BIN,
        who=name_of(actor.account_id),
        when=now,
        until=until,
    )


def deleted_folder(unit: UUID, folder: str, theirs: Mapping[AccountId, int], *, actor: Actor, now: datetime) -> None:
    """N35, of a folder: each owner hears once, of all that is theirs (R139)."""
    until = localtime(now + timedelta(days=config.get().bin.days)).date()
    for owner_id, count in theirs.items():
        if owner_id == actor.account_id:
            continue
        notices.add(
            NoticeKind.ITEM_DELETED,
            event=f"recycle:{unit}",
            to={owner_id},
            values={
                "title": Phrase(_("your recordings ({count})"), {"count": str(count)}),
                "folder": folder,
                "who": name_of(actor.account_id),
                "when": now,
                "until": until,
            },
            link=BIN,
            now=now,
        )


def purges_soon(found: reads.KeepingFacts, *, now: datetime) -> None:
    """N39: to its owner, once for each time it was deleted, and again where its days began anew; and to whoever acts for an owner who cannot be reached (R221),
    but of what never had media, as a discarded import, to nobody else (R93)."""
    if found.recycled_at is not None and found.bin_since is not None:
        until = localtime(found.bin_since + timedelta(days=config.get().bin.days)).date()
        since = localtime(found.recycled_at).date()
        event = f"bin:{found.id}:{found.bin_since.isoformat()}"
        answering = reads.responsible_for([found.id]) if found.media != "EMPTY" else []
        acting = {one for _id, one, _address in answering if one is not None}
        _add(NoticeKind.BIN_PURGES_SOON, found, event, {found.owner_id, *acting}, now, link=BIN, day=until, since=since)


def _add(
    kind: NoticeKind,
    found: reads.KeepingFacts,
    event: str,
    to: set[AccountId],
    now: datetime,
    *,
    link: str = "",
    **more: Value,
) -> None:
    values: dict[str, Value] = {"title": found.title, "folder": found.folder_name, **more}
    notices.add(kind, event=event, to=to, values=values, link=link or f"/recordings/{found.id}/", now=now)
