"""Letters on their way: made of notices, claimed by one worker, settled only by the claim that holds."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F

from cathedra.db.models import Letter, Notice
from cathedra.db.reads import notices as reads
from cathedra.domain.notices import (
    WAITING_WAYS,
    LetterId,
    LetterState,
    MailWay,
    NoticeId,
    NoticeKind,
    Settled,
)
from cathedra.domain.terms import AccountId


def add_letter(
    notice_ids: Collection[NoticeId],
    *,
    recipient: AccountId | None,
    address: str,
    kind: NoticeKind | None,
    window_at: datetime,
    now: datetime,
) -> LetterId:
    """Put notices into a letter that may go now. Their rows are held by the caller."""
    row = Letter.objects.create(
        recipient_id=recipient,
        address=address,
        kind=kind or "",
        window_at=window_at,
        state=LetterState.QUEUED,
        created_at=now,
        due_at=now,
    )
    Notice.objects.filter(id__in=notice_ids, letter=None).update(letter=row)
    return LetterId(row.id)


def hold(until: Mapping[NoticeId, datetime]) -> None:
    """Notices that wait: each until its time."""
    rows = [Notice(id=notice_id, due_at=due_at) for notice_id, due_at in until.items()]
    Notice.objects.bulk_update(rows, ["due_at"], batch_size=500)


def keep_on_site(notice_ids: Iterable[NoticeId], way: MailWay) -> None:
    """No e-mail goes of these, for the reason that `way` names."""
    Notice.objects.filter(id__in=list(notice_ids), letter=None).update(mail=way)


def keep_queued_on_site(*, now: datetime) -> int:
    """There is no mail server: nothing that is due goes by e-mail, nor later when there is one. Returns how many."""
    return Notice.objects.filter(letter=None, mail__in=WAITING_WAYS, due_at__lte=now).update(mail=MailWay.NO_SERVER)


def claim_letter(*, now: datetime) -> reads.HeldLetter | None:
    """Take the letter that is due longest, for one attempt. Two workers never hold the same one."""
    rows = Letter.objects.filter(state=LetterState.QUEUED, due_at__lte=now).order_by("due_at", "id")
    row = rows.select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.state, row.claim, row.claimed_at, row.handed_at = LetterState.SENDING, uuid4(), now, None
    row.attempts, row.first_tried_at = row.attempts + 1, row.first_tried_at or now
    row.save(update_fields=["state", "claim", "claimed_at", "handed_at", "attempts", "first_tried_at"])
    return reads.held(row)


def hand_over(letter_id: LetterId, *, claim: UUID, now: datetime) -> bool:
    """Note that the server is about to be given every byte: from here on nobody may send the letter again unless the
    server says no. False when the claim no longer holds."""
    return bool(Letter.objects.filter(id=letter_id, claim=claim).update(handed_at=now))


def settle_letter(letter_id: LetterId, *, claim: UUID, settled: Settled, problem: str, now: datetime) -> bool:
    """What became of an attempt. False when the claim no longer holds."""
    is_sent = settled.state is LetterState.SENT
    return bool(
        Letter.objects.filter(id=letter_id, claim=claim).update(
            state=settled.state,
            claim=None,
            due_at=settled.due_at or F("due_at"),
            sent_at=now if is_sent else None,
            problem="" if is_sent else problem[:1000],
        )
    )


def unsettle_letter(letter_id: LetterId, *, problem: str) -> bool:
    """A letter that was sent came back: it did not arrive. False when it had come back already."""
    rows = Letter.objects.filter(id=letter_id, state__in=(LetterState.SENT, LetterState.UNSURE))
    return bool(rows.update(state=LetterState.UNREACHABLE, problem=problem[:1000]))
