"""Telling people: what is told and in which words, who wants it by e-mail, when a letter goes and goes again."""

from collections.abc import Mapping

from cathedra.domain.notices import _keeping, _people, _recordings
from cathedra.domain.notices._batches import DIGEST_AT, QUIET, Parcel, Plan, Waiting, Window, digest_at, plan
from cathedra.domain.notices._delivery import (
    LEASE,
    RETRY_AFTER,
    MailAnswer,
    Report,
    Settled,
    Stage,
    Verdict,
    judge,
    settle,
)
from cathedra.domain.notices._filling import (
    Translate,
    check,
    fill,
    kept,
    paragraphs,
    places,
    plain,
    read_back,
    said,
    subject,
)
from cathedra.domain.notices._letter import MOST_LISTED, Item, Letter, Outgoing, Site, compose
from cathedra.domain.notices._mail import decide_choice, mail_way
from cathedra.domain.notices._words import (
    WAITING_WAYS,
    LetterId,
    LetterState,
    MailChoice,
    MailWay,
    NoticeId,
    NoticeKind,
    Phrase,
    Topic,
    Value,
    Wording,
    WrongNotice,
)

WORDINGS: Mapping[NoticeKind, Wording] = {
    **_recordings.RECORDINGS,
    **_recordings.APPROVAL,
    **_keeping.KEEPING,
    **_people.ACCESS,
    **_people.ACCOUNT,
}

__all__ = [
    "DIGEST_AT",
    "LEASE",
    "MOST_LISTED",
    "QUIET",
    "RETRY_AFTER",
    "WAITING_WAYS",
    "WORDINGS",
    "Item",
    "Letter",
    "LetterId",
    "LetterState",
    "MailAnswer",
    "MailChoice",
    "MailWay",
    "NoticeId",
    "NoticeKind",
    "Outgoing",
    "Parcel",
    "Phrase",
    "Plan",
    "Report",
    "Settled",
    "Site",
    "Stage",
    "Topic",
    "Translate",
    "Value",
    "Verdict",
    "Waiting",
    "Window",
    "Wording",
    "WrongNotice",
    "check",
    "compose",
    "decide_choice",
    "digest_at",
    "fill",
    "judge",
    "kept",
    "mail_way",
    "paragraphs",
    "places",
    "plain",
    "plan",
    "read_back",
    "said",
    "settle",
    "subject",
]
