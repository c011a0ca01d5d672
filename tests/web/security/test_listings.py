"""Class 6: every listing that people reach, over random worlds, holds exactly what the access rule gives them."""

import json
import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from django.utils import timezone

from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action
from cathedra.web import api
from tests.db.reads import worlds as making
from tests.web.browsing import client
from tests.web.security.router import every_route
from tests.web.security.world import quick, undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORLDS = 40
ASKING = ("student", "staff", "service", "camera", "timetable")
NEWEST = ("student", "camera", "timetable")  # a grant adds nothing to lists beyond the folder it names (R145)
# Every address that answers with rows of things, and what holds its rows to the rule.
LISTINGS = {
    "api/folders": "here",
    "api/folders/<uuid:folder_id>": "here",
    "api/folders/<uuid:folder_id>/recordings": "here",
    "api/recordings/newest": "here",
    "api/search": "tests/db/reads/search/test_search.py",
    "api/recordings/<uuid:recording_id>/search": "no list: places in one recording",
    "api/recordings/<uuid:recording_id>/captions": "one recording: tests/web/api/test_captions.py",
    "api/recordings/<uuid:recording_id>/slides": "one recording: tests/web/api/test_slides.py",
    "api/recordings/<uuid:recording_id>/chapters": "one recording: tests/web/api/test_slides.py",
    "api/recordings/<uuid:recording_id>/edits": "one recording, for its editors: tests/web/api/test_edits.py",
    "api/recordings/<uuid:recording_id>/notes": "one's own and public ones: tests/db/reads/test_notes.py",
    "api/folders/<uuid:folder_id>/notes": "a setting: tests/web/api/test_notes.py",
    "api/recordings/<uuid:recording_id>/views": "for its Creators: tests/web/api/test_viewing.py",
    "api/folders/<uuid:folder_id>/views": "each by the rule: tests/web/test_folder_views.py",
    "api/recordings/<uuid:recording_id>/progress": "no list: one recording",
    "api/uploads": "one's own: tests/web/api/test_ingest.py",
    "api/schedules": "one's own: tests/db/reads/scheduling/test_lists.py",
    "api/folders/<uuid:folder_id>/schedules": "as its folder: tests/db/reads/scheduling/test_lists.py",
    "api/folders/<uuid:folder_id>/recorders": "one's own: tests/db/reads/scheduling/test_lists.py",
    "api/timetable/runs/<uuid:feed_id>": "one's own, or the service: tests/db/reads/scheduling/test_timetable.py",
    "api/timetable/failed": "one's own, or the service: tests/db/reads/scheduling/test_timetable.py",
    "api/captures": "one's own: tests/web/api/test_captures.py",
    "api/recorder/schedule": "a recorder's own: tests/web/api/test_recorders.py",
    "api/recorders/<int:recorder_id>/connection": "no list: one recorder, for who looks after it",
    "api/notices": "one's own: tests/web/api/test_notices.py",
    "api/notices/choices": "one's own",
    "api/me/history": "what concerns oneself: tests/db/reads/test_audit.py",
    "api/me/approvals": "one's own: tests/db/reads/test_audit.py",
    "api/audit": "those who read everything: tests/web/security/test_every_endpoint.py",
    "api/folders/<uuid:folder_id>/history": "as its folder: tests/db/reads/test_audit.py",
    "api/recordings/<uuid:recording_id>/history": "as its recording: tests/db/reads/test_audit.py",
    "api/principals": "tests/db/reads/people/test_find.py",
    "api/hours": "those who read the meters: tests/web/api/test_hours.py",
    "api/hours/series": "those who read the meters: tests/web/api/test_hours.py",
    "api/hours/allocations": "those who read the meters: tests/web/api/test_hours.py",
    "api/hours/exceptions": "those who read the meters: tests/web/api/test_hours.py",
    "api/me/hours": "one's own: tests/web/api/test_hours.py",
    "api/folders/<uuid:folder_id>/hours": "for its Creators: tests/web/api/test_hours.py",
    "api/hours/breakdown": "those who read the meters: tests/web/api/test_hours.py",
    "api/me/hours/breakdown": "one's own: tests/web/api/test_hours.py",
    "api/me/hours/departments/<uuid:department_id>": "for its contact: tests/web/api/test_hours.py",
    "api/folders/<uuid:folder_id>/hours/breakdown": "for its Creators: tests/web/api/test_hours.py",
    "api/keeping": "one's own: tests/web/api/test_keeping.py",
    "api/bin": "one's own: tests/web/api/test_retention.py",
    "api/terms": "for all",
    "api/me/grants": "what concerns oneself: tests/web/api/test_grants.py",
    "api/approvals": "what waits for oneself: tests/db/reads/test_publishing.py",
    "api/folders/<uuid:folder_id>/downloads": "a setting: tests/web/api/test_downloads.py",
    "api/recordings/<uuid:recording_id>/downloads": "no list: one recording's files",
    "api/folders/<uuid:folder_id>/access": "for those who share it: tests/web/api/test_sharing.py",
    "api/recordings/<uuid:recording_id>/access": "for those who share it: tests/web/api/test_sharing.py",
}


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield making.build(WORLDS, seed=20261127, now=timezone.now())


