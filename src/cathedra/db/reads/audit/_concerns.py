"""What concerns somebody: the history of a recording, of a folder, of an account, and their own approvals (R225).

Whoever reads these is told who did what and when, never from which address: that is for those who read the whole trail.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from cathedra.db import prepared
from cathedra.db.models import AccessGrant, AuditEvent, Recording
from cathedra.db.reads.access import may
from cathedra.db.reads.audit._events import Event, number, page_of, read, with_names
from cathedra.db.reads.audit._names import names_for
from cathedra.db.reads.keyset import Page
from cathedra.domain.access import Action
from cathedra.domain.audit import PHRASES, Topic, actions_of
from cathedra.domain.terms import AccountId, FolderId, RecordingId

SHOWN = tuple(action for action, told in PHRASES.items() if told.is_for_owner)
_NEWEST = 2**62


def list_of_recording(viewer: AccountId, recording_id: RecordingId, *, after: str = "", limit: int) -> Page[Event]:
    """What was done to a recording, newest first, for whom READ_AUDIT lets in."""
    rows = AuditEvent.objects.filter(target_kind="recording", target_id=str(recording_id), action__in=SHOWN)
    if withheld := _withheld():
        rows = rows.filter(Q(facts__grant_id__isnull=True) | ~Q(facts__grant_id__in=withheld))
    found = read(rows, before=number(after), limit=limit + 1)
    return _told(viewer, found, seen=[str(recording_id)], limit=limit)


def list_of_folder(viewer: AccountId, folder_id: FolderId, *, after: str = "", limit: int) -> Page[Event]:
    """What was done to a folder, to the recordings in it, and to those moved out of it, for whom READ_AUDIT lets in."""
    before = number(after)
    ids = prepared.rows(
        "audit_of_folder",
        folder_id=folder_id,
        before=_NEWEST if before is None else before,
        shown=list(SHOWN),
        withheld=_withheld(),
        limit=limit + 1,
    )
    found = read(AuditEvent.objects.filter(id__in=[row.id for row in ids]), before=None, limit=limit + 1)
    things = [event.target_id for event in found if event.target_kind == "recording"]
    inside = Recording.objects.filter(id__in=things, folder_id=folder_id).values_list("id", flat=True)
    return _told(viewer, found, seen=[str(folder_id), *map(str, inside)], limit=limit)


def list_approvals(viewer: AccountId, *, now: datetime, after: str = "", limit: int) -> Page[Event]:
    """What the viewer approved and returned as a Publisher, newest first. It stands there after they stopped being one, or
    the recording was moved away; what it is called is told only while they may see it (R38 row 25, R42)."""
    rows = AuditEvent.objects.filter(actor_id=viewer, action__in=actions_of(Topic.APPROVAL), target_kind="recording")
    found = read(rows, before=number(after), limit=limit + 1)
    rule = may(viewer, Action.READ_AUDIT, now) | may(viewer, Action.LIST, now)
    known = Recording.objects.filter(rule, id__in=[event.target_id for event in found]).values_list("id", flat=True)
    return _told(viewer, found, seen=list(map(str, known)), limit=limit)


def list_of_account(viewer: AccountId, *, after: str = "", limit: int) -> Page[Event]:
    """What happened to the viewer's own account, and the terms they accepted. Of sign-ins they see the address too."""
    own = Q(target_kind="account", target_id=str(viewer), action__in=SHOWN)
    terms = Q(actor_id=viewer, action__in=actions_of(Topic.TERMS))
    found = read(AuditEvent.objects.filter(own | terms), before=number(after), limit=limit + 1)
    addresses = {event.id: event.address for event in found if PHRASES[event.action].topic is Topic.SIGN_IN}
    page = _told(viewer, found, seen=[str(viewer)], limit=limit)
    return Page(tuple(replace(event, address=addresses.get(event.id, "")) for event in page.rows), page.after)


def _withheld() -> list[str]:
    """Grants of which the owner is not told yet (R147, R148). What is done under a grant names it as `grant_id`."""
    return [str(key) for key in AccessGrant.objects.filter(is_notice_held=True).values_list("id", flat=True)]


def _told(viewer: AccountId, found: Sequence[Event], *, seen: Sequence[str], limit: int) -> Page[Event]:
    """A page of it without what is not for them, and with the names that they may know."""
    quiet = [replace(event, address="", correlation_id="", previous_hash="", hash="") for event in found]
    page = page_of(quiet, limit=limit)
    names = names_for(viewer, set().union(*(event.ids for event in page.rows)), seen=seen)
    return Page(tuple(with_names(page.rows, names)), page.after)
