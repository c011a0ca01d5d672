"""What is said of a recording that was destroyed: when, by whose rule, and whom to ask (R58, R131).

Nothing of ours may stand in a frame of another site (`frame-ancestors` is none), and there is no address for players
elsewhere: what others link to is the recording's own page and, for programs, its operations. So these say it.
"""

from cathedra.db.reads import publishing, retention
from cathedra.domain.terms import Code, Decision, RecordingId, deny
from cathedra.domain.terms import gettext_noop as _

_BY_RUN = _("This recording was deleted on {purged_date} under the retention policy.")
_BY_RUN_ASK = _("This recording was deleted on {purged_date} under the retention policy. Questions: {contact}.")
_BY_HAND = _("This recording was deleted on {purged_date}.")
_BY_HAND_ASK = _("This recording was deleted on {purged_date}. Questions: {contact}.")


def gone(recording_id: RecordingId, decision: Decision) -> Decision:
    """To whom it is told that something was deleted, it is told when, whether by the policy, and the contact of the
    course's folder. Any other decision stays as it is."""
    stone = retention.find_tombstone(recording_id) if decision.code is Code.GONE else None
    if stone is None:
        return decision
    day = stone.purged_at.astimezone(retention.calendar().zone).date().isoformat()
    contact = publishing.contact_address(stone.folder_id)
    if contact:
        sentence = _BY_RUN_ASK if stone.is_by_run else _BY_HAND_ASK
        return deny(Code.GONE, "R131", sentence, purged_date=day, contact=contact)
    return deny(Code.GONE, "R131", _BY_RUN if stone.is_by_run else _BY_HAND, purged_date=day)
