"""What may be done with the documents: publish a version, accept it, go on without having acknowledged the policy."""

from collections.abc import Collection
from dataclasses import dataclass

from cathedra.domain.policy._documents import Terms, TermsDocument
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

# Who looks after the documents (R25), by the words of their system roles: rooms do not know each other.
_KEEPERS = frozenset({"sys_admin", "service_admin"})

# Where people read and accept them; every refusal says it.
ADDRESSES = {TermsDocument.EULA: "/terms/", TermsDocument.AUP: "/terms/acceptable-use/"}


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """Who wants to publish, and what is published already. An operator has the machine itself."""

    is_operator: bool
    system_roles: frozenset[str]
    current_version: int | None


@dataclass(frozen=True, slots=True)
class CurrentTerms:
    """The version of a document that holds now."""

    document: TermsDocument
    version: int
    text_hash: str


def decide_publish(facts: PublishFacts, terms: Terms) -> Decision:
    """May this version become the current one? Only forwards: what was accepted is never replaced (R11, R16)."""
    if not facts.is_operator and _KEEPERS.isdisjoint(facts.system_roles):
        return deny(Code.NO_PERMISSION, "R25", _("There is nothing here, or you may not see it."))
    if facts.current_version is not None and terms.version <= facts.current_version:
        return deny(
            Code.CONFLICT,
            "R11",
            _("Version {current} is published already. Give the new text a higher number than that."),
            current=str(facts.current_version),
        )
    return permit()


def is_asked_again(terms: Terms, *, is_first: bool) -> bool:
    """Must those who accepted an earlier version accept this one too? The policy is acknowledged version by version
    (R15); the terms of use only when the version says so (R11)."""
    return is_first or terms.requires_reacceptance or terms.document is TermsDocument.AUP


def decide_acceptance(current: CurrentTerms | None, *, version: int, text_hash: str) -> Decision:
    """Is what somebody accepts what holds now, word by word? (R11)"""
    if current is None:
        return deny(Code.NOT_FOUND, "R9", _("There are no terms to accept here."))
    if (version, text_hash) != (current.version, current.text_hash):
        return deny(
            Code.CONFLICT, "R11", _("These terms changed while you read them. Please read the new version below.")
        )
    return permit()


def decide_contribution(unaccepted: Collection[TermsDocument]) -> Decision:
    """May somebody who may create here upload, record or schedule now? Given what they have still to acknowledge (R15)."""
    if TermsDocument.AUP not in unaccepted:
        return permit()
    return deny(
        Code.AUP_REQUIRED,
        "R15",
        _(
            "Before you upload, read the acceptable use policy at {address} and confirm that you have. You are asked once."
        ),
        address=ADDRESSES[TermsDocument.AUP],
    )
