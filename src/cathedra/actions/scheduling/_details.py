"""Give what is scheduled another title or presenter: this one, those that follow in its series, or all of them (R154)."""

from datetime import datetime

from cathedra.actions import library as library_actions
from cathedra.actions.scheduling import _rights, _tell
from cathedra.actions.scheduling._change import reached
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import people
from cathedra.db.reads.scheduling import ScheduleRow
from cathedra.db.writes import audit
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes import search as search_writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import ingest
from cathedra.domain.ingest import Reach, Standing
from cathedra.domain.library import clean_name
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import AccountId, AccountNotFound, Actor, Code, Decision, RecordingId, deny, permit
from cathedra.domain.terms import gettext_noop as _


def change_scheduled(
    recording_id: RecordingId,
    *,
    title: str | None = None,
    presenter: AccountId | None = None,
    reach: Reach = Reach.THIS,
    actor: Actor,
    now: datetime,
) -> Decision:
    """R154: up to their ends; what is None stays. The presenter becomes the owner, as if scheduled so (T1), and both are
    told, beside N2 for whoever it concerns. All that `reach` names, or none with a refusal: of one that is over, whatever
    its series. Raises ScheduleNotFound."""
    named = None if title is None else clean_name(title)
    if named == "":
        return deny(Code.BAD_REQUEST, "R151", _("Give the recording a title, so that people find it."))
    with transaction():
        rows = reached(recording_id, reach, now)
        for row in rows:
            may = _rights.may_schedule(row.folder_id, actor=actor, now=now)
            decision = ingest.decide_details(Standing(may, row.media, row.span), now=now)
            if not decision.is_permitted:
                return decision
        person = _presenter(presenter) if presenter else None
        if isinstance(person, Decision):
            return person
        changed = [row.recording_id for row in rows if _changed(row, named, person, actor, now)]
        _tell.changed(changed, now=now)
    return permit()


def _presenter(account_id: AccountId) -> people.AccountFacts | Decision:
    try:
        person = people.account_facts(account_id, lock=True)
    except AccountNotFound:
        return deny(Code.BAD_REQUEST, "R154", _("There is nobody of that account."))
    if person.is_active and person.details.affiliation is not Affiliation.SERVICE_ACCOUNT:
        return person
    return deny(
        Code.BAD_REQUEST,
        "R154",
        _("{name} cannot present it: the account is closed, or it is a program's. Choose a person."),
        name=person.details.full_name,
    )


def _changed(
    row: ScheduleRow, title: str | None, person: people.AccountFacts | None, actor: Actor, now: datetime
) -> bool:
    is_named = title is not None and title != row.title
    if is_named:
        library_writes.set_details(row.recording_id, title=title, description=None, version=None, now=now)
        search_writes.touch(row.recording_id)
    found = library_reads.get_metadata(row.recording_id)
    is_presented = person is not None and (row.presenter != person.id or found.owner_id != person.id)
    if person is not None and is_presented:
        writes.set_presenter([row.recording_id], person.id)
        if found.owner_id != person.id:
            library_actions.hand_on(found, person, actor=actor, now=now)
    if not is_named and not is_presented:
        return False
    before = {"title": row.title, "presenter": str(row.presenter or "")}
    presenter = person.id if person else row.presenter
    after = {"title": title if is_named else row.title, "presenter": str(presenter or "")}
    audit.record(
        actor,
        "recording:change_scheduled",
        target_kind="recording",
        target_id=row.recording_id,
        now=now,
        before={key: before[key] for key in before if before[key] != after[key]},
        after={key: after[key] for key in after if before[key] != after[key]},
    )
    return True
