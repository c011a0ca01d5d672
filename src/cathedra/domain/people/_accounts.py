"""Decisions about accounts: made, changed, closed, and who may look for whom."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cathedra.domain.people._roles import last_administrator
from cathedra.domain.people._words import Affiliation, SystemRole, is_staff
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

LOGIN_NAME_LENGTH = 150
_LOGIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_@+")


def decide_first_administrator(*, has_administrator: bool, is_code_right: bool) -> Decision:
    """May this stranger become the administrator? Only of an installation that has none, with the terminal's code."""
    if has_administrator:
        return deny(Code.GONE, "R25", _("This installation has an administrator already. Sign in, or ask them."))
    if not is_code_right:
        return deny(
            Code.NO_PERMISSION, "R25", _("That is not the code. It stands in the terminal where Cathedra was started.")
        )
    return permit()


def decide_new_account(login_name: str, *, is_taken: bool) -> Decision:
    """May an account of this name be made?"""
    if not 0 < len(login_name) <= LOGIN_NAME_LENGTH or not set(login_name.lower()) <= _LOGIN_LETTERS:
        return deny(
            Code.BAD_REQUEST,
            "R1",
            _("A login name is made of letters a to z, digits and the signs . - _ @ +, at most 150."),
        )
    if is_taken:
        return deny(Code.CONFLICT, "R1", _("There is an account with this login name already."))
    return permit()


@dataclass(frozen=True, slots=True)
class Answering:
    """Whoever sets up a program: whether they are a person who may sign in, and have accepted the current terms."""

    is_active: bool
    is_program: bool
    has_accepted: bool


def decide_program(by: Answering | None) -> Decision:
    """R14: may a program get an account? It is asked for no agreement itself, so a person who has accepted answers for
    it."""
    if by is None or not by.is_active or by.is_program:
        return deny(
            Code.BAD_REQUEST,
            "R14",
            _("A program accepts no terms of use. Name the person who sets it up and has accepted them."),
        )
    if not by.has_accepted:
        return deny(
            Code.EULA_REQUIRED,
            "R14",
            _(
                "Whoever sets up a program must have accepted the current terms of use. They do that where they sign in."
            ),
        )
    return permit()


INVITATION_DAYS = 7
NAME_LENGTH, EMAIL_LENGTH = 200, 254


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator may change about a person (R38 row 24)."""

    full_name: str
    email: str
    affiliation: Affiliation

    @property
    def mark(self) -> str:
        """A short text that differs when anything here does: a form brings back the mark of what it showed."""
        return hashlib.sha256("\0".join((self.full_name, self.email, self.affiliation)).encode()).hexdigest()[:16]


def clean_details(full_name: str, email: str, affiliation: Affiliation) -> Details:
    """As they are stored: no spaces round them, no line breaks, no control characters in a name."""
    name = " ".join("".join(letter for letter in full_name if letter.isprintable() or letter.isspace()).split())
    return Details(name, email.strip(), affiliation)


def decide_details(wanted: Details) -> Decision:
    """Are these details of a person?"""
    if not 0 < len(wanted.full_name) <= NAME_LENGTH:
        return deny(Code.BAD_REQUEST, "R1", _("Give a name of at most 200 characters."))
    is_address = wanted.email.count("@") == 1 and not any(letter.isspace() for letter in wanted.email)
    if wanted.email and (not is_address or len(wanted.email) > EMAIL_LENGTH):
        return deny(Code.BAD_REQUEST, "R1", _("That is not an email address."))
    return permit()


def decide_edit(before: Details, wanted: Details, *, seen: str | None) -> Decision:
    """May the details become these? Not when somebody else changed them since they were shown."""
    if seen is not None and seen != before.mark:
        return deny(
            Code.CONFLICT,
            "R1",
            _("Somebody else changed this person while you were writing. Look at their change, then save again."),
        )
    return decide_details(wanted)


def leaves_staff(before: Affiliation, after: Affiliation) -> bool:
    """Whether somebody stops working for the university and its colleges; their access grants end then (R143)."""
    return is_staff(before) and not is_staff(after)


def decide_deactivate(*, is_active: bool, is_own: bool, is_last_administrator: bool) -> Decision:
    """May the account be closed?"""
    if is_own:
        return deny(
            Code.ILLEGAL_TRANSITION, "R38", _("You cannot close your own account. Another systems administrator must.")
        )
    if not is_active:
        return deny(Code.CONFLICT, "R220", _("This account is closed already."))
    return last_administrator() if is_last_administrator else permit()


def decide_reactivate(*, is_active: bool) -> Decision:
    """May the account be opened again?"""
    return deny(Code.CONFLICT, "R220", _("This account is open already.")) if is_active else permit()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link by which somebody chooses their first password: it works once, and not for ever."""

    expires_at: datetime
    is_used: bool


def invitation_ends(now: datetime) -> datetime:
    """When an invitation made now stops working."""
    return now + timedelta(days=INVITATION_DAYS)


def decide_invite(*, is_active: bool, has_password: bool) -> Decision:
    """May somebody be sent a new link? Only while they never chose a password: later they can ask for one themselves."""
    if not is_active:
        return deny(
            Code.ILLEGAL_TRANSITION, "R1", _("This account is closed. Reactivate it before you invite its holder.")
        )
    if has_password:
        return deny(
            Code.ILLEGAL_TRANSITION,
            "R1",
            _("This person has a password already. They can ask for a new one on the sign-in page."),
        )
    return permit()


def decide_accept(invitation: Invitation | None, *, is_active: bool, now: datetime) -> Decision:
    """Does the link work? To whoever holds one that does not, all the reasons are one."""
    if invitation is None or invitation.is_used or now >= invitation.expires_at or not is_active:
        return deny(
            Code.GONE, "R1", _("This link does not work any more. Ask the person who sent it to you for a new one.")
        )
    return permit()


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who looks for people to give something to: their affiliation, and the roles they hold, as texts."""

    affiliation: Affiliation
    folder_roles: frozenset[str]
    system_roles: frozenset[SystemRole]


_SHARERS = frozenset({"creator", "content_organizer"})  # R38 rows 12 and 13


def decide_find(seeker: Seeker) -> Decision:
    """May they look people and groups up by name or login name? Those who share, and staff; Viewers may not."""
    if seeker.system_roles or is_staff(seeker.affiliation) or seeker.folder_roles & _SHARERS:
        return permit()
    return deny(Code.NO_PERMISSION, "R228", _("There is nothing here, or you may not see it."))


def may_find_by_email(seeker: Seeker) -> bool:
    """Staff find the holder of an address that they know already, whole; nobody else asks by address (class 34)."""
    return is_staff(seeker.affiliation)


def names_in(text: str) -> tuple[str, ...]:
    """Login names as somebody pasted them: one a line, or with commas, semicolons or spaces; each once, in order."""
    parts = "".join(" " if letter in ",;\0" else letter for letter in text).split()
    return tuple(dict.fromkeys(part.lower() for part in parts))


def lines_in(text: str) -> tuple[str, ...]:
    """What a field of people holds: one a line or comma; names of groups have spaces, so spaces stay."""
    parts = (" ".join(part.split()) for line in text.replace("\0", "").splitlines() for part in line.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
