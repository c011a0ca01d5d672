"""What the hot door asks before a byte of media goes: the view decision of R41 for a browser's session, of many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import namedtuple_row

from cathedra import config
from cathedra.db import prepared, sql
from cathedra.db.reads.access._facts import facts_of
from cathedra.domain import access, library
from cathedra.domain.terms import Code, Decision


@dataclass(frozen=True, slots=True)
class Question:
    """A browser's session, as its cookie says it, and a recording. `wants_whole`: what is cut as well, for who may have it.
    `captions`: the language of which the file is asked for; automatic ones that are not shown to viewers are not there for
    them (R208)."""

    session_key: str
    recording_id: UUID
    wants_whole: bool = False
    captions: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """The view decision, whose media are shown (a reference copy plays those of its original), and who asked; None for
    whoever is not signed in. `cut_version`: of the cuts that were made in what they are given; None when nothing is.
    `is_under_grant`: nothing lets them in but an administrative grant, so their viewing is not counted (R148)."""

    code: Code
    media_id: UUID | None
    viewer_id: UUID | None
    cut_version: int | None = None
    is_under_grant: bool = False


async def may_view(hot: AsyncConnection[Any], asked: Sequence[Question], *, now: datetime) -> list[Sight]:
    """The decision of each question, in their order, on the hot door's own connection: the same facts in the same statement
    as every page asks for, and the same rule. A missing recording looks like a forbidden one. What is cut is left out for
    everybody, but for who wants the whole and may have it."""
    rows = await _rows(hot, asked, now)
    return [await _sight(hot, row, question, now) for row, question in zip(rows, asked, strict=True)]


async def _rows(hot: AsyncConnection[Any], asked: Sequence[Question], now: datetime) -> list[Any]:
    keys, ids = [one.session_key for one in asked], [one.recording_id for one in asked]
    async with hot.cursor(row_factory=namedtuple_row) as cursor:
        if len(asked) == 1:
            places = {"viewer": None, "session_key": keys[0], "recording_id": ids[0], "now": now}
            await cursor.execute(sql.text("recording_facts"), places)
        else:
            many = {"session_keys": keys, "recording_ids": ids, "now": now}
            await cursor.execute(sql.of_sessions("recording_facts"), many)
        return await cursor.fetchall()


async def _sight(hot: AsyncConnection[Any], row: Any, asked: Question, now: datetime) -> Sight:
    code = _view_code(row, now)
    if code is Code.ALLOW and asked.captions and not await _are_shown(hot, row, asked, now):
        code = Code.NOT_FOUND
    if not asked.wants_whole:
        is_under_grant = code is Code.ALLOW and _is_under_grant(row, now)
        return Sight(code, row.media_id, row.viewer_id, row.cut_version, is_under_grant)
    if code is Code.ALLOW and not access.may_have_whole(facts_of(row), now):
        code = Code.NO_PERMISSION
    return Sight(code, row.media_id, row.viewer_id)


async def _are_shown(hot: AsyncConnection[Any], row: Any, asked: Question, now: datetime) -> bool:
    places = {"recording_id": asked.recording_id, "language": asked.captions}
    async with hot.cursor(row_factory=namedtuple_row) as cursor:
        await cursor.execute(sql.text("captions_shown"), places)
        track: Any = await cursor.fetchone()
    if track is None:
        return False
    shows = config.get().speech.shows_automatic if track.shows_automatic is None else track.shows_automatic
    is_automatic = track.origin == library.CaptionOrigin.AUTOMATIC
    return shows or not is_automatic or access.decide(facts_of(row), access.Action.EDIT_MEDIA, now).is_permitted


def may_view_now(session_key: str, recording_id: UUID, *, now: datetime) -> Code:
    """The same of one on Django's connection."""
    places = {"viewer": None, "session_key": session_key, "recording_id": recording_id, "now": now}
    return _view_code(prepared.rows("recording_facts", **places)[0], now)


def _view_code(row: Any, now: datetime) -> Code:
    return access.as_told(_view(row, now)).code


def _is_under_grant(row: Any, now: datetime) -> bool:
    return bool(row.grants) and access.through_grant(facts_of(row), access.Action.VIEW, now) is not None


def _view(row: Any, now: datetime) -> Decision:
    if row.is_there:
        return access.decide_stream(facts_of(row), now)
    return access.decide_folder(
        access.FolderFacts(row.viewer_id is not None, frozenset(), is_gated=row.is_gated), access.Action.SEE_FOLDER, now
    )
