"""Verbs of the audit trail itself: who looked something up in it, who took a copy, and which details staff looked at."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cathedra.db.reads import audit as reads
from cathedra.db.writes import audit
from cathedra.db.writes.transaction import transaction
from cathedra.domain.audit import ExportFormat, Wish
from cathedra.domain.terms import Actor


class Seen(StrEnum):
    """What a member of staff looked at: the kind of its target."""

    RECORDING = "recording"
    FOLDER = "folder"
    ACCOUNT = "account"


_LOOKS: Mapping[Seen, str] = {
    Seen.RECORDING: "recording:look_at",
    Seen.FOLDER: "folder:look_at",
    Seen.ACCOUNT: "account:look_at",
}


def note_look(kind: Seen, *, target_id: UUID, page: str, actor: Actor, now: datetime) -> None:
    """Somebody saw the details of a thing by their system role alone (R26, R223). `page` is the name of what they saw.

    For the doors: call it once when the page is answered.
    """
    with transaction():
        audit.record(actor, _LOOKS[kind], target_kind=kind.value, target_id=target_id, now=now, facts={"page": page})


def note_list(recordings: Iterable[UUID], *, page: str, actor: Actor, now: datetime) -> None:
    """Somebody saw recordings in a list by their system role alone (R26, R223); nothing when there are none."""
    named = [str(one) for one in recordings]
    if not named:
        return
    with transaction():
        facts = {"page": page, "recordings": named}
        audit.record(actor, "recording:look_up", target_kind="recording", target_id="", now=now, facts=facts)


def note_people_search(text: str, *, actor: Actor, now: datetime) -> None:
    """Somebody looked people up by their system role (R223)."""
    facts = {"text": text[:200]}
    with transaction():
        audit.record(actor, "account:look_up", target_kind="account", target_id="", now=now, facts=facts)


def note_search(wish: Wish, *, actor: Actor, now: datetime) -> None:
    """Somebody asked the whole trail for somebody or something (R223)."""
    with transaction():
        audit.record(actor, "audit:look_up", target_kind="audit", target_id="", now=now, facts=_told(wish))


def note_export(wish: Wish, *, form: ExportFormat, actor: Actor, now: datetime) -> None:
    """Somebody takes a copy of what fits (R223: exports); noted before the first byte."""
    facts = {**_told(wish), "format": form.value}
    with transaction():
        audit.record(actor, "audit:export", target_kind="audit", target_id="", now=now, facts=facts)


def note_settings(values: Mapping[str, object], *, actor: Actor, now: datetime) -> bool:
    """What the site is set to, at a start: on the trail where it differs from what was told last, with what it was before
    (R223). `values` are those that are no secret. Says whether anything differed."""
    with transaction():
        before = reads.last_settings()
        changed = sorted(key for key in {*before, *values} if before.get(key) != values.get(key))
        if not changed:
            return False
        audit.record(
            actor,
            "settings:change",
            target_kind="settings",
            target_id="site",
            now=now,
            before={key: before.get(key) for key in changed} if before else None,
            after={key: values.get(key) for key in changed},
        )
    return True


def _told(wish: Wish) -> dict[str, object]:
    """What was asked for; nothing of what was not."""
    told: dict[str, object] = {
        "people": [str(one) for one in wish.people or ()],
        "things": list(wish.things or ()),
        "actions": list(wish.actions),
        "since": wish.since.isoformat() if wish.since else "",
        "until": wish.until.isoformat() if wish.until else "",
    }
    return {name: value for name, value in told.items() if value}
