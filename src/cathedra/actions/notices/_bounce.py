"""What comes back: delivery reports about letters of ours (RFC 3464)."""

from datetime import datetime
from uuid import UUID

from cathedra.db.reads import notices as reads
from cathedra.db.writes import audit
from cathedra.db.writes import notices as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain.notices import Report, plain
from cathedra.domain.terms import Actor


def take_report(report: Report, *, actor: Actor, now: datetime) -> str | None:
    """Mark the address of a letter that came back for good; returns it, or None when nothing follows.

    A report counts only when it names the Message-ID of a letter that we sent: those are not to be guessed, so
    nobody can have somebody else's address marked by writing to the bounce address.
    """
    with transaction():
        found = reads.find_letter_address([UUID(one) for one in report.message_ids])
        if found is None or not report.is_final:
            return None
        letter_id, address = found
        reason = plain(f"{report.status} {report.diagnosis}".strip(), limit=500)
        if not writes.unsettle_letter(letter_id, problem=reason):
            return None
        if writes.mark_unreachable(address, reason=reason, now=now):
            told = {"reason": reason, "letter_id": str(letter_id)}
            audit.record(
                actor, "address:mark_unreachable", target_kind="address", target_id=address.lower(), now=now, facts=told
            )
    return address
