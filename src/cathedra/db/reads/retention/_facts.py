"""What decides how long recordings are kept, in pages, and who answers for them. The product asks, for no viewer."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from cathedra import config
from cathedra.db import prepared, sql
from cathedra.db.models import Recording
from cathedra.domain import retention
from cathedra.domain.retention import Calendar, Facts, Profile, Rule, RunDay, RunKind
from cathedra.domain.terms import AccountId, RecordingId, RecordingNotFound

PAGE = 1000
_A_DAY = timedelta(days=1)
_TIERS = {RunKind.ARCHIVE: retention.ONLINE, RunKind.DELETION: retention.ARCHIVED}


def calendar() -> Calendar:
    """When the runs are here (`retention.archive_date`, `retention.delete_date`, `site.timezone`)."""
    configured = config.get()
    return Calendar(
        ZoneInfo(configured.site.timezone),
        retention.parse_day(configured.retention.archive_date, "retention.archive_date"),
        retention.parse_day(configured.retention.delete_date, "retention.delete_date"),
    )


def rule() -> Rule:
    """The rule of this site (`retention.profile`, `retention.days`) and those of single folders."""
    configured = config.get().retention
    folders = retention.parse_profiles(configured.folder_profiles, "retention.folder_profiles")
    return Rule(Profile(configured.profile), configured.days, folders)


def facts_of(recording_ids: Collection[RecordingId]) -> list[Facts]:
    """The facts of these recordings, in the order of their ids."""
    return _facts(list(recording_ids), with_views=True)


def get_facts(recording_id: RecordingId) -> Facts:
    """Those of one. Raises RecordingNotFound."""
    places = _places(with_views=True)
    found = prepared.rows_of_one("retention_facts", id=recording_id, **places)
    if not found:
        raise RecordingNotFound(str(recording_id))
    return _of_row(found[0], calendar(), config.get().retention.assessment_keep_months)


def each_of_tier(kind: RunKind) -> Iterator[list[Facts]]:
    """Every recording of the tier that a run looks at, a page at a time."""
    return _pages(_TIERS[kind])


def each_page() -> Iterator[list[Facts]]:
    """Every recording there is, a page at a time: for the simulator."""
    return _pages(None)


def _pages(keeping: str | None) -> Iterator[list[Facts]]:
    after: RecordingId | None = None
    with_views = Profile.LAST_VIEW in rule().profiles or keeping is None
    while ids := _page(keeping, after):
        yield _facts(ids, with_views=with_views)
        after = ids[-1]


def _page(keeping: str | None, after: RecordingId | None) -> list[RecordingId]:
    rows = Recording.objects.filter(keeping=keeping) if keeping else Recording.objects.all()
    rows = rows.filter(id__gt=after) if after else rows
    return [RecordingId(one) for one in rows.order_by("id").values_list("id", flat=True)[:PAGE]]


def _facts(ids: list[RecordingId], *, with_views: bool) -> list[Facts]:
    places = {"ids": ids, **_places(with_views=with_views)}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("retention_facts"), places)
        rows = cursor.fetchall()
    known, months = calendar(), config.get().retention.assessment_keep_months
    return [_of_row(row, known, months) for row in rows]


def _places(*, with_views: bool) -> dict[str, Any]:
    return {"with_views": with_views, "ruled": list(rule().folders), "anchor": config.get().retention.anchor}


def _of_row(row: tuple[Any, ...], known: Calendar, months: int) -> Facts:
    submitted_at, is_restore_failed, title, ruled_by = row[16:]
    until = retention.keep_submission_until(submitted_at, months=months, calendar=known) if submitted_at else None
    return replace(
        Facts(*row[:16]), keep_until=until, is_restore_failed=is_restore_failed, title=title, ruled_by=ruled_by
    )


def proven_of(run_id: UUID, recording_ids: Collection[RecordingId], *, run: RunDay) -> set[RecordingId]:
    """Of which of these the notice that R126 asks for is on record: given on the 30th day before or earlier."""
    places: dict[str, Any] = {"ids": list(recording_ids), "run": run_id, **_proof(run)}
    with connection.cursor() as cursor:
        cursor.execute(sql.text("retention_proven"), places)
        return {RecordingId(row[0]) for row in cursor.fetchall()}


def is_proven(run_id: UUID, recording_id: RecordingId, *, run: RunDay) -> bool:
    """The same of one."""
    return bool(prepared.rows_of_one("retention_proven", id=recording_id, run=run_id, **_proof(run)))


def _proof(run: RunDay) -> dict[str, Any]:
    steps = [days for days in retention.STEPS[run.kind] if days >= retention.PROOF_BEFORE.days]
    return {"steps": steps, "before": calendar().midnight(run.day - retention.PROOF_BEFORE + _A_DAY)}


def responsible_for(recording_ids: Collection[RecordingId]) -> list[tuple[RecordingId, AccountId | None, str]]:
    """Who answers for each of these (R126): accounts, or the address of a department."""
    with connection.cursor() as cursor:
        cursor.execute(sql.text("retention_responsible"), {"ids": list(recording_ids)})
        return [(RecordingId(row[0]), AccountId(row[1]) if row[1] else None, row[2]) for row in cursor.fetchall()]
