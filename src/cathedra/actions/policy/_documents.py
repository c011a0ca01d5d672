"""Verbs of the documents that people agree to: publish a version, accept it, decline it."""

from collections.abc import Iterable
from datetime import datetime

from cathedra.db.reads import policy as reads
from cathedra.db.writes import audit, notices
from cathedra.db.writes import policy as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import policy
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.policy import PublishFacts, Terms, TermsDocument
from cathedra.domain.terms import AccountId, Actor, Channel, Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _


def publish_terms(terms: Terms, *, actor: Actor, now: datetime) -> Decision:
    """Make a version the current one (R11). It holds at every door from the commit on; of two at once, one is refused."""
    with transaction():
        return _publish(terms, actor, now)


def publish_shipped(shipped: Iterable[Terms], *, actor: Actor, now: datetime) -> tuple[Terms, ...]:
    """At a first start: of each document that was never published, the newest shipped version. Later versions wait for
    somebody to publish them."""
    newest = {terms.document: terms for terms in sorted(shipped, key=lambda terms: terms.version)}
    with transaction():
        missing = [terms for terms in newest.values() if reads.current_terms(terms.document) is None]
        return tuple(terms for terms in missing if _publish(terms, actor, now).is_permitted)


def _publish(terms: Terms, actor: Actor, now: datetime) -> Decision:
    writes.hold_publishing()
    is_operator = actor.channel is Channel.CLI and actor.is_anonymous
    facts: PublishFacts = reads.publish_facts(terms.document, actor.account_id, is_operator=is_operator)
    decision = policy.decide_publish(facts, terms)
    if not decision.is_permitted:
        return decision
    is_required = policy.is_asked_again(terms, is_first=facts.current_version is None)
    writes.add_version(terms, is_required=is_required, by=actor.account_id, now=now)
    told = {"version": terms.version, "is_required": is_required, "text_hash": policy.text_hash(terms.text)}
    audit.record(actor, "terms:publish", target_kind="terms", target_id=terms.name, now=now, facts=told)
    if facts.current_version is not None and terms.document is TermsDocument.AUP:
        _tell_creators(terms, now)
    return decision


def _tell_creators(terms: Terms, now: datetime) -> None:
    """N47 of the policy. Of the terms of use everybody hears at their next sign-in: by the gate, or by `tell_of_terms`."""
    _tell(terms.document, terms.name, terms.title, terms.changes, to=reads.list_creators(), now=now)


def tell_of_terms(account_id: AccountId, *, now: datetime) -> None:
    """N47, inside the transaction in which somebody signs in: of terms of use that changed since they accepted them, and
    that they are not asked to accept again. Once for each version."""
    found = reads.find_unheard(account_id, TermsDocument.EULA)
    if found is not None:
        name = f"{found.document}-{found.version}"
        _tell(found.document, name, found.title, found.changes, to=[account_id], now=now)


def _tell(
    document: TermsDocument, name: str, title: str, changes: str, *, to: Iterable[AccountId], now: datetime
) -> None:
    values: dict[str, Value] = {"document": title, "changes": changes or Phrase(_("see the new text."))}
    notices.add(NoticeKind.TERMS_CHANGED, event=name, to=to, values=values, link=policy.ADDRESSES[document], now=now)


def accept_terms(document: TermsDocument, *, version: int, text_hash: str, actor: Actor, now: datetime) -> Decision:
    """Keep that the actor accepts what they read, if that is what holds now (R11). Accepting twice changes nothing."""
    with transaction():
        current = reads.current_terms(document)
        decision = policy.decide_acceptance(current, version=version, text_hash=text_hash)
        if actor.account_id is None:
            return _sign_in()
        if current is None or not decision.is_permitted:
            return decision
        if writes.add_acceptance(actor.account_id, current, actor=actor, now=now):
            verb = "terms:accept" if document is TermsDocument.EULA else "terms:acknowledge"
            told = {"version": version, "text_hash": text_hash}
            audit.record(actor, verb, target_kind="terms", target_id=f"{document}-{version}", now=now, facts=told)
    return decision


def decline_terms(document: TermsDocument, *, actor: Actor, now: datetime) -> Decision:
    """Somebody said no: nothing changes but the audit trail, and they may come back (R12)."""
    if actor.account_id is None:
        return _sign_in()
    with transaction():
        current = reads.current_terms(document)
        name = f"{document}-{current.version}" if current else document
        audit.record(actor, "terms:decline", target_kind="terms", target_id=name, now=now)
    return permit()


def _sign_in() -> Decision:
    return deny(Code.SIGN_IN, "R41", _("Sign in to see this."))
