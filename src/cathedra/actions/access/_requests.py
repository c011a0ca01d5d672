"""Ask for access, and answer (R36, N22, N23)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from cathedra.actions.access._members import decide_folder, decide_let_in
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import audit, notices
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, RequestAnswer
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import (
    AccountId,
    Actor,
    Code,
    Decision,
    FolderId,
    NotFound,
    PrincipalId,
    RecordingId,
    deny,
    permit,
)
from cathedra.domain.terms import gettext_noop as _

MOST_LETTERS = 1000
_NOBODY = _("Nobody who looks after it is here any more, so it comes to the service.")
_CONTACT = _(
    "You are told as the contact of the department, because nobody else looks after it. If you may not answer yourself, tell the service team what to do: they are told too."
)
_ANSWERS = {RequestAnswer.GIVEN: _("access given"), RequestAnswer.DECLINED: _("declined")}
_NAMED, _UNNAMED = _("“{title}”"), _("what you asked to see on {day}")


@dataclass(frozen=True, slots=True)
class _Thing:
    folder_id: FolderId
    name: str
    link: str
    to: frozenset[AccountId]


def request_access(
    *,
    folder_id: FolderId | None = None,
    recording_id: RecordingId | None = None,
    message: str = "",
    day: str,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Ask the Creators and the owner of a thing to be let in; N22 once a person, thing and `day`. Whether there is such
    a thing is not said: of what is missing, or open to the person already, nothing comes and the answer is the same."""
    if actor.account_id is None:
        return deny(Code.SIGN_IN, "R36", _("Sign in to see this."))
    said = " ".join(message.split())[:MOST_LETTERS]
    with transaction():
        try:
            thing = _wanted(folder_id, recording_id, actor, now)
        except NotFound:
            return permit()
        if thing is None:
            return permit()
        request_id = writes.add_request(
            actor.account_id, folder_id=folder_id, recording_id=recording_id, message=said, now=now
        )
        audit.record(
            actor,
            "recording:request_access" if recording_id else "folder:request_access",
            target_kind="recording" if recording_id else "folder",
            target_id=recording_id or folder_id or "",
            now=now,
            facts={"message": said},
        )
        event = f"request:{recording_id or folder_id}:{actor.account_id}:{day}"
        _tell(thing, said, event=event, link=f"/access/requests/{request_id}/", actor=actor, now=now)
    return permit()


def _tell(thing: _Thing, said: str, *, event: str, link: str, actor: Actor, now: datetime) -> None:
    """N22: its Creators and its owner. Where none of them is there, the contact of its department, who looks after it
    then (R40), and the service, which may answer (R38 row 12)."""
    values: dict[str, Value] = {
        "who": access_reads.name_of_account(actor.account_id),
        "thing": thing.name,
        "message": said or "—",
        "note": "",
    }
    kind = NoticeKind.ACCESS_REQUESTED
    if access_reads.recipients(PrincipalId(each) for each in thing.to):
        notices.add(kind, event=event, to=thing.to, values=values, link=link, now=now)
        return
    told = people_reads.list_holders(SystemRole.SERVICE_ADMIN)
    notices.add(kind, event=event, to=told, values={**values, "note": Phrase(_NOBODY)}, link=link, now=now)
    contact = publishing_reads.contact_address(thing.folder_id)
    values["note"] = Phrase(_CONTACT)
    notices.add(kind, event=event, to=(), addresses=[contact], values=values, link=link, now=now)


def _wanted(folder_id: FolderId | None, recording_id: RecordingId | None, actor: Actor, now: datetime) -> _Thing | None:
    if recording_id is not None:
        facts = access_reads.recording_facts(actor.account_id, recording_id)
        is_refused = access.decide(facts, Action.VIEW, now).code is Code.NO_PERMISSION
        return _recording(recording_id) if is_refused and facts.state != "purged" else None
    if folder_id is None:
        return None
    decision = decide_folder(folder_id, Action.SEE_FOLDER, actor, now)
    return _folder(folder_id) if decision.code is Code.NO_PERMISSION else None


