"""What events are about, and what one is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cathedra.domain.terms import gettext_noop as _


class Topic(StrEnum):
    """What an event is about: how lists of actions are grouped."""

    SIGN_IN = "sign_in"
    PEOPLE = "people"
    ACCESS = "access"
    APPROVAL = "approval"
    GRANT = "grant"
    TERMS = "terms"
    RECORDING = "recording"
    FOLDER = "folder"
    KEEPING = "keeping"
    UPLOAD = "upload"
    ROOMS = "rooms"
    STAFF = "staff"
    SYSTEM = "system"


TOPICS: Mapping[Topic, str] = {
    Topic.SIGN_IN: _("Sign-in"),
    Topic.PEOPLE: _("People and groups"),
    Topic.ACCESS: _("Access and sharing"),
    Topic.APPROVAL: _("Approval"),
    Topic.GRANT: _("Administrative access"),
    Topic.TERMS: _("Terms and policy"),
    Topic.RECORDING: _("Recordings"),
    Topic.FOLDER: _("Folders"),
    Topic.KEEPING: _("Archive and bin"),
    Topic.UPLOAD: _("Uploads and processing"),
    Topic.ROOMS: _("Rooms and recorders"),
    Topic.STAFF: _("Staff at work"),
    Topic.SYSTEM: _("The system"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What happened, in a few words; whether the owner of the thing is shown it (R225)."""

    label: str
    topic: Topic
    is_for_owner: bool = True


def hidden(label: str, topic: Topic) -> Phrase:
    """One that the owner of the thing is not shown."""
    return Phrase(label, topic, is_for_owner=False)
