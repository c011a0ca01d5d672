"""What the sums of a recording say: for Creators all, for others nothing about few people (R215, R216)."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from cathedra.domain.playback._views import Totals
from cathedra.domain.sheets import plain_cell
from cathedra.domain.terms import RecordingId

FEWEST = 5  # people: of fewer no figure is shown to whoever may not see names, nor any difference of figures
VIEWER_COLUMNS = ("name", "login_name", "percent_watched", "views", "minutes", "last_position", "last_viewed")
LINE_COLUMNS = ("recording", "title", "folder", "duration", "views", "viewers", "minutes", "last_viewed")
SEGMENT_COLUMNS = ("from", "to", "times_watched", "viewers")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of what is shown: how often it was watched, by how many; None where that would tell of too few."""

    start_ms: int
    end_ms: int
    plays: float | None
    viewers: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one recording (R215). What is None is kept back: `is_hidden` says that all of it is, for so few watched."""

    views: int | None
    viewers: int | None
    anonymous_views: int | None
    delivered_ms: int | None
    average_percent: float | None
    last_at: datetime | None
    segments: tuple[Segment, ...]
    is_hidden: bool = False


NOTHING = Statistics(0, 0, 0, 0, None, None, ())
_HIDDEN = Statistics(None, None, None, None, None, None, (), is_hidden=True)


def statistics(
    totals: Totals | None, places: Sequence[tuple[int, int] | None], *, average_percent: float | None, has_names: bool
) -> Statistics:
    """From the sums; for whoever may not see names from those that were last renewed (R216). `places` are the segments on
    the timeline that is shown, None for one that is cut away. Of one that is cut in part what was played before the cut
    counts as well: no more often than the recording was."""
    if not has_names and (totals is None or totals.viewers < FEWEST):
        return _HIDDEN
    if totals is None:
        return NOTHING
    figures = zip(places, totals.played_ms, totals.reached_by, strict=False)
    longest = max((place[1] - place[0] for place in places if place), default=0)
    segments = (
        _segment(place, _most(place, longest, played_ms, totals.views), viewers, has_names=has_names)
        for place, played_ms, viewers in figures
        if place is not None and place[1] > place[0]
    )
    return Statistics(
        views=totals.views,
        viewers=_people(totals.viewers, has_names=has_names),
        anonymous_views=totals.anonymous_views,
        delivered_ms=totals.delivered_ms,
        average_percent=average_percent,
        last_at=_said(totals.last_at, has_names=has_names),
        segments=tuple(segments),
    )


def _most(place: tuple[int, int], longest: int, played_ms: int, views: int) -> int:
    lasts = place[1] - place[0]
    return played_ms if lasts >= longest - 1 else min(played_ms, views * lasts)


def _segment(place: tuple[int, int], played_ms: int, viewers: int, *, has_names: bool) -> Segment:
    plays = round(played_ms / (place[1] - place[0]), 2)
    if has_names:
        return Segment(*place, plays, viewers)
    if viewers < FEWEST:
        return Segment(*place, None, None)
    return Segment(*place, _in_fives(plays), _in_fives(viewers))


def _people(count: int, *, has_names: bool) -> int:
    return count if has_names else _in_fives(count)


def _in_fives(figure: float) -> int:
    """Rounded down, so that what is left of one figure beside another is nobody or five people at least (R216)."""
    return int(figure // FEWEST) * FEWEST


@dataclass(frozen=True, slots=True)
class Line:
    """A recording in the statistics of a folder. What is None is kept back, for so few watched (R216)."""

    recording_id: RecordingId
    title: str
    folder: str
    duration_ms: int | None
    views: int | None
    viewers: int | None
    delivered_ms: int | None
    last_at: datetime | None

    @property
    def is_hidden(self) -> bool:
        return self.views is None


def line(
    recording_id: RecordingId,
    title: str,
    folder: str,
    duration_ms: int | None,
    *,
    totals: Totals | None,
    has_names: bool,
) -> Line:
    """From the sums, as `statistics` has them: noughts where nobody watched, and to whoever may not see names nothing where
    so few did that it could tell who they are."""
    if not has_names and (totals is None or totals.viewers < FEWEST):
        return Line(recording_id, title, folder, duration_ms, None, None, None, None)
    if totals is None:
        return Line(recording_id, title, folder, duration_ms, 0, 0, 0, None)
    last_at = _said(totals.last_at, has_names=has_names)
    viewers = _people(totals.viewers, has_names=has_names)
    return Line(recording_id, title, folder, duration_ms, totals.views, viewers, totals.delivered_ms, last_at)


def _said(at: datetime, *, has_names: bool) -> datetime:
    """Of the last view whoever may not see names learns the day: its instant would tell whose it was (R216)."""
    return at if has_names else at.replace(hour=0, minute=0, second=0, microsecond=0)


def lines_csv(lines: Iterable[Line]) -> str:
    """One line for each recording; what is kept back is empty."""
    return _csv(
        LINE_COLUMNS,
        (
            (
                str(one.recording_id),
                plain_cell(one.title),
                plain_cell(one.folder),
                _clock(one.duration_ms or 0),
                _shown(one.views),
                _shown(one.viewers),
                "" if one.delivered_ms is None else f"{one.delivered_ms / 60_000:.1f}",
                one.last_at.isoformat() if one.last_at else "",
            )
            for one in lines
        ),
    )


def viewers_csv(lines: Iterable[tuple[str, str, int, int, int, int, datetime]]) -> str:
    """One line for each viewer: name, login name, percent, views, delivered and position in milliseconds, last time."""
    return _csv(
        VIEWER_COLUMNS,
        (
            (
                plain_cell(name),
                plain_cell(login),
                percent,
                views,
                f"{delivered / 60_000:.1f}",
                _clock(position),
                at.isoformat(),
            )
            for name, login, percent, views, delivered, position, at in lines
        ),
    )


def segments_csv(segments: Iterable[Segment]) -> str:
    """One line for each segment; what is kept back is empty."""
    return _csv(
        SEGMENT_COLUMNS,
        ((_clock(one.start_ms), _clock(one.end_ms), _shown(one.plays), _shown(one.viewers)) for one in segments),
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    file = StringIO()
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow(columns)
    out.writerows(rows)
    return file.getvalue()


def _shown(figure: float | None) -> object:
    return "" if figure is None else figure


def _clock(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
