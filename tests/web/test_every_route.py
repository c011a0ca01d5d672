"""Classes 12, 23 and 24: every address times every role times every method, generated from the router itself."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from cathedra.db.models import Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, expired, forged

OPEN = {
    "terms/",
    "terms/acceptable-use/",
    "theme/",
    "robots.txt",
    "favicon.ico",
    "first-run/",
    "invitation/<str:secret>/",
    "api/openapi.json",
}
# The role that an address asks for; an address that is not here is refused by the test until somebody decides.
OF_DEV = {
    "staff/",
    "staff/audit/",
    "staff/audit/export/",
    "staff/terms/",
    "staff/terms/<slug:name>/",
}  # what a service administrator enters
STAFF = {"viewer", "creator", "publisher", "organizer", "analyst", "service_admin"}  # Dev, whatever his folder role
ONE = "<uuid:account_id>/"
# Who enters which: tests/web/staff and tests/web/api/test_accounts.py; here, that nobody of the cast does.
OF_GRANTS = {
    "staff/recordings/",
    "staff/recordings/<uuid:recording_id>/",
    "staff/grants/",
    "staff/grants/new/",
    "staff/grants/report/",
    "staff/grants/report/export/",
    "staff/grants/<uuid:grant_id>/",
    "api/staff/recordings",
    "api/staff/recordings/<uuid:recording_id>",
    "api/staff/recordings/<uuid:recording_id>/ask",
    "api/staff/grants",
    "api/staff/grants/report",
    "api/staff/grants/<uuid:grant_id>",
    "api/staff/grants/<uuid:grant_id>/notice",
    "api/staff/grants/<uuid:grant_id>/end",
}
STAFF_ONLY = {
    "staff/",
    "staff/audit/",
    "staff/audit/export/",
    "staff/people/",
    "staff/people/new/",
    *(
        f"staff/people/{ONE}{verb}"
        for verb in ("", "edit/", "close/", "reopen/", "end-sign-ins/", "reset-second-step/")
    ),
    f"staff/people/{ONE}invite/",
    f"staff/people/{ONE}roles/",
    f"staff/people/{ONE}roles/<slug:role>/",
    "staff/roles/",
    "staff/terms/",
    "staff/terms/<slug:name>/",
    "staff/groups/",
    "staff/groups/new/",
    "staff/groups/<uuid:group_id>/",
    "staff/groups/<uuid:group_id>/edit/",
    f"staff/groups/<uuid:group_id>/members/{ONE}remove/",
    "api/staff/people",
    *(f"api/staff/people/<uuid:account_id>{verb}" for verb in ("", "/invitation", "/sign-ins", "/second-step")),
    "api/staff/people/<uuid:account_id>/roles/<role>",
    "api/staff/roles",
    "api/staff/groups",
    "api/staff/groups/<uuid:group_id>",
    "api/staff/groups/<uuid:group_id>/members",
    "api/staff/groups/<uuid:group_id>/members/<uuid:account_id>",
    "api/staff/pushed-groups/<str:external_id>",
    *OF_GRANTS,
}
# Not for GET, or of a thing that is not there in this world: tests/web/access and tests/web/api hold who may.
SHARING = {
    "folders/<uuid:folder_id>/access/remove/",
    "folders/<uuid:folder_id>/access/level/",
    "folders/<uuid:folder_id>/availability/clear/",
    "recordings/<uuid:recording_id>/access/remove/",
    "recordings/<uuid:recording_id>/access/level/",
    "recordings/<uuid:recording_id>/access/follow/",
    "access/request/",
    "access/requests/<uuid:request_id>/",
    "staff/exemptions/",
    "staff/exemptions/<uuid:exemption_id>/end/",
    "api/folders/<uuid:folder_id>/members",
    "api/folders/<uuid:folder_id>/members/<uuid:principal_id>/<role>",
    "api/folders/<uuid:folder_id>/level",
    "api/folders/<uuid:folder_id>/stop-inheriting",
    "api/folders/<uuid:folder_id>/inherit",
    "api/folders/<uuid:folder_id>/clear-overrides",
    "api/recordings/<uuid:recording_id>/viewers",
    "api/recordings/<uuid:recording_id>/viewers/<uuid:principal_id>",
    "api/recordings/<uuid:recording_id>/level",
    "api/recordings/<uuid:recording_id>/restrict",
    "api/recordings/<uuid:recording_id>/follow-folder",
    "api/access-requests",
    "api/access-requests/<uuid:request_id>",
    "api/access-requests/<uuid:request_id>/answer",
    "api/staff/exemptions",
    "api/staff/exemptions/<uuid:exemption_id>",
}
LISTS = {
    "", "browse/", "upload/", "account/", "account/sign-out-elsewhere/", "notices/", "notices/read/", "account/notices/",
    "account/notices/address/", "account/history/", "account/approvals/", "approvals/", "account/grants/",
}  # fmt: skip
WANTED = {
    "notices/<uuid:notice_id>/": set(),  # one's own only: tests/web/test_notices.py
    "staff/notices/": STAFF,
    "staff/notices/<str:kind>/": STAFF,
    "staff/notices/<str:kind>/html/": STAFF,
    "staff/notices/address/": set(),  # POST only
    "api/notices": None,
    "api/notices/read": None,  # POST only
    "api/notices/<uuid:notice_id>/read": set(),  # POST only
    "api/notices/choices": None,
    "api/notices/choices/<kind>": set(),  # PUT only
    "folders/<uuid:folder_id>/": {"viewer", "creator", "publisher", "organizer", "analyst"},
    "folders/<uuid:folder_id>/new/": {"creator", "organizer"},
    "folders/<uuid:folder_id>/upload/": {"creator"},
    # sharing: a service administrator may (R38 rows 11 and 12); which folder roles may: tests/web/access/test_door.py
    "folders/<uuid:folder_id>/access/": STAFF,
    "folders/<uuid:folder_id>/access/inherit/": STAFF,
    "folders/<uuid:folder_id>/access/explained/": STAFF,
    "folders/<uuid:folder_id>/availability/": STAFF,
    "recordings/<uuid:recording_id>/access/": STAFF,
    "recordings/<uuid:recording_id>/access/restrict/": STAFF,
    "recordings/<uuid:recording_id>/access/explained/": STAFF,
    "recordings/<uuid:recording_id>/availability/": STAFF,
    "api/folders/<uuid:folder_id>/sharing": STAFF,
    "api/folders/<uuid:folder_id>/access": STAFF,
    "api/folders/<uuid:folder_id>/availability": STAFF,
    "api/recordings/<uuid:recording_id>/sharing": STAFF,
    "api/recordings/<uuid:recording_id>/access": STAFF,
    "api/recordings/<uuid:recording_id>/availability": STAFF,
    "recordings/<uuid:recording_id>/": {"viewer", "creator", "publisher", "organizer", "owner"},
    "recordings/<uuid:recording_id>/edit/": {"creator", "organizer"},
    "recordings/<uuid:recording_id>/history/": STAFF | {"owner"},
    "folders/<uuid:folder_id>/history/": STAFF,
    "recordings/<uuid:recording_id>/approve/": set(),  # POST only, below
    "recordings/<uuid:recording_id>/reject/": {"publisher"},
    "recordings/<uuid:recording_id>/withdraw/": set(),  # POST only, below
    "recordings/<uuid:recording_id>/resubmit/": set(),  # POST only
    "recordings/<uuid:recording_id>/move/": STAFF,  # R38 row 14: the service too
    "recordings/<uuid:recording_id>/copy/": STAFF,
    "folders/<uuid:folder_id>/approval/": STAFF,  # R38 row 11
    "api/approvals": None,
    "api/recordings/<uuid:recording_id>/approval": {"creator", "publisher", "owner"},
    **{f"api/recordings/<uuid:recording_id>/{verb}": set() for verb in ("approve", "reject", "withdraw", "resubmit")},
    "api/recordings/<uuid:recording_id>/move": set(),  # POST only: tests/web/api/test_publishing.py
    "api/recordings/<uuid:recording_id>/copies": set(),
    "api/folders/<uuid:folder_id>/approval": STAFF,
    "recordings/<uuid:recording_id>/progress/": {"creator", "publisher", "owner"},
    "api/me": None,
    "api/me/history": None,
    "api/me/approvals": None,
    "api/me/grants": None,
    "api/audit": None,
    "api/audit/export": None,  # who reads them: tests/web/staff/test_audit.py
    "api/recordings/<uuid:recording_id>/history": STAFF | {"owner"},
    "api/folders/<uuid:folder_id>/history": STAFF,
    "api/principals": None,  # who finds whom: tests/db/reads/people/test_find.py
    "api/folders": None,
    "api/folders/<uuid:folder_id>": {"viewer", "creator", "publisher", "organizer", "analyst"},
    "api/folders/<uuid:folder_id>/folders": set(),  # POST only, below
    "api/folders/<uuid:folder_id>/recordings": {"viewer", "creator", "publisher", "organizer", "analyst"},
    "api/recordings/newest": None,
    "api/recordings/<uuid:recording_id>": {"viewer", "creator", "publisher", "organizer", "owner"},
    "api/recordings/<uuid:recording_id>/player": {"viewer", "creator", "publisher", "organizer", "owner"},
    "api/recordings/<uuid:recording_id>/progress": {"creator", "publisher", "owner"},
    "api/recordings/<uuid:recording_id>/position": set(),  # PUT only, below
    "api/uploads": None,
    "api/terms": None,
    "api/terms/<document>/acceptance": None,  # POST only: tests/web/api/test_policy.py
}
ROLES = {
    "viewer": FolderRole.VIEWER,
    "creator": FolderRole.CREATOR,
    "publisher": FolderRole.PUBLISHER,
    "organizer": FolderRole.CONTENT_ORGANIZER,
    "analyst": FolderRole.ANALYTICS_MANAGER,
}


def routes(resolver=None, before: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).replace("<uuidstr:", "<uuid:")
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


OURS = sorted({route for route in routes() if not route.startswith(("account/two-step/",)) and "^" not in route})
BY_LIBRARY = {route for route in OURS if route.startswith("account/") and route not in LISTS}


@pytest.fixture
def world(cast, now):
    """Each role is held by Eve in turn, on a folder whose recording is Alice's; `owner` is Alice without a role."""
    made = lecture(cast.chemistry, cast.alice, title="Secret title", now=now)
    access_writes.remove_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.CREATOR)
    return made


