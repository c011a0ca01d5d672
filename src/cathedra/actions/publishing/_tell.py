"""Tell people what waits and what was decided (N10 to N13), inside the transaction that puts it away."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.db.reads import people
from cathedra.db.reads import publishing as reads
from cathedra.db.writes import notices
from cathedra.domain.encoding import Note
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.publishing import Command
from cathedra.domain.terms import AccountId, Actor

QUEUE = "/approvals/"


def name_of(actor: Actor) -> str:
    """Who does it, by name; the product itself by its own."""
    return people.get_person(actor.account_id).full_name if actor.account_id else "Cathedra"


def tell_waiting(found: reads.Submission, *, now: datetime) -> None:
    """N10: every Publisher once for each time it is handed in; the service where there is none (R64, R68), which may
    not watch it by being that (R26)."""
    asked = reads.approvers(found.folder_id)
    notices.add(
        NoticeKind.WAITING_FOR_APPROVAL,
        event=f"submitted:{found.id}:{now.isoformat()}",
        to=asked.account_ids,
        values={"title": found.title, "folder": found.folder_name, "who": found.who},
        link=f"{QUEUE}?recording={found.id}",
        other_link=f"/recordings/{found.id}/" if asked.are_publishers else "",
        now=now,
    )


def tell_decided(found: reads.Submission, command: Command, *, reason: str, actor: Actor, now: datetime) -> None:
    """N11, N12 and the end of a wait; who did it themself need not be told."""
    match command:
        case Command.APPROVE:
            tell_approved(found, to=found.told, actor=actor, now=now)
        case Command.REJECT:
            _tell(NoticeKind.REJECTED, found, found.told, actor, now, link=f"/recordings/{found.id}/", reason=reason)
        case Command.WITHDRAW:
            asked = reads.approvers(found.folder_id).account_ids
            _tell(NoticeKind.WITHDRAWN, found, asked, actor, now, link=QUEUE)
        case Command.RESUBMIT:
            tell_waiting(found, now=now)


def tell_approved(found: reads.Submission, *, to: Iterable[AccountId], actor: Actor, now: datetime) -> None:
    """N11."""
    _tell(NoticeKind.APPROVED, found, to, actor, now, link=f"/recordings/{found.id}/")


def tell_copied(found: reads.Submission, *, now: datetime) -> None:
    """N6 of a full copy: it plays, for its audience too."""
    _tell_ready(found, event=f"copy:{found.id}", now=now)


def tell_released(found: reads.Submission, *, now: datetime) -> None:
    """N6 of what was held when it left processing: now it plays, for its audience too (T28 as T14)."""
    _tell_ready(found, event=f"released:{found.id}", now=now)


def _tell_ready(found: reads.Submission, *, event: str, now: datetime) -> None:
    notices.add(
        NoticeKind.RECORDING_READY,
        event=event,
        to=[found.owner_id],
        values={"title": found.title, "folder": found.folder_name},
        link=f"/recordings/{found.id}/",
        now=now,
    )


def tell_not_copied(found: reads.Submission, note: Note, *, is_ours: bool, now: datetime) -> None:
    """N7 of a full copy; the service hears of it when trying again did not help (`is_ours`)."""
    service = people.list_holders(SystemRole.SERVICE_ADMIN) if is_ours else ()
    notices.add(
        NoticeKind.PROCESSING_FAILED,
        event=f"copy:{found.id}",
        to=[found.owner_id, *service],
        values={
            "title": found.title,
            "folder": found.folder_name,
            "owner": found.owner_name,
            "problem": Phrase(note.sentence, note.values),
        },
        link=f"/recordings/{found.id}/",
        now=now,
    )


def _tell(
    kind: NoticeKind,
    found: reads.Submission,
    to: Iterable[AccountId],
    actor: Actor,
    now: datetime,
    *,
    link: str,
    **more: str,
) -> None:
    notices.add(
        kind,
        event=f"decided:{found.id}:{now.isoformat()}",
        to=[one for one in to if one != actor.account_id],
        values={"title": found.title, "folder": found.folder_name, "who": name_of(actor), **more},
        link=link,
        now=now,
    )
