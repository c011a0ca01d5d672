"""Why somebody sees a thing: the paths that give it, and what an ordinary viewer meets now (R37)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cathedra.domain.access._decide import decide
from cathedra.domain.access._facts import RecordingFacts
from cathedra.domain.access._sharing import Audience, audience_of, is_listed, within
from cathedra.domain.access._words import Action, FolderRole, SharingLevel, Standing
from cathedra.domain.terms import Decision, PrincipalId


class Path(StrEnum):
    """What gives it."""

    OWNER = "owner"
    FOLDER = "folder"
    ANCESTOR = "ancestor"
    RECORDING = "recording"
    APPOINTMENT = "appointment"
    GRANT = "grant"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Way:
    """One path: whom it lets in, as what, and through what. Of a level, nobody by name but an audience."""

    path: Path
    standing: Standing
    principal_id: PrincipalId | None = None
    name: str = ""
    key: str = ""
    is_group: bool = False
    member_count: int = 0
    is_active: bool = True
    through: str = ""
    until: datetime | None = None
    audience: Audience | None = None
    is_listed: bool = False


def ways_of_levels(
    folder: SharingLevel, own: SharingLevel | None, *, cap: SharingLevel, folder_name: str, recording_name: str = ""
) -> tuple[Way, ...]:
    """Whom the levels let in, as far as the cap lets them (R32, R33)."""
    found = []
    for level, name in ((folder, folder_name), (own, recording_name)):
        if level is None:
            continue
        reaching = within(level, cap)
        way = Way(
            Path.LEVEL, Standing.VIEWER, through=name, audience=audience_of(reaching), is_listed=is_listed(reaching)
        )
        if way.audience is not Audience.RESTRICTED:
            found.append(way)
    return tuple(found)


def as_a_viewer(facts: RecordingFacts, now: datetime) -> Decision:
    """What somebody who is a Viewer here and nothing else is told now: approval, hold, archive or availability."""
    media = replace(facts.media, is_owner=False)
    original = replace(facts.original, is_owner=False) if facts.original else None
    viewer = replace(
        facts,
        is_signed_in=True,
        is_gated=False,
        roles=frozenset({FolderRole.VIEWER}),
        appointments=frozenset(),
        grants=(),
        media=media,
        original=original,
    )
    return decide(viewer, Action.VIEW, now)