def address(route, folder, recording):
    places = {"folder_id": folder, "recording_id": recording, "account_id": folder, "group_id": folder}
    places |= {"notice_id": recording}
    places |= {"principal_id": recording, "request_id": recording, "exemption_id": recording, "grant_id": folder}
    for name, value in places.items():
        route = route.replace(f"<uuid:{name}>", str(value))
    words = {
        "<slug:name>": "eula-1",
        "<slug:role>": "auditor",
        "<role>": "auditor",
        "<str:external_id>": "m:c_viewers",
        "<str:kind>": "N10",
    }
    for place, value in {**words, "<kind>": "N10"}.items():
        route = route.replace(place, value)
    return f"/{route}"


def test_every_address_is_decided():
    assert set(OURS) - OPEN - LISTS - STAFF_ONLY - SHARING - set(WANTED) - BY_LIBRARY - {"api/"} == set()
    assert (set(WANTED) | LISTS | OPEN | STAFF_ONLY | SHARING) - set(OURS) == set()


@pytest.mark.parametrize("route", sorted(set(WANTED) | LISTS | STAFF_ONLY))
def test_the_anonymous_the_forged_and_the_expired_are_asked_to_sign_in(cast, world, route):
    for browser in (client(), forged(), expired(cast.alice)):
        answer = browser.get(address(route, cast.chemistry, world))
        assert answer.status_code in (302, 401, 405)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/")
        assert b"Secret title" not in answer.content


