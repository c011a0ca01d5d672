"""What the rule needs to know about a person and a folder or a recording, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from cathedra.domain.access._availability import Availability
from cathedra.domain.access._words import Downloads, FolderRole, GrantRight, SharingLevel, Standing


@dataclass(frozen=True, slots=True)
class Grant:
    """An administrative grant of the person's that covers the thing, neither revoked nor ended (R145, R146)."""

    rights: frozenset[GrantRight]
    starts_at: datetime
    ends_at: datetime
    live_since: datetime | None
    covers_folder: bool = False
    id: UUID | None = None
    used_at: datetime | None = None  # when this recording was last played under it
    # Of a folder: whose recordings it counts for, and since when; None: everybody's (R146).
    counts_for: tuple[tuple[UUID, datetime], ...] | None = None

    def is_live(self, now: datetime) -> bool:
        """Within its time, and the owner was told or the reason why not is written down."""
        return self.live_since is not None and max(self.live_since, self.starts_at) <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """A person and a folder. `roles` are effective, after inheritance and groups; `level` is that of the folder that
    the access comes from. `appointments` are system roles; a videographer's or scheduler's only where it counts here."""

    is_signed_in: bool
    roles: frozenset[FolderRole]
    is_gated: bool = field(default=False, kw_only=True)
    is_staff: bool = field(default=False, kw_only=True)
    appointments: frozenset[Standing] = field(default=frozenset(), kw_only=True)
    level: SharingLevel = field(default=SharingLevel.RESTRICTED, kw_only=True)
    max_level: SharingLevel = field(default=SharingLevel.ORGANISATION, kw_only=True)
    exempt_until: datetime | None = field(default=None, kw_only=True)
    grants: tuple[Grant, ...] = field(default=(), kw_only=True)
    downloads: Downloads = field(default=Downloads.CREATORS, kw_only=True)
    needs_approval: bool = field(default=False, kw_only=True)
    has_publisher: bool = field(default=True, kw_only=True)
    may_use_recorder: bool = field(default=False, kw_only=True)
    is_assignment: bool = field(default=False, kw_only=True)  # R183: Viewers see in it only what is theirs
    is_enrolled: bool = field(default=False, kw_only=True)  # on the course of an assignment folder (R82)
    may_webcast: bool = field(default=False, kw_only=True)  # R51: although its recordings are approved first


@dataclass(frozen=True, slots=True)
class Media:
    """Where a recording stands, as words of the library: its state of R52, and the facts behind it that count alone.

    Nothing sets `is_live` before there is live capture; who brings it gives the list form its condition too.
    """

    state: str
    keeping: str = "ONLINE"
    publication: str = "PUBLISHED"
    is_ready: bool = True
    is_owner: bool = False
    is_hold_legal: bool = False
    is_live: bool = False  # R51: recording, asked to be webcast, and not stopped yet
    has_hold: bool = False  # open, whether or not it has taken effect (R55)


@dataclass(frozen=True, slots=True)
class RecordingFacts(FolderFacts):
    """A person and a recording in its folder. `original` is what a reference copy plays as (R140)."""

    media: Media = field(kw_only=True)
    is_named_viewer: bool = field(default=False, kw_only=True)
    own_level: SharingLevel | None = field(default=None, kw_only=True)
    availability: Availability = field(default=Availability(), kw_only=True)
    is_own_schedule: bool = field(default=False, kw_only=True)
    is_own_approval: bool = field(default=False, kw_only=True)
    original: Media | None = field(default=None, kw_only=True)
    cut_version: int | None = field(default=None, kw_only=True)  # of its cuts, where viewers have it without a part
    is_in_intake: bool = field(default=False, kw_only=True)  # R93: imported, and its owner has not decided yet

    @property
    def is_owner(self) -> bool:
        return self.media.is_owner

    @property
    def state(self) -> str:
        """The state of R52, as text."""
        return self.media.state
