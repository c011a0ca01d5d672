"""Run inside the product's configuration, on the synthetic university: what the access rule costs (D1, D2, D3, D6).

Every question is asked by the product's own function, in turn with the same question without the rule. Prints one JSON
object: times in seconds by name, each a list of [with, without]; buffers; and who may open which page.
"""

import asyncio
import json
import os
import random
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from cathedra import wiring

wiring.start_database()

import psycopg  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.db.models.functions import Lower  # noqa: E402
from psycopg.rows import namedtuple_row  # noqa: E402

from cathedra.db import sql  # noqa: E402
from cathedra.db.models import Account, Folder, FolderMember, Recording, WebSession  # noqa: E402
from cathedra.db.reads import access, library  # noqa: E402
from cathedra.db.writes import access as access_writes  # noqa: E402
from cathedra.db.writes.transaction import transaction  # noqa: E402
from cathedra.db.writes.web_sessions import SessionStore  # noqa: E402
from cathedra.domain.access import FolderRole  # noqa: E402
from cathedra.domain.terms import Code  # noqa: E402

BY_KEY = "SELECT * FROM cathedra_recording WHERE id = %(recording_id)s"
# PostgreSQL plans a statement that is asked often once, for any values: that plan is the one to count.
GENERIC = "SET plan_cache_mode = force_generic_plan"
count = int(sys.argv[1])
pick = random.Random(1)
now = datetime.now(UTC)


