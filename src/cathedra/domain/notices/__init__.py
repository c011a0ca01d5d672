"""Telling people: what is told and in which words, who wants it by e-mail, when a letter goes and goes again."""

from collections.abc import Mapping

from cathedra.domain.notices import _people, _recordings
from cathedra.domain.notices._filling import check, fill, paragraphs, places, plain, subject
from cathedra.domain.notices._mail import decide_choice, mail_way
from cathedra.domain.notices._words import (
    WAITING_WAYS,
    LetterId,
    LetterState,
    MailChoice,
    MailWay,
    NoticeId,
    NoticeKind,
    Topic,
    Wording,
    WrongNotice,
)

WORDINGS: Mapping[NoticeKind, Wording] = {
    **_recordings.RECORDINGS,
    **_recordings.APPROVAL,
    **_people.ACCESS,
    **_people.ACCOUNT,
}

__all__ = [
    "WAITING_WAYS",
    "WORDINGS",
    "LetterId",
    "LetterState",
    "MailChoice",
    "MailWay",
    "NoticeId",
    "NoticeKind",
    "Topic",
    "Wording",
    "WrongNotice",
    "check",
    "decide_choice",
    "fill",
    "mail_way",
    "paragraphs",
    "places",
    "plain",
    "subject",
]