def _recording(recording_id: RecordingId) -> _Thing:
    found = access_reads.recording_sharing(recording_id)
    to = access_reads.creators_of(found.folder_id) | {found.owner_id}
    return _Thing(found.folder_id, found.title, f"/recordings/{recording_id}/", to)


def _folder(folder_id: FolderId) -> _Thing:
    found = access_reads.folder_sharing(None, folder_id)
    return _Thing(folder_id, found.name, f"/folders/{folder_id}/", access_reads.creators_of(folder_id))


def decide_answer(request: access_reads.Request, *, actor: Actor, now: datetime) -> Decision:
    """May this person answer the request? Who may share the thing (R38 row 12)."""
    if request.recording_id is not None:
        facts = access_reads.recording_facts(actor.account_id, request.recording_id)
        return access.decide(facts, Action.SHARE, now)
    assert request.folder_id is not None  # noqa: S101 - the table holds one of the two
    return decide_folder(request.folder_id, Action.SHARE, actor, now)


def answer_request(
    request_id: UUID, answer: RequestAnswer, *, message: str = "", actor: Actor, now: datetime
) -> Decision:
    """Let the asker in as a Viewer, or decline; they are told (N23). Raises RequestNotFound."""
    said = " ".join(message.split())[:MOST_LETTERS]
    with transaction():
        request = access_reads.get_request(request_id, lock=True)
        decision = decide_answer(request, actor=actor, now=now)
        if decision.is_permitted and request.answer is not None:
            decision = deny(Code.CONFLICT, "R36", _("Somebody else has answered this request already."))
        if decision.is_permitted and answer is RequestAnswer.GIVEN:
            decision = _let_in(request, actor, now)
        if not decision.is_permitted:
            return decision
        writes.answer_request(request_id, answer, by=actor.account_id, now=now)
        audit.record(
            actor,
            "recording:answer_request" if request.recording_id else "folder:answer_request",
            target_kind="recording" if request.recording_id else "folder",
            target_id=request.recording_id or request.folder_id or "",
            now=now,
            after={"answer": answer, "members": [str(request.asker_id)] if answer is RequestAnswer.GIVEN else []},
            facts={"message": said},
        )
        notices.add(
            NoticeKind.ACCESS_REQUEST_ANSWERED,
            event=f"answer:{request_id}",
            to=[request.asker_id],
            values={
                "who": access_reads.name_of_account(actor.account_id),
                "thing": _told(request, answer),
                "answer": Phrase(_ANSWERS[answer]),
                "message": said or "—",
            },
            link=f"/recordings/{request.recording_id}/" if request.recording_id else f"/folders/{request.folder_id}/",
            now=now,
        )
    return permit()


def _told(request: access_reads.Request, answer: RequestAnswer) -> Phrase:
    """What the asker is told it was: by its name only when they are let in, since before that no title is revealed (R42)."""
    if answer is RequestAnswer.GIVEN:
        return Phrase(_NAMED, {"title": request.thing})
    return Phrase(_UNNAMED, {"day": localdate(request.at)})


def _facts(request: access_reads.Request, actor: Actor) -> access.FolderFacts:
    if request.recording_id is not None:
        return access_reads.recording_facts(actor.account_id, request.recording_id)
    assert request.folder_id is not None  # noqa: S101 - the table holds one of the two
    return access_reads.folder_facts(actor.account_id, request.folder_id)


def _let_in(request: access_reads.Request, actor: Actor, now: datetime) -> Decision:
    asker = PrincipalId(request.asker_id)
    if not access_reads.recipients([asker]):
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R36",
            _("Their account was closed meanwhile, so they cannot be let in. Decline, and they can ask again later."),
        )
    decision = decide_let_in(_facts(request, actor), access.as_viewers([asker]), actor, now)
    if not decision.is_permitted:
        return decision
    if request.recording_id is not None:
        writes.add_viewers(request.recording_id, [asker], by=actor.account_id, now=now)
        return permit()
    assert request.folder_id is not None  # noqa: S101 - the table holds one of the two
    sharing = access_reads.folder_sharing(actor.account_id, request.folder_id, lock=True)
    decision = access.decide_share(sharing.ownership)
    if decision.is_permitted:
        writes.add_members(request.folder_id, [(asker, FolderRole.VIEWER)], now=now)
    return decision