def main() -> None:
    viewers = pick.sample(list(Account.objects.order_by("login_name")), count)
    keys = {one.id: signed_in(one) for one in viewers}
    found: dict[str, Any] = {"times": {}, "recordings": Recording.objects.count()}
    ids = [one.id for one in viewers]
    newest, rooms = listing(ids)
    found["times"]["newest"] = newest
    found["buffers"] = [buffers_of(one) for one in ids]
    known = list(Recording.objects.order_by("id").values_list("id", flat=True)[:2000])
    found["times"]["decision"] = asyncio.run(decisions([keys[one] for one in ids], known))
    found["times"]["in_folder"], found["times"]["folders"] = searches(rooms)
    found["pages"] = [[keys[one], str(folder)] for one, folder in rooms.items()]
    found["approvers"] = approvers()
    found["right"] = rights_changed()
    print(json.dumps(found))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def signed_in(account: Account) -> str:
    """A session of theirs; its key."""
    held = {
        SESSION_KEY: str(account.id),
        BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    key = uuid.uuid4().hex
    WebSession.objects.create(
        session_key=key,
        session_data=SessionStore().encode(held),
        account_id=account.id,
        expire_date=now + timedelta(days=1),
    )
    return key


def listing(viewers: list[Any]) -> tuple[list[list[float]], dict[Any, Any]]:
    """The newest 20 with the rule, beside those rows by key; and a folder of each viewer.

    Everybody is asked once before, which warms the statements and finds the keys. Then each in turn, of every other
    viewer the keys first: the second of two finds the rows, and the parts of the indexes, where the first has put them.
    """
    known = {one: [row.id for row in library.list_newest(one, now=now, limit=20)] for one in viewers}
    found, rooms = [], {}
    for number, (viewer, ids) in enumerate((one, ids) for one, ids in known.items() if ids):
        ways = [
            lambda who=viewer: library.list_newest(who, now=now, limit=20),
            lambda who=viewer, keys=ids: library.list_rows(who, keys),
        ]
        taken = [timed(way) for way in (ways if number % 2 else reversed(ways))]
        (ours, rows), (limit, _) = taken if number % 2 else reversed(taken)
        rooms[viewer] = rows[0].folder_id
        found.append([ours, limit])
    return found, rooms


def buffers_of(viewer: Any) -> list[int]:
    """Pages touched by the statement, and by the rows that it found."""
    places = {
        "viewer": viewer, "count": 20, "folders": 25, "now": now,
        "levels": [str(one) for one in access.levels_for(viewer, is_listing=True)],
    }  # fmt: skip
    ids = {"ids": [row.id for row in library.list_newest(viewer, now=now, limit=20)]}
    asked = (("newest_recordings", places), ("recording_rows", ids))
    return [buffers(name, values) for name, values in asked]


def buffers(name: str, places: dict[str, Any]) -> int:
    """Of a prepared statement, planned as it is for whoever asks often."""
    raw = connection.connection
    raw.execute(GENERIC)
    raw.execute(sql.text(name), places, prepare=True).fetchall()
    known = raw.execute(
        "SELECT name, parameter_types::text[] FROM pg_prepared_statements WHERE statement LIKE %s", (f"-- {name}:%",)
    ).fetchone()
    text, order = sql.text(name), []
    for part in text.split("%(")[1:]:
        place = part.partition(")s")[0]
        if place not in order:
            order.append(place)
    quoted = psycopg.ClientCursor(raw)
    values = ", ".join(
        quoted.mogrify(f"%s::{kind}", (places[place],)) for place, kind in zip(order, known[1], strict=True)
    )
    plan = raw.execute(f'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE "{known[0]}"({values})').fetchone()
    raw.execute("RESET plan_cache_mode")
    top = plan[0][0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


async def decisions(keys: list[str], known: list[Any]) -> list[list[float]]:
    """The question that a segment asks, on a connection as edge has them, beside one row by key."""
    found = []
    async with await psycopg.AsyncConnection.connect(
        os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0
    ) as hot:
        for number in range(650):
            key, recording = pick.choice(keys), pick.choice(known)
            started = time.perf_counter()
            await access.may_view(hot, [access.Question(key, recording)], now=now)
            ours = time.perf_counter() - started
            started = time.perf_counter()
            async with hot.cursor(row_factory=namedtuple_row) as cursor:
                await cursor.execute(BY_KEY, {"recording_id": recording})
                await cursor.fetchone()
            limit = time.perf_counter() - started
            if number >= 50:
                found.append([ours, limit])
    return found


def searches(rooms: dict[Any, Any]) -> tuple[list[list[float]], list[list[float]]]:
    """The filter of a folder's page by title, and that of the page of folders by name."""
    here, everywhere = [], []
    for number, (viewer, folder) in enumerate(rooms.items()):
        word = str(number % 10)
        with_rule = timed(
            lambda w=viewer, f=folder, t=word: library.list_recordings(w, f, now=now, wanted=library.Filter(t))
        )[0]
        without = timed(lambda w=viewer, f=folder, t=word: recordings_unasked(w, f, t))[0]
        here.append([with_rule, without])
        word = ("Lectures", "Seminars", "2024", "Course 1")[number % 4]
        with_rule = timed(lambda w=viewer, t=word: library.list_folders(w, now=now, search=t))[0]
        without = timed(lambda t=word: folders_unasked(t))[0]
        everywhere.append([with_rule, without])
    return here[5:], everywhere[5:]


def recordings_unasked(viewer: Any, folder: Any, word: str) -> None:
    rows = Recording.objects.filter(Q(title__icontains=word) | Q(description__icontains=word), folder_id=folder)
    library.list_rows(viewer, list(rows.order_by("-created_at", "-id").values_list("id", flat=True)[:31])[:30])


def folders_unasked(word: str) -> None:
    rows = Folder.objects.select_related("course", "department", "parent").annotate(key=Lower("name"))
    list(rows.filter(Q(name__icontains=word) | Q(course__full_name__icontains=word)).order_by("key", "id")[:51])


def approvers() -> list[str]:
    """Sessions of Publishers with something to approve."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.principal_id FROM cathedra_recording r"
            " JOIN cathedra_folderaccess a ON a.folder_id = r.folder_id AND a.role = 'publisher'"
            " JOIN cathedra_account p ON p.id = a.principal_id WHERE r.publication = 'WAITING' ORDER BY 1 LIMIT 40"
        )
        return [signed_in(Account.objects.get(id=one)) for (one,) in cursor.fetchall()]


def rights_changed() -> dict[str, Any]:
    """D6: a whole department inherits from its root; somebody new is let in there, and put out again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, count(*) FROM cathedra_folder r JOIN cathedra_folder f ON f.path <@ r.path"
            " WHERE r.parent_id IS NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
        )
        root, size = cursor.fetchone()
    below = Folder.objects.filter(path__below=[Folder.objects.get(id=root).path]).exclude(id=root)
    ids = list(below.values_list("id", flat=True))
    with transaction():
        FolderMember.objects.filter(folder_id__in=ids).delete()
        Folder.objects.filter(id__in=ids).update(inherits=True, sharing="restricted")
        access_writes.recompute(root)
    newest = newest_below(root)
    viewer = next(one for one in Account.objects.order_by("login_name") if not is_listed(one.id, newest))
    key, taken = signed_in(viewer), []
    for _ in range(3):
        for is_given in (True, False):
            taken.append(timed(lambda give=is_given: change(root, viewer.id, key, newest, is_given=give))[0])
    return {"times": taken, "folders": size}


def newest_below(root: Any) -> Any:
    """The newest recording in the folders below, to be asked about."""
    below = Folder.objects.filter(path__below=[Folder.objects.get(id=root).path]).exclude(id=root)
    rows = Recording.objects.filter(publication="PUBLISHED", keeping="ONLINE", folder_id__in=below.values("id"))
    return rows.order_by("-created_at", "-id").values_list("id", flat=True)[0]


def is_listed(viewer: Any, recording: Any) -> bool:
    return Recording.objects.filter(access.visible_to(viewer, now), id=recording).exists()


def change(root: Any, viewer: Any, key: str, newest: Any, *, is_given: bool) -> None:
    """Until the list and the check of a recording below both say what was changed."""
    with transaction():
        if is_given:
            access_writes.add_member(root, viewer, FolderRole.VIEWER, now=now)
        else:
            access_writes.remove_member(root, viewer, FolderRole.VIEWER)
    while True:
        checked = access.may_view_now(key, newest, now=now) is Code.ALLOW
        if is_listed(viewer, newest) == checked == is_given:
            return


main()
