"""Tell people what became of a recording that is saved anew, inside the transaction that makes it so (R103)."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from cathedra import config
from cathedra.db.reads import people
from cathedra.db.reads import publishing as publishing_reads
from cathedra.db.reads.saving import SavingRow
from cathedra.db.writes import notices
from cathedra.domain.notices import NoticeKind, Phrase
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import AccountId, RecordingId


def saved(found: SavingRow, new_id: RecordingId, *, now: datetime) -> None:
    """It plays, and until when the original can be had back: to its owner and whoever asked."""
    new = publishing_reads.submission(new_id)
    until = localtime(now + timedelta(days=config.get().bin.days)).date()
    notices.add(
        NoticeKind.SAVED_ANEW,
        event=f"saving:{found.id}",
        to=_both(found, new.owner_id),
        values={"title": new.title, "folder": new.folder_name, "until": until},
        link=f"/recordings/{new_id}/",
        other_link="/bin/",
        now=now,
    )


def failed(found: SavingRow, sentence: str, *, is_ours: bool, now: datetime) -> None:
    """Nothing has changed; the service hears of it too when trying again did not help (`is_ours`)."""
    original = publishing_reads.submission(found.original_id)
    service = people.list_holders(SystemRole.SERVICE_ADMIN) if is_ours else ()
    notices.add(
        NoticeKind.SAVING_FAILED,
        event=f"saving:{found.id}",
        to={*_both(found, original.owner_id), *service},
        values={"title": original.title, "folder": original.folder_name, "problem": Phrase(sentence)},
        link=f"/recordings/{found.original_id}/",
        now=now,
    )


def _both(found: SavingRow, owner_id: AccountId) -> set[AccountId]:
    return {owner_id, found.asked_by} if found.asked_by else {owner_id}
