"""The search of the site: candidates by the index, each held to the access rule, then ranked, then shown."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.transaction import atomic

from cathedra.db import prepared
from cathedra.db.models import Folder
from cathedra.db.reads.access import Reach, reach_in_lists
from cathedra.db.reads.search._shown import Result, Stems, show
from cathedra.domain import search
from cathedra.domain.search import Query
from cathedra.domain.terms import AccountId, FolderId

PAGE = 20
FIRST = 120  # candidates looked at for a page: what is found more often is ranked among the newest
FEW = 3  # fewer than so many: something else may have been meant
_NEAR = 0.2
_MENDED = 6  # words of a query that are looked up when little is found


@dataclass(frozen=True, slots=True)
class Wish:
    """Where and when to look; nothing given looks everywhere."""

    folder_id: FolderId | None = None
    course_id: UUID | None = None
    is_own: bool = False
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_narrow(self) -> bool:
        """Something keeps results out."""
        return self != Wish()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or a course, and how many results lie there."""

    id: UUID
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results. `count` is how many there are, `is_more` that there are more than were looked at.

    `meant`: what was probably meant. `is_instead`: nothing was found, and the results are those of `meant`."""

    query: Query
    results: tuple[Result, ...] = ()
    count: int = 0
    is_more: bool = False
    page: int = 1
    meant: str = ""
    is_instead: bool = False
    is_too_common: bool = False
    folders: tuple[Place, ...] = ()
    courses: tuple[Place, ...] = ()

    @property
    def next_page(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page * PAGE < self.count else None


def find(
    viewer: AccountId | None,
    query: Query,
    *,
    now: datetime,
    wish: Wish | None = None,
    page: int = 1,
    looked_at: int = FIRST,
) -> Found:
    """What somebody may find, best first (R211). Nothing is written. `looked_at` candidates are held to the rule at
    first, more when it lets less than half of so many through."""
    reach = reach_in_lists(viewer)
    if reach.is_gated:
        return Found(query)
    asked = _Asked(reach, now, wish or Wish(), looked_at)
    found = asked.find(query, page)
    if found.count >= FEW or query.is_empty or page > 1:
        return found
    meant = _meant(query)
    if not meant:
        return found
    other = asked.find(search.parse(meant), page)
    if not other.count:
        return found  # nobody learns of words in what they may not see
    if found.count:
        return replace(found, meant=meant)
    return replace(other, query=query, meant=meant, is_instead=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    reach: Reach
    now: datetime
    wish: Wish
    looked_at: int

    def find(self, query: Query, page: int) -> Found:
        if query.is_empty:
            return Found(query)
        stems = Stems.of(query)
        if stems.is_too_common:
            return Found(query, is_too_common=True)
        permitted, by, is_more = self._permitted(query)
        ranked = self._ranked(query, permitted, by)
        folders, courses = _places([permitted[one] for one in ranked])
        here = ranked[(page - 1) * PAGE : page * PAGE]
        return Found(
            query,
            show(self.reach.viewer, here, stems, is_common=is_more),
            count=len(ranked),
            is_more=is_more,
            page=page,
            folders=folders,
            courses=courses,
        )

    def _permitted(self, query: Query) -> tuple[dict[UUID, Any], dict[UUID, str], bool]:
        """Those of the candidates that the rule lets through, with where they are; more are looked at while there are
        more and too few are let through."""
        count = self.looked_at
        while True:
            found = self._candidates(query, count)
            by = {one: by for by, ids in found.items() for one in ids}
            permitted = self._let_through(list(by))
            is_more = len(found.get("words", ())) >= count
            if not is_more or len(permitted) >= self.looked_at // 2:
                return permitted, by, is_more
            count *= 5

    def _let_through(self, ids: list[UUID]) -> dict[UUID, Any]:
        """Those of some recordings that the rule lets this person find."""
        if not ids:
            return {}
        reach = self.reach
        rows = prepared.rows(
            "search_findable",
            ids=ids,
            viewer=reach.viewer,
            principals=list(reach.principals),
            levels=list(reach.levels),
            beyond=list(reach.beyond),
            paths=list(reach.paths),
            now=self.now,
        )
        return {row.id: row for row in rows}

    def _candidates(self, query: Query, count: int) -> dict[str, list[UUID]]:
        """Each once, by what it was found by: its words, its title, or a note."""
        wish, reach = self.wish, self.reach
        path = None
        if wish.folder_id is not None:
            path = Folder.objects.filter(id=wish.folder_id).values_list("path", flat=True).first()
            if path is None:
                return {}
        with _by_index():
            (row,) = prepared.rows(
                "search_recordings",
                loose=query.loose,
                titled=query.titled,
                viewer=reach.viewer,
                principals=list(reach.principals),
                levels=[*reach.levels, *reach.beyond],
                paths=list(reach.paths),
                within=path,
                course=wish.course_id,
                is_placed=bool(path or wish.course_id),
                is_own=wish.is_own,
                since=wish.since,
                until=wish.until,
                count=count,
            )
        return {"words": row.worded, "title": row.titled, "note": row.noted}

    def _ranked(self, query: Query, permitted: dict[UUID, Any], by: dict[UUID, str]) -> list[UUID]:
        if not permitted:
            return []
        (row,) = prepared.rows(
            "search_ranked",
            exact=query.exact,
            phrases=list(query.phrases),
            viewer=self.reach.viewer,
            worded=[one for one in permitted if by[one] != "note"],
            noted=[one for one in permitted if by[one] == "note" or query.has_phrase],
        )
        best: list[UUID] = row.best
        return best


@contextmanager
def _by_index() -> Iterator[None]:
    """The planner takes the scan of a table for cheap, not knowing that it unpacks every vector."""
    is_within = connection.in_atomic_block
    with atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        if is_within:  # else it ends with the transaction
            cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def _places(rows: list[Any]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    folders = Counter((row.folder_id, row.folder_name) for row in rows)
    courses = Counter((row.course_id, row.course) for row in rows if row.course_id)
    listed = (tuple(Place(*key, count) for key, count in each.most_common(8)) for each in (folders, courses))
    return next(listed), next(listed)


def _meant(query: Query) -> str:
    """The query with known words in place of those nothing is found by; empty when there is nothing to put right."""
    instead = {}
    with atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.similarity_threshold = {_NEAR}")
        for word in dict.fromkeys(word.lower() for word in query.words[:_MENDED]):
            near = [row.word for row in prepared.rows("search_near", word=word, turned=search.turned(word))]
            is_known = any(one.startswith(search.fold(word)) for one in near)
            if not is_known and (other := search.nearest(word, near)):
                instead[word] = other
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold TO DEFAULT")
    return search.corrected(query.text, instead) if instead else ""
