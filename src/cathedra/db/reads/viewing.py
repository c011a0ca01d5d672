"""What was watched, and what it is measured with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cathedra.db.models import Recording, ViewProgress, ViewTotals
from cathedra.db.reads.content import earlier_edits, edits_of_several
from cathedra.domain.library import UNEDITED, Edits
from cathedra.domain.playback import Progress, Totals, unpacked
from cathedra.domain.terms import AccountId, RecordingId


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording is and how it is cut; a copy by reference is cut as its original. `versions`: how it was cut
    before, where that was asked for."""

    duration_ms: int
    edits: Edits
    versions: Mapping[int, Edits] = field(default_factory=dict)

    def edits_in(self, version: int | None) -> Edits:
        """As viewers had it then; of a version that nobody had, as they have it."""
        return self.edits if version is None else self.versions.get(version, self.edits)


def lengths(
    recording_ids: Iterable[RecordingId], *, versions_told: Iterable[tuple[RecordingId, int]] = ()
) -> dict[RecordingId, Length]:
    """Of those that are there and have a length; how they were cut where one is told of that is or was."""
    rows = Recording.objects.filter(id__in=set(recording_ids), duration_ms__gt=0).values_list("id", "duration_ms")
    known = {RecordingId(recording_id): duration_ms or 0 for recording_id, duration_ms in rows}
    edits = edits_of_several(list(known))
    asked = {each for each, version in versions_told if each in known and (version or each in edits)}
    versions = earlier_edits(asked) if asked else {}
    return {
        each: Length(duration_ms, edits.get(each, UNEDITED), versions.get(each, {}))
        for each, duration_ms in known.items()
    }


@dataclass(frozen=True, slots=True)
class ViewerLine:
    """How far one viewer has come."""

    account_id: AccountId
    name: str
    login_name: str
    percent: int
    views: int
    delivered_ms: int
    position_ms: int
    last_at: datetime


def find_totals(recording_id: RecordingId) -> Totals | None:
    """The sums of a recording; None while nobody has watched it."""
    row = ViewTotals.objects.filter(recording_id=recording_id).first()
    if row is None:
        return None
    return Totals(
        views=row.views,
        anonymous_views=row.anonymous_views,
        viewers=row.viewers,
        delivered_ms=row.delivered_ms,
        last_at=row.last_at,
        played_ms=list(row.played_ms),
        reached_by=list(row.reached_by),
    )


def average_percent(recording_id: RecordingId) -> float | None:
    """Percent watched of the viewers who signed in, on average."""
    found = list(ViewProgress.objects.filter(recording_id=recording_id).values_list("percent", flat=True))
    return sum(found) / len(found) if found else None


def list_viewers(recording_id: RecordingId, *, limit: int | None = None) -> list[ViewerLine]:
    """Who watched it, the last one first (R215)."""
    rows = ViewProgress.objects.filter(recording_id=recording_id).select_related("account").order_by("-last_at", "id")
    return [
        ViewerLine(
            account_id=AccountId(row.account_id),
            name=row.account.full_name or row.account.login_name,
            login_name=row.account.login_name,
            percent=row.percent,
            views=row.views,
            delivered_ms=row.delivered_ms,
            position_ms=row.position_ms,
            last_at=row.last_at,
        )
        for row in rows[:limit]
    ]


def progress_of(keys: Iterable[tuple[RecordingId, AccountId]]) -> dict[tuple[RecordingId, AccountId], Progress]:
    """How far these viewers have come, of those who have begun."""
    wanted = set(keys)
    rows = ViewProgress.objects.filter(
        recording_id__in={recording for recording, _ in wanted}, account_id__in={account for _, account in wanted}
    )
    return {
        key: Progress(
            watched=unpacked(bytes(row.watched)),
            percent=row.percent,
            views=row.views,
            delivered_ms=row.delivered_ms,
            position_ms=row.position_ms,
            first_at=row.first_at,
            last_at=row.last_at,
        )
        for row in rows
        if (key := (RecordingId(row.recording_id), AccountId(row.account_id))) in wanted
    }
