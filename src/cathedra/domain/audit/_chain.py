"""Whether the chain of events is whole (R224): walked in order, the first thing that does not fit is named."""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

GENESIS = "0" * 64  # what the first event names as the hash before it


class Damage(StrEnum):
    """What happened to the trail."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    END_LOST = "end lost"


@dataclass(frozen=True, slots=True)
class Link:
    """An event as the chain sees it: its number, both hashes, and the line of text that its hash is made of."""

    id: int
    previous_hash: str
    hash: str
    line: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as the database keeps it."""

    last_id: int
    last_hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first broken row, and what was done to it. `sentence` is for the operator."""

    damage: Damage
    id: int
    sentence: str


def hash_of(previous_hash: str, line: str) -> str:
    """The hash of an event: of the hash before it and of everything that it says."""
    return hashlib.sha256((previous_hash + line).encode()).hexdigest()


def seen_with(found: Break, head: Head | None) -> Break:
    """The same with the end of the chain in sight: what does not fit and stands after it was never written by us."""
    if head is not None and found.damage is Damage.ALTERED and found.id > head.last_id:
        return Break(Damage.INSERTED, found.id, f"Event {found.id} was put in after the end of the chain.")
    return found


@dataclass(slots=True)
class Chain:
    """A walk along the chain, event by event. It remembers three hashes however long the chain is."""

    at: Head = field(default_factory=lambda: Head(0, GENESIS))
    _before: str = ""

    def take(self, link: Link) -> Break | None:
        """Go on to the next event; a Break when it does not follow, and the walk ends there."""
        expected = self.at.last_id + 1
        if link.id < expected:
            return Break(Damage.INSERTED, link.id, f"Event {link.id} stands before the beginning: it was put in.")
        if link.id > expected:
            return Break(Damage.REMOVED, expected, f"Event {expected} is missing: it was removed.")
        if link.previous_hash != self.at.last_hash:
            return self._stranger(link)
        if hash_of(link.previous_hash, link.line) != link.hash:
            return Break(Damage.ALTERED, link.id, f"Event {link.id} does not fit its own hash: it was altered.")
        self._before, self.at = self.at.last_hash, Head(link.id, link.hash)
        return None

    def _stranger(self, link: Link) -> Break:
        """It is whole perhaps, but another stood before it when it was written."""
        last = self.at.last_id
        if last and link.previous_hash == self._before:
            return Break(Damage.INSERTED, last, f"Event {last} was put in: event {link.id} does not follow it.")
        if hash_of(link.previous_hash, link.line) != link.hash:
            why = "it was moved here, or what stood here was removed."
            return Break(
                Damage.REORDERED, link.id, f"Event {link.id} followed another event when it was written: {why}"
            )
        if last:
            return Break(
                Damage.ALTERED, last, f"Event {last} is not the one that event {link.id} followed: it was replaced."
            )
        return Break(Damage.REMOVED, link.id, f"What stood before event {link.id} was removed.")

    def close(self, head: Head | None) -> Break | None:
        """At the end: the last event must be the one that the head names."""
        last = self.at
        if head is None:
            return Break(Damage.END_LOST, last.last_id, "The end of the chain, which the database keeps, is gone.")
        if head.last_id > last.last_id:
            lost = last.last_id + 1
            return Break(Damage.REMOVED, lost, f"Event {lost} is missing: it and all after it were removed.")
        if head.last_id < last.last_id:
            more = head.last_id + 1
            return Break(Damage.INSERTED, more, f"Event {more} was put in after the end of the chain.")
        if head.last_hash != last.last_hash:
            return Break(
                Damage.ALTERED,
                last.last_id,
                f"Event {last.last_id} is not the one that ended the chain: it was replaced.",
            )
        return None
