"""What a recording's page says of its approval, and what its viewer may do about it (R74)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cathedra.actions import publishing as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import publishing as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.domain.terms import Code, Decision, RecordingId
from cathedra.web import actor


def may_make_full(request: HttpRequest, recording_id: RecordingId, view: Decision) -> bool:
    """Whether "make this copy full" stands on the page: its original lies in the bin (R140)."""
    if view.code is not Code.ORIGINAL_DELETED:
        return False
    who = actor.from_request(request)
    return actions.preview_make_full(recording_id, actor=who, now=timezone.now()).is_permitted


def approval_bar(
    request: HttpRequest, recording_id: RecordingId, facts: access.RecordingFacts | None
) -> dict[str, Any]:
    """For a viewer who, as the facts say, may follow the recording; `approval` is None where there is nothing to say."""
    viewer, now = actor.account_id(request), timezone.now()
    facts = facts or access_reads.recording_facts(viewer, recording_id)
    found = reads.get_approval(viewer, recording_id)
    is_decidable = facts.state in ("waiting", "rejected", "published")
    may_decide = is_decidable and access.decide(facts, Action.APPROVE, now).is_permitted
    may_submit = is_decidable and access.decide(facts, Action.SUBMIT, now).is_permitted
    is_about_approval = facts.needs_approval or found.step is not None or facts.state in ("waiting", "rejected")
    is_own_and_forbidden = found.is_own(viewer) and not reads.may_approve_own()
    return {
        "approval": found if is_about_approval and found.is_ready else None,
        "may_approve": may_decide and facts.state != "published" and not is_own_and_forbidden,
        "may_reject": may_decide
        and (facts.state == "waiting" or (facts.state == "published" and facts.needs_approval)),
        "may_withdraw": may_submit and facts.state == "waiting",
        "may_resubmit": may_submit and facts.state == "rejected",
        "may_move": access.decide(facts, Action.MOVE, now).is_permitted,
        "may_copy": access.decide(facts, Action.COPY, now).is_permitted,
        "is_reference": facts.original is not None,
        "copies": reads.count_copies(recording_id),
    }
