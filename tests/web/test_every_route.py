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

OPEN = {"theme/", "robots.txt", "favicon.ico", "first-run/", "api/openapi.json"}
# The role that an address asks for; an address that is not here is refused by the test until somebody decides.
LISTS = {"", "browse/", "upload/", "account/", "account/sign-out-elsewhere/"}
WANTED = {
    "folders/<uuid:folder_id>/": {"viewer", "creator", "publisher", "organizer", "analyst"},
    "folders/<uuid:folder_id>/new/": {"creator", "organizer"},
    "folders/<uuid:folder_id>/upload/": {"creator"},
    "recordings/<uuid:recording_id>/": {"viewer", "creator", "publisher", "organizer", "owner"},
    "recordings/<uuid:recording_id>/edit/": {"creator", "owner"},
    "recordings/<uuid:recording_id>/progress/": {"creator", "publisher", "owner"},
    "api/me": None,
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
    """Each role is held by Dev in turn, on a folder whose recording is Alice's; `owner` is Alice without a role."""
    made = lecture(cast.chemistry, cast.alice, title="Secret title", now=now)
    access_writes.remove_member(cast.chemistry, PrincipalId(cast.alice), FolderRole.CREATOR)
    return made


def address(route, folder, recording):
    return "/" + route.replace("<uuid:folder_id>", str(folder)).replace("<uuid:recording_id>", str(recording))


def test_every_address_is_decided():
    assert set(OURS) - OPEN - LISTS - set(WANTED) - BY_LIBRARY - {"api/"} == set()
    assert (set(WANTED) | LISTS | OPEN) - set(OURS) == set()


@pytest.mark.parametrize("route", sorted(set(WANTED) | LISTS))
def test_the_anonymous_the_forged_and_the_expired_are_asked_to_sign_in(cast, world, route):
    for browser in (client(), forged(), expired(cast.alice)):
        answer = browser.get(address(route, cast.chemistry, world))
        assert answer.status_code in (302, 401, 405)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/")
        assert b"Secret title" not in answer.content


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(route for route, roles in WANTED.items() if roles))
def test_each_role_gets_what_its_role_gives_and_nothing_else(cast, world, now, route):
    for name, role in ROLES.items():
        access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), role, now=now)
        answer = client(cast.dev).get(address(route, cast.chemistry, world))
        access_writes.remove_member(cast.chemistry, PrincipalId(cast.dev), role)
        assert answer.status_code == (200 if name in WANTED[route] else 404), (name, answer.status_code)
    for who, name in ((cast.eve, "outsider"), (cast.dev, "service_admin"), (cast.alice, "owner")):
        answer = client(who).get(address(route, cast.chemistry, world))
        assert answer.status_code == (200 if name in WANTED[route] else 404), (name, answer.status_code)


@pytest.mark.slow
@pytest.mark.parametrize("route", sorted(route for route, roles in WANTED.items() if roles))
def test_an_id_of_another_kind_or_of_nothing_is_the_same_nothing(cast, world, route):
    browser = client(cast.eve)
    for other in (uuid4(), cast.alice, world, cast.chemistry):
        assert browser.get(address(route, other, other)).status_code == 404


UNSAFE = [
    ("post", "/folders/{folder}/new/", {"new-name": "x"}, {"creator", "organizer"}),
    ("post", "/recordings/{recording}/edit/", {"title": "x"}, {"creator", "owner"}),
    ("post", "/api/folders/{folder}/folders", {"name": "y"}, {"creator", "organizer"}),
    ("patch", "/api/recordings/{recording}", {"title": "y"}, {"creator", "owner"}),
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
            access_writes.add_member(cast.chemistry, PrincipalId(cast.dev), role, now=now)
        answer = getattr(client(cast.dev), method)(where, body, **kind)
        if role:
            access_writes.remove_member(cast.chemistry, PrincipalId(cast.dev), role)
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


@pytest.mark.parametrize("route", sorted(set(WANTED) | LISTS))
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