@pytest.mark.slow
def test_r38_to_everybody_without_its_role_no_page_of_staff_exists(cast, world):
    """Dev is a service administrator: what administers people and the platform is not there for him either."""
    for who in (cast.alice, cast.ben, cast.chloe, cast.eve, cast.dev):
        browser = client(who)
        for route in sorted(STAFF_ONLY - (OF_DEV | OF_GRANTS if who == cast.dev else set())):
            answer = browser.get(address(route, cast.chemistry, world))
            assert answer.status_code in (404, 405), (who, route)


@pytest.mark.slow
def test_changes_of_sharing_are_not_for_get_or_for_strangers(cast, world):
    """By any method, an outsider and the anonymous are refused, and nothing of the thing is told (R42)."""
    forms = {"principal": cast.eve, "role": "viewer", "level-level": "organisation", "people": "eve"}
    for route in sorted(SHARING - {"access/request/", "api/access-requests"}):
        where = address(route, cast.chemistry, world).replace("auditor", "viewer")
        for browser, statuses in ((client(), (302, 401, 405)), (client(cast.eve), (400, 404, 405, 422))):
            for answer in (browser.get(where), browser.post(where, forms), browser.delete(where)):
                assert answer.status_code in statuses, (route, answer.status_code)
                assert b"Secret title" not in answer.content


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(route for route, roles in WANTED.items() if roles))
def test_an_id_of_another_kind_or_of_nothing_is_the_same_nothing(cast, world, route):
    browser = client(cast.eve)
    for other in (uuid4(), cast.alice, world, cast.chemistry):
        assert browser.get(address(route, other, other)).status_code == 404


