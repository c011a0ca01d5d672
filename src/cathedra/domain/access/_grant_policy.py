"""The policy on administrative access to content, read from data: closed words, and examples of its own (R142 to R147)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cathedra.domain.access._words import GrantPurpose

_AFFILIATIONS = frozenset({"student", "university_staff", "college_staff", "external", "service_account"})


class WrongGrantPolicy(Exception):
    """The document is no policy on grants; the message says where."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What somebody wants access for, and whether that is a purpose of a grant; if not, `message` says where to go."""

    id: str
    label: str
    is_permitted: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A case of the policy's own, and what it must come to; `rule` is the rule that refuses."""

    purpose: str
    affiliation: str
    days: int
    is_permitted: bool
    rule: str = ""


@dataclass(frozen=True, slots=True)
class GrantPolicy:
    """Who may be let in, for what, and for how long."""

    version: int
    default_days: int
    max_days: int
    max_review_days: int
    min_explanation: int
    max_recordings: int
    affiliations: frozenset[str]
    purposes: tuple[Purpose, ...]
    examples: tuple[Example, ...]

    @property
    def name(self) -> str:
        """As decisions keep it."""
        return f"access-grants@{self.version}"

    def purpose(self, purpose_id: str) -> Purpose | None:
        """What the policy says of a purpose; None of one that it does not know."""
        return next((purpose for purpose in self.purposes if purpose.id == purpose_id), None)


def parse_grant_policy(document: Mapping[str, Any]) -> GrantPolicy:
    """Check a policy document and make it a value. Raises WrongGrantPolicy with a sentence."""
    try:
        policy = GrantPolicy(
            version=int(document["version"]),
            default_days=int(document["default_days"]),
            max_days=int(document["max_days"]),
            max_review_days=int(document["max_review_days"]),
            min_explanation=int(document["min_explanation"]),
            max_recordings=int(document["max_recordings"]),
            affiliations=frozenset(document["affiliations"]),
            purposes=tuple(_purpose(table) for table in document["purpose"]),
            examples=tuple(_example(table) for table in document["example"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WrongGrantPolicy(f"access-grants: {error}") from error
    _check(policy)
    return policy


def _purpose(table: Mapping[str, Any]) -> Purpose:
    effect, message = table["effect"], str(table.get("message", ""))
    if effect not in ("permit", "deny") or (effect == "deny") != bool(message):
        raise ValueError(f"purpose {table['id']} is permitted, or denied with a message")
    return Purpose(str(table["id"]), str(table["label"]), effect == "permit", message)


def _example(table: Mapping[str, Any]) -> Example:
    facts, expect, rule = table["facts"], table["expect"], str(table.get("by", ""))
    if expect not in ("permit", "deny") or (expect == "deny") != bool(rule):
        raise ValueError("an example expects permit, or deny by a rule")
    return Example(facts["purpose"], facts["affiliation"], int(facts["days"]), expect == "permit", rule)


def _check(policy: GrantPolicy) -> None:
    permitted = [purpose.id for purpose in policy.purposes if purpose.is_permitted]
    known = {purpose.id for purpose in policy.purposes}
    wrong = {
        "a purpose stands there twice": len(known) != len(policy.purposes),
        "the permitted purposes are those of R142": sorted(permitted) != sorted(GrantPurpose),
        "an affiliation that nobody has": not policy.affiliations <= _AFFILIATIONS or not policy.affiliations,
        "an example names a purpose or affiliation that is not known": any(
            example.purpose not in known or example.affiliation not in _AFFILIATIONS for example in policy.examples
        ),
        "days from 1 to the most": not 1 <= policy.default_days <= policy.max_days or policy.max_review_days < 1,
    }
    for what, is_so in wrong.items():
        if is_so:
            raise WrongGrantPolicy(f"access-grants: {what}.")
