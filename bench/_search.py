"""Run inside the product's configuration, on the synthetic university with transcripts: what a search costs (D3).

The product's own search, with the rule and what it shows, in turn with the same search of everything by nobody in
particular. Prints one JSON object: how many documents, and for a rare, a medium and a common word how many hold it and the
seconds, each a list of [with, without].
"""

import json
import random
import sys
import time
from collections import namedtuple
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cathedra import wiring

wiring.start_database()

from django.db import connection  # noqa: E402

from cathedra.db.models import Account, SearchDocument, SearchLines  # noqa: E402
from cathedra.db.reads import search as reads  # noqa: E402
from cathedra.db.reads.access import reach_in_lists  # noqa: E402
from cathedra.db.reads.search import _find  # noqa: E402
from cathedra.domain import search  # noqa: E402
from cathedra.domain.search import Query  # noqa: E402

FOUND = """
SELECT d.id, r.folder_id, f.name AS folder_name, f.course_id, c.short_name AS course
FROM (SELECT recording_id AS id FROM cathedra_searchdocument WHERE words @@ to_tsquery('cathedra', %s)
      ORDER BY recorded_at DESC, recording_id DESC LIMIT 120) d
JOIN cathedra_recording r ON r.id = d.id JOIN cathedra_folder f ON f.id = r.folder_id
LEFT JOIN cathedra_course c ON c.id = f.course_id
"""
COUNT = "SELECT count(*) FROM (SELECT 1 FROM cathedra_searchdocument WHERE words @@ to_tsquery('cathedra', %s)) found"
pick = random.Random(1)
now = datetime.now(UTC)


class Unasked(_find._Asked):  # type: ignore[misc]
    """The same search without the access rule."""

    def _permitted(self, query: Query) -> tuple[dict[UUID, Any], dict[UUID, str], bool]:
        with _find._by_index(), connection.cursor() as cursor:
            cursor.execute(FOUND, (query.loose,))
            row = namedtuple("row", [column.name for column in cursor.description])
            rows = {found[0]: row(*found) for found in cursor.fetchall()}
        return rows, dict.fromkeys(rows, "words"), len(rows) >= 120


def main(count: int) -> None:
    viewers = pick.sample(list(Account.objects.order_by("login_name").values_list("id", flat=True)), count)
    nobody = Unasked(reach_in_lists(None), now, reads.Wish(), 120)
    told: dict[str, Any] = {"documents": SearchLines.objects.count(), "recordings": SearchDocument.objects.count()}
    for name, (word, held) in words().items():
        query, pairs = search.parse(f"{word} "), []
        for number, viewer in enumerate([*viewers[:5], *viewers]):  # the first five warm the statements
            ours = timed(lambda who=viewer, asked=query: reads.find(who, asked, now=now, looked_at=120))
            limit = timed(lambda asked=query: nobody.find(asked, 1))
            if number >= 5:
                pairs.append([ours, limit])
        told[name] = {"held": held, "pairs": pairs}
    print(json.dumps(told))


def words() -> dict[str, tuple[str, int]]:
    """A word that a few hold, one that one in fifty holds, one that nearly all do."""
    said: set[str] = set()
    for text in SearchLines.objects.order_by("recording_id").values_list("text", flat=True)[:5]:
        said |= set(pick.sample(sorted(set(text.split())), 150))
    counts = {}
    with _find._by_index(), connection.cursor() as cursor:
        for word in sorted(said):
            cursor.execute(COUNT, (word,))
            counts[word] = cursor.fetchone()[0]
    total = SearchLines.objects.count()
    found = {}
    for name, wanted in (("rare", 5), ("medium", total // 50), ("common", total)):
        word = min((one for one in counts if counts[one]), key=lambda one, aim=wanted: abs(counts[one] - aim))
        found[name] = (word, counts[word])
    return found


def timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


main(int(sys.argv[1]))
