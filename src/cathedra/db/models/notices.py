"""What people are told: notices, the letters that carry them, what somebody chose, addresses that take no mail."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cathedra.db.models.fields import is_word, word
from cathedra.domain.notices import WAITING_WAYS, LetterState, MailChoice, MailWay, NoticeKind

_WAITING = [way.value for way in WAITING_WAYS]


class Notice(models.Model):
    """One event told to one account, or to an address outside (R229): at most once.

    `kind` is a NoticeKind without a constraint: the list grows with every part of the rules that is built, and each kind
    would then need a migration that looks at every row of the largest table of people's. What writes it,
    `writes/notices.add`, takes nothing but a NoticeKind.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = word(NoticeKind)
    event = models.TextField()
    recipient = models.ForeignKey("Account", null=True, on_delete=models.CASCADE, related_name="+")
    address = models.TextField(blank=True)  # only without a recipient
    values = models.JSONField(default=dict)
    link = models.TextField(blank=True)
    other_link = models.TextField(blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = word(MailWay)
    due_at = models.DateTimeField()  # when it may go into a letter
    letter = models.ForeignKey("Letter", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            is_word("mail", MailWay, "notice_mail"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, address="") | (Q(recipient__isnull=True) & ~Q(address="")),
                name="notice_one_recipient",
            ),
            models.UniqueConstraint(
                fields=("recipient", "kind", "event"), condition=Q(recipient__isnull=False), name="notice_once"
            ),
            models.UniqueConstraint(
                fields=("address", "kind", "event"), condition=Q(recipient__isnull=True), name="notice_once_outside"
            ),
        ]
        indexes = [
            models.Index(fields=("recipient", "-created_at", "-id"), name="notice_list"),
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=("due_at",), condition=Q(letter__isnull=True, mail__in=_WAITING), name="notice_waiting"
            ),
        ]


class Letter(models.Model):
    """One e-mail: one notice, or several merged (R229). Its id is in its Message-ID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey("Account", null=True, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    kind = models.TextField(blank=True)  # of all its notices; nothing for a digest of many kinds
    window_at = models.DateTimeField()  # when the hour began in which equal notices merge
    state = word(LetterState)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_tried_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)  # just before the server was given the last byte
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            is_word("state", LetterState, "letter_state"),
            models.CheckConstraint(
                condition=Q(state=LetterState.SENDING.value, claim__isnull=False)
                | (~Q(state=LetterState.SENDING.value) & Q(claim__isnull=True)),
                name="letter_claim",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SENT.value) | Q(sent_at__isnull=False), name="letter_sent_at"
            ),
        ]
        indexes = [
            models.Index(
                fields=("due_at",),
                condition=Q(state__in=(LetterState.QUEUED.value, LetterState.SENDING.value)),
                name="letter_due",
            ),
            models.Index(fields=("recipient", "kind", "-window_at"), name="letter_window"),
            models.Index(fields=("-created_at", "-id"), name="letter_newest"),
        ]


class MailPreference(models.Model):
    """How somebody wants the e-mails of one kind."""

    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    kind = word(NoticeKind)
    choice = word(MailChoice)

    class Meta:
        constraints = [
            is_word("choice", MailChoice, "mail_preference_choice"),
            models.UniqueConstraint(fields=("account", "kind"), name="mail_preference_once"),
        ]


class UnreachableAddress(models.Model):
    """An address that does not take mail, with what its server said (R229, R147)."""

    address = models.TextField(unique=True)  # in small letters
    reason = models.TextField()
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(address=Lower("address")), name="unreachable_address_small")]
