"""Staff who see a recording's details and need more ask a service administrator for access (R26, R144)."""

from datetime import datetime

from django.utils.timezone import localdate

from cathedra.actions.grants._may import decide_staff
from cathedra.db.reads import library, people
from cathedra.db.writes import audit, notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import Quarter
from cathedra.domain.notices import NoticeKind
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.terms import Actor, Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _

LEAST = 20


def ask_for_grant(recording_id: RecordingId, *, message: str, actor: Actor, now: datetime) -> Decision:
    """Ask the other service administrators for access to a recording: told once a day, and on the trail. It gives
    nothing by itself. Raises RecordingNotFound."""
    told = " ".join(message.split())[:2000]
    with transaction():
        decision = decide_staff(actor, StaffArea.RECORDINGS)
        if actor.account_id is None or not decision.is_permitted:
            return decision
        if len(told) < LEAST:
            return deny(Code.BAD_REQUEST, "R142", _("Say in at least 20 characters what you need the access for."))
        others = [each for each in people.list_holders(SystemRole.SERVICE_ADMIN) if each != actor.account_id]
        if not others:
            return deny(
                Code.ILLEGAL_TRANSITION,
                "R144",
                _("There is no other service administrator who could give you access. A second person must."),
            )
        asker, thing = people.get_person(actor.account_id), library.get_metadata(recording_id)
        audit.record(
            actor, "recording:ask_grant", target_kind="recording", target_id=recording_id, now=now, reason=told
        )
        notices.add(
            NoticeKind.STAFF_ACCESS_ASKED,
            event=f"{recording_id}:{asker.id}:{localdate(now)}",
            to=others,
            values={"who": asker.full_name, "thing": thing.title, "message": told},
            link=f"/staff/grants/new/?recording={recording_id}&grantee={asker.login_name}",
            now=now,
        )
    return decision


def note_search(text: str, *, actor: Actor, now: datetime) -> None:
    """Somebody looked recordings up by their system role alone (R26, R223)."""
    with transaction():
        audit.record(
            actor, "recording:look_up", target_kind="recording", target_id="", now=now, facts={"text": text[:200]}
        )


def note_report(quarter: Quarter, *, actor: Actor, now: datetime) -> None:
    """Somebody takes the quarterly report away (R150, R223: exports)."""
    with transaction():
        audit.record(
            actor, "grant:export_report", target_kind="grant", target_id="", now=now, facts={"quarter": str(quarter)}
        )