def told(browser, address: str, **query) -> list[dict]:
    """All rows of a list, page by page."""
    rows, after = [], ""
    while True:
        api.PACE.forget()
        answer = browser.get(address, {**query, "after": after})
        if answer.status_code == 404:
            return []
        rows += json.loads(answer.content)["rows"]
        after = json.loads(answer.content)["after"]
        if not after:
            return rows


def ids_of(rows: list[dict]) -> set[UUID]:
    return {UUID(row["id"]) for row in rows}


def may(viewer: UUID, one: UUID, action: Action, now: datetime) -> bool:
    return access.decide(reads.recording_facts(viewer, one), action, now).is_permitted


def lists(viewer: UUID, one: UUID, now: datetime) -> bool:
    """A grant of a single recording shows it in the person's hand, and not in its folder's list (R145)."""
    facts = reads.recording_facts(viewer, one)
    of_folders = tuple(grant for grant in facts.grants if grant.covers_folder)
    return access.decide(replace(facts, grants=of_folders), Action.LIST, now).is_permitted


def may_in(viewer: UUID, one: UUID, action: Action, now: datetime) -> bool:
    return access.decide_folder(reads.folder_facts(viewer, one), action, now).is_permitted


def test_every_listing_of_the_api_is_held_to_the_rule_somewhere():
    """An endpoint whose answer has rows is named above, with what compares its rows with the rule."""
    listing = [route.path for route in every_route() if "after" in route.queries() or route.path.endswith("s")]
    unknown = [path for path in listing if path.startswith("api/") and path not in LISTINGS and "/staff/" not in path]
    unknown = [path for path in unknown if "GET" in next(r for r in every_route() if r.path == path).operations]
    assert unknown == [], "compare its rows with access.decide, and say where in LISTINGS"


@pytest.mark.parametrize("name", ASKING)
def test_class_6_lists_hold_what_the_rule_gives_and_nothing_else(worlds, name):
    viewer, browser, wrong = worlds.people[name], quick(client(worlds.people[name])), []
    now = timezone.now()
    listed = {row.id for row in worlds.folders if may_in(viewer, row.id, Action.LIST_FOLDER, now)}
    found = ids_of(told(browser, "/api/folders", q=".", limit=100))
    if found != listed:
        wrong.append(f"folders: too many {found - listed}, too few {listed - found}")
    for folder in worlds.random.sample(worlds.folders, 25):
        here = [row.id for row in worlds.recordings if row.folder_id == folder.id]
        is_seen = may_in(viewer, folder.id, Action.SEE_FOLDER, now)
        wanted = {one for one in here if is_seen and lists(viewer, one, now)}
        got = ids_of(told(browser, f"/api/folders/{folder.id}/recordings", limit=100))
        if got != wanted:
            wrong.append(f"recordings of a folder: too many {got - wanted}, too few {wanted - got}")
    assert wrong == []


@pytest.mark.parametrize("name", ASKING)
def test_class_6_newest_home_and_browse_show_nothing_that_may_not_be_watched(worlds, name):
    viewer, browser, now = worlds.people[name], quick(client(worlds.people[name])), timezone.now()
    api.PACE.forget()
    newest = [UUID(row["id"]) for row in json.loads(browser.get("/api/recordings/newest").content)["rows"]]
    shown = [
        row
        for row in worlds.recordings
        if row.publication == "PUBLISHED"
        and may(viewer, row.id, Action.VIEW, now)
        and may(viewer, row.id, Action.LIST, now)
        and row not in worlds.held
    ]
    shown.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    if name in NEWEST:
        assert newest == [row.id for row in shown][:20]
    assert set(newest) <= {row.id for row in shown}
    for address in ("/", "/browse/?q=."):
        page = browser.get(address).content.decode()
        own = {row.id for row in worlds.recordings if row.owner_id == viewer}
        linked = {UUID(one) for one in re.findall(r"/recordings/([0-9a-f-]{36})/", page)}
        assert all(may(viewer, one, Action.VIEW, now) or one in own for one in linked), address
        folders = {UUID(one) for one in re.findall(r"/folders/([0-9a-f-]{36})/", page)}
        assert all(may_in(viewer, one, Action.SEE_FOLDER, now) for one in folders), address
