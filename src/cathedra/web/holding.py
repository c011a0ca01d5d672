"""What people are told of the holds that the service lays: which kind, since when, what they can do; never the reason that
the service keeps for itself (R130, N17)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.policy import HOLD_SENTENCES
from cathedra.domain.terms import RecordingId


def told(recording_id: RecordingId, about: access.RecordingFacts, now: datetime) -> dict[str, Any]:
    """For the pages of a recording: its open holds, for those who are told of them at their opening (N17) and for whoever
    decides them; nothing for others.
    Whether the policy holds it too is on a page of its own."""
    is_told = about.is_owner or FolderRole.CREATOR in about.roles or access.permits(about, Action.REVIEW, now)
    rows = reads.holds_of(recording_id) if is_told else ()
    version = actions.policy_in_force() if rows else None
    holds = [
        {
            "opened_at": row.opened_at,
            "sentence": _(HOLD_SENTENCES[row.kind]),
            "told": row.told,
            "remove_at": row.remove_at,
            "remove_reason": row.remove_reason,
        }
        for row in rows
    ]
    return {
        "service_holds": holds,
        "hold_contact": version.contact if version else "",
        "is_held_by_policy": bool(reads.use_holds(recording_id)),
    }
