"""Send what is due. What is promised: a letter is claimed in a row before the mail server hears of it, and the row says
that it is being handed over before its last byte goes. Whatever dies before that, the letter is sent later; whatever
dies after it and before the server's answer is put away, the letter is not sent again and says so (UNSURE): at most
once, and its notices stand on the site whatever becomes of it. SMTP itself cannot promise more."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from cathedra.db.reads import notices as reads
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import notices as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import notices
from cathedra.domain.notices import MailAnswer, MailWay, Outgoing, Site, Stage, Translate, Verdict
from cathedra.domain.terms import Actor

MOST_LETTERS = 200  # in one run; the next run follows at once
_MOST_NOTICES = 500  # put into letters in one transaction

_ENDED = "The worker stopped while the mail server was being given this; it was not sent again."


class Line(Protocol):
    """A conversation with the mail server, for one letter after another (adapters.smtp)."""

    def send(self, outgoing: Outgoing, *, hand_over: Callable[[], bool]) -> MailAnswer: ...


class Postman(Protocol):
    """Opens conversations with the mail server (adapters.smtp)."""

    def open(self) -> AbstractContextManager[Line]: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What a run did, for the log."""

    sent: int = 0
    not_sent: int = 0
    kept_on_site: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.not_sent or self.kept_on_site)


def send_due(
    *, actor: Actor, now: datetime, postman: Postman | None, site: Site, zone: tzinfo, translate: Translate
) -> Sent:
    """Put what is due into letters and send them. Without a mail server everything stays on the site."""
    if postman is None:
        with transaction():
            return Sent(kept_on_site=writes.keep_queued_on_site(now=now))
    while _make_letters(now=now, zone=zone):
        pass
    _settle_abandoned(now=now)
    sent = not_sent = 0
    with postman.open() as line:
        while sent + not_sent < MOST_LETTERS:
            answer = _send_one(line, actor=actor, now=now, site=site, translate=translate)
            if answer is None:
                break
            sent, not_sent = sent + (answer.stage is Stage.TAKEN), not_sent + (answer.stage is not Stage.TAKEN)
            if answer.stage is Stage.CONNECT:
                return Sent(sent, not_sent)  # the others would fare no better; a periodic run comes back
    if reads.count_waiting(now=now):
        with transaction():
            jobs.enqueue([writes.SEND])
    return Sent(sent, not_sent)


def _make_letters(*, now: datetime, zone: tzinfo) -> bool:
    """One batch of notices. Whether there was one."""
    with transaction():
        due = reads.list_due(now=now, limit=_MOST_NOTICES)
        kept = {one.waiting.id: way for one in due if (way := _way_now(one)) not in notices.WAITING_WAYS}
        for way in set(kept.values()):
            writes.keep_on_site([notice_id for notice_id, held in kept.items() if held is way], way)
        going = {one.waiting.to: one for one in due if one.waiting.id not in kept}
        plan = notices.plan(
            [one.waiting for one in due if one.waiting.id not in kept],
            reads.list_windows(due, now=now),
            {kind: wording.at_once for kind, wording in notices.WORDINGS.items()},
            now=now,
            zone=zone,
        )
        for parcel in plan.parcels:
            whose = going[parcel.to]
            writes.add_letter(
                parcel.notice_ids,
                recipient=whose.recipient,
                address=whose.address,
                kind=parcel.kind,
                window_at=parcel.window_at,
                now=now,
            )
        writes.hold(plan.held)
    return bool(due)


def _way_now(one: reads.DueNotice) -> MailWay:
    """What was true when the notice was made may have changed: the account is closed, the address bounced."""
    if not one.is_active:
        return MailWay.CLOSED
    if not one.address:
        return MailWay.NO_ADDRESS
    return MailWay.UNREACHABLE if one.is_unreachable else one.waiting.way


def _settle_abandoned(*, now: datetime) -> None:
    for letter in reads.list_abandoned(now=now):
        verdict = Verdict.UNSURE if letter.was_handed else Verdict.AGAIN
        settled = notices.settle(verdict, attempts=letter.attempts, first_tried_at=letter.first_tried_at, now=now)
        with transaction():
            writes.settle_letter(letter.id, claim=letter.claim, settled=settled, problem=_ENDED, now=now)


def _send_one(line: Line, *, actor: Actor, now: datetime, site: Site, translate: Translate) -> MailAnswer | None:
    with transaction():
        letter = writes.claim_letter(now=now)
    if letter is None:
        return None

    def hand_over() -> bool:
        with transaction():
            return writes.hand_over(letter.id, claim=letter.claim, now=now)

    answer = line.send(_outgoing(letter, site, translate), hand_over=hand_over)
    _apply(letter, answer, actor=actor, now=now)
    return answer


def _outgoing(letter: reads.HeldLetter, site: Site, translate: Translate) -> Outgoing:
    items = [
        notices.Item(notices.WORDINGS[row.kind], row.values, row.link, row.other_link)
        for row in reads.content_of(letter.id)
    ]
    is_outside = letter.recipient is None
    is_free = not is_outside and not all(item.wording.is_must for item in items)
    return Outgoing(
        id=letter.id,
        address=letter.address,
        letter=notices.compose(items, site=site, is_outside=is_outside, translate=translate),
        choices_url=site.url + site.choices_path if is_free else "",
    )


def _apply(letter: reads.HeldLetter, answer: MailAnswer, *, actor: Actor, now: datetime) -> None:
    verdict = notices.judge(answer)
    settled = notices.settle(verdict, attempts=letter.attempts, first_tried_at=letter.first_tried_at, now=now)
    code = f"{answer.code} " if answer.code else ""
    reason = notices.plain(f"{code}{answer.said}", limit=500)
    with transaction():
        is_ours = writes.settle_letter(letter.id, claim=letter.claim, settled=settled, problem=reason, now=now)
        if not (is_ours and settled.marks_address):
            return
        if writes.mark_unreachable(letter.address, reason=reason, now=now):
            told = {"reason": reason, "letter_id": str(letter.id)}
            audit.record(
                actor,
                "address:mark_unreachable",
                target_kind="address",
                target_id=letter.address.lower(),
                now=now,
                facts=told,
            )
