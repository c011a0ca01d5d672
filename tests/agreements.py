"""Versions of the terms and the policy for tests, published as an operator does."""

from datetime import date, datetime

from cathedra.actions import policy as actions
from cathedra.domain.policy import Terms, TermsDocument, text_hash
from cathedra.domain.terms import AccountId, Actor, Channel

OPERATOR = Actor(None, Channel.CLI)
EULA, AUP = TermsDocument.EULA, TermsDocument.AUP


def terms(document: TermsDocument = EULA, version: int = 1, *, asks_again: bool = True) -> Terms:
    text = f"What you agree to, version {version}.\n\n## Rules\n\n- Be <kind>.\n- Be {document}."
    return Terms(document, version, date(2026, 9, version), f"Title of {document}", text, asks_again)


def publish(document: TermsDocument = EULA, version: int = 1, *, now: datetime, asks_again: bool = True) -> Terms:
    made = terms(document, version, asks_again=asks_again)
    assert actions.publish_terms(made, actor=OPERATOR, now=now).is_permitted
    return made


def accept(account_id: AccountId, made: Terms, *, now: datetime) -> None:
    decision = actions.accept_terms(
        made.document,
        version=made.version,
        text_hash=text_hash(made.text),
        actor=Actor(account_id, Channel.WEB, address="192.0.2.7"),
        now=now,
    )
    assert decision.is_permitted