UNSAFE = [
    ("post", "/folders/{folder}/new/", {"new-name": "x"}, {"creator", "organizer"}),
    ("post", "/recordings/{recording}/edit/", {"title": "x"}, {"creator", "organizer"}),
    ("post", "/recordings/{recording}/approve/", {}, {"publisher"}),
    ("post", "/recordings/{recording}/withdraw/", {}, {"creator"}),
    ("post", "/api/recordings/{recording}/reject", {"reason": "x"}, {"publisher"}),
    ("post", "/api/folders/{folder}/folders", {"name": "y"}, {"creator", "organizer"}),
    ("patch", "/api/recordings/{recording}", {"title": "y"}, {"creator", "organizer"}),
    (
        "put",
        "/api/recordings/{recording}/position",
        {"position_ms": 1},
        {"viewer", "creator", "publisher", "organizer", "owner"},
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("method", "route", "body", "roles"), UNSAFE)
def test_each_change_is_for_its_roles_only(cast, world, now, method, route, body, roles):
    where = route.format(folder=cast.chemistry, recording=world)
    kind = {"content_type": "application/json"} if "/api/" in route else {}
    for name, role in (*ROLES.items(), ("outsider", None)):
        if role:
            access_writes.add_member(cast.chemistry, PrincipalId(cast.eve), role, now=now)
        answer = getattr(client(cast.eve), method)(where, body, **kind)
        if role:
            access_writes.remove_member(cast.chemistry, PrincipalId(cast.eve), role)
        done = answer.status_code in (200, 201, 204, 302, 409)  # 409: a name taken by the role before
        assert done == (name in roles) or answer.status_code == 422, (name, answer.status_code)
        if name not in roles:
            assert answer.status_code == 404
    assert getattr(client(), method)(where, body, **kind).status_code in (401, 403)


@pytest.mark.parametrize(("method", "route", "body", "roles"), UNSAFE)
def test_a_change_without_the_token_is_refused_class_23(cast, world, method, route, body, roles):
    browser = client(cast.alice, enforce_csrf_checks=True)
    where = route.format(folder=cast.chemistry, recording=world)
    kind = {"content_type": "application/json"} if "/api/" in route else {}
    assert getattr(browser, method)(where, body, **kind).status_code == 403
    assert Recording.objects.get(id=world).title == "Secret title"
    assert not Folder.objects.filter(name__in=("x", "y")).exists()


@pytest.mark.parametrize("route", sorted(set(WANTED) | LISTS | STAFF_ONLY))
def test_other_methods_are_no_way_round(cast, world, route):
    """HEAD answers as GET; a method override in header, form or query is not heard (class 23)."""
    where = address(route, cast.chemistry, world)
    for browser in (client(), client(cast.eve)):
        assert browser.head(where).status_code in (browser.get(where).status_code, 405)
        for answer in (
            browser.get(where, {"_method": "DELETE"}),
            browser.get(where, headers={"X-HTTP-Method-Override": "PATCH"}),
            browser.options(where),
            browser.delete(where),
            browser.trace(where),
        ):
            assert b"Secret title" not in answer.content
    assert Recording.objects.filter(id=world, title="Secret title").exists()
