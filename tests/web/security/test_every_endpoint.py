"""Classes 12, 23, 24, 25, 31 and 34: every address times every standing of R38 times everybody else's ids."""

import json
import re

import pytest

from cathedra.web import api
from tests.web.browsing import client
from tests.web.security.declared import HOW, OF_OWN_CREATORS, is_own, table, who_may
from tests.web.security.router import Route, every_route
from tests.web.security.world import NOBODY, PEOPLE, SECRET, SITE_WIDE, World, nothing, other_kind, undone

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DESCRIPTION = "api/openapi.json"
READING = ("caption_requester", "scheduler", "analyst")  # they change little: class 24 asks them to, at home
METHODS = ("GET", "POST", "PUT", "DELETE")


def outcome(answer) -> str:
    """What an answer amounts to: `in`, `out` (nothing there for this person, or sign in first), or something wrong."""
    status, where = answer.status_code, answer.get("Location", "")
    if status >= 500:
        return f"error {status}"
    if status in (401, 403, 404, 405) or (status == 302 and where.startswith("/account/login/")):
        return "out"
    if status == 422 and b'"code":"BAD_REQUEST"' in answer.taken.replace(b'": "', b'":"'):
        return "not understood"
    return "in"


def judge(world: World, who: str, route: Route, method: str, things: dict, *, may: bool, label: str) -> list[str]:
    """Ask, and say what is wrong: nothing when the answer is as declared and a refusal tells nothing (R42)."""
    answer = world.ask(who, method, route.address(things), route.asked(method, things))
    found = outcome(answer)
    said = f"{who} {method} {route.path} ({label}): {answer.status_code}"
    wrong = []
    if found != ("in" if may else "out"):
        wrong.append(f"{said}, declared {'in' if may else 'out'}")
    if found == "out" and SECRET.encode() in answer.taken:
        wrong.append(f"{said}, and the refusal tells what the thing is")
    return wrong + [
        f"{said}: {what}"
        for what in (
            *([] if route.path in BOXED else loose_headers(answer)),
            *told_secrets(answer),
            *told_people(who, answer),
        )
    ]


BOXED = ("staff/notices/<str:kind>/html/",)  # a message in its own box: tests/web/staff/test_notices.py
HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LOOSE = re.compile(r"unsafe|https?:|\*|(?:script|style)-src[^;]*data:")


def loose_headers(answer) -> list[str]:
    """Class 31: no answer may be framed by others, run what is not ours, or be read by another origin."""
    wrong = [f"{name} is {answer.get(name)}" for name, value in HEADERS.items() if answer.get(name) != value]
    told = answer.get("Content-Security-Policy", "")
    if "default-src 'none'" not in told or "frame-ancestors" not in told or LOOSE.search(told):
        wrong.append(f"its policy is {told}")
    if any(name.lower().startswith("access-control-") for name, _ in answer.items()):
        wrong.append("it gives leave to other origins")
    return wrong


SECRET_NAMES = re.compile(
    r"passw|secret|token|session|cookie|private|salt|csrf|object_key|(?<!re)lease|digest", re.IGNORECASE
)
HASHED = re.compile(rb"argon2|pbkdf2|BEGIN [A-Z ]*PRIVATE KEY")


def told_secrets(answer) -> list[str]:
    """Class 25: no key of any JSON is named as a secret is, and nothing hashed is told."""
    wrong = ["it holds a hashed password or a key"] if HASHED.search(answer.taken) else []
    if "json" in answer.get("Content-Type", "") and b'"openapi"' not in answer.taken[:40]:
        found = {name for name in names_in(json.loads(answer.taken or b"null")) if SECRET_NAMES.search(name)} - {
            "has_password"
        }
        wrong += [f"it tells {sorted(found)}"] if found else []
    return wrong


def names_in(value):
    """Every key, however deep."""
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_in(inner)


ADDRESS = re.compile(rb"[\w.+-]+@example\.org")


def told_people(who: str, answer) -> list[str]:
    """Class 34: whoever is no systems administrator or auditor of the platform meets no address but their own."""
    own = {b"example.org", f"{who}@example.org".encode()}
    found = set() if who in SITE_WIDE else set(ADDRESS.findall(answer.taken)) - own
    return [f"it tells {sorted(found)}"] if found else []


def test_every_address_and_method_is_declared(world):
    """A new address is covered by all that follows, once somebody has said who may."""
    missing = [HOW.format(path=route.path) for route in every_route() if route.path not in table()]
    for route in every_route():
        known = set(table().get(route.path, {}))
        missing += [f"{method} {HOW.format(path=route.path)}" for method in sorted(set(route.operations) - known)]
    assert missing == [], "\n" + "\n".join(missing)


@pytest.mark.parametrize("who", PEOPLE)
def test_class_24_each_role_gets_what_its_role_gives_at_every_address_and_nothing_else(world, who):
    wrong = []
    for route in every_route():
        for method in table().get(route.path, {}):
            if who in NOBODY[1:] and method != "GET":
                continue  # a cookie that stands for nobody is judged before any view
            if route.path == DESCRIPTION and method != "GET" and who != "anonymous":
                continue  # the same words for everybody, and a second of work each time
            may = who in who_may(route, method)
            wrong += judge(world, who, route, method, world.home, may=may, label="home")
    assert wrong == [], f"\n{len(wrong)} wrong\n" + "\n".join(wrong)


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in NOBODY[1:]])
def test_class_12_nobody_reaches_the_things_of_any_other_owner_by_their_id(world, who):
    wrong = []
    for route in (route for route in every_route() if route.ids):
        for method in table().get(route.path, {}):
            for name, things in world.foreign.items():
                if method != "GET" and (name == "recluse" or who in READING):
                    continue  # a change asks the same decision of either; a draft differs only in what may be read
                is_theirs = name == who and (is_own(route) or "creator" in who_may(route, method))
                is_theirs |= name == who and "owner" in who_may(route, method)
                is_theirs |= name == who and route.path in OF_OWN_CREATORS
                may = is_theirs or (who in SITE_WIDE and who in who_may(route, method))
                wrong += judge(world, who, route, method, things, may=may, label=f"of {name}")
    assert wrong == [], f"\n{len(wrong)} wrong\n" + "\n".join(wrong)


def bare(answer) -> bytes:
    """A page without what differs each time."""
    page = re.sub(rb'(nonce|value|csrf\w*|content)="[^"]{16,}"', b"", answer.taken)
    return re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"ID", page)


@pytest.mark.parametrize("who", ["viewer", "anonymous"])
def test_class_12_r42_anothers_thing_answers_exactly_as_one_that_is_not_there(world, who):
    wrong = []
    for route in (route for route in every_route() if route.ids):
        for method in table().get(route.path, {}):
            answers = [
                world.ask(who, method, route.address(things), route.asked(method, things))
                for things in (world.foreign["recluse"], nothing(), other_kind(world))
            ]
            if len({answer.status_code for answer in answers}) > 1 or len({bare(answer) for answer in answers}) > 1:
                told = [answer.status_code for answer in answers]
                wrong.append(f"{who} {method} {route.path}: another's, none's, another kind's: {told}")
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize("who", ["creator"])
def test_class_23_no_other_method_and_no_override_leads_further(world, who):
    """HEAD is GET without a body, OPTIONS tells nothing, an undeclared method does nothing, an override is not heard."""
    wrong = []
    for route in every_route():
        declared, where = table().get(route.path, {}), route.address(world.home)
        asked = route.asked("GET", world.home)
        got = world.ask(who, "GET", where, asked)
        head = world.ask(who, "HEAD", where, asked)
        if head.taken or (
            head.status_code != got.status_code and not (route.is_api and head.status_code in (405, 401))
        ):
            wrong.append(f"{who} HEAD {route.path}: {head.status_code}, GET {got.status_code}, {len(head.taken)} bytes")
        for method in (*(each for each in METHODS if each not in declared), "OPTIONS", "TRACE"):
            if "TRACE" in declared:
                continue  # the same words for everybody, however they are asked for
            answer = world.ask(who, method, where, None)
            if SECRET.encode() in answer.taken or (method not in ("OPTIONS",) and outcome(answer) == "in"):
                wrong.append(f"{who} {method} {route.path}: {answer.status_code} though nobody declared it")
        over = {"X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE", "X-Method-Override": "DELETE"}
        forced = world.ask(who, "GET", where, {**(asked or {}), "_method": "DELETE"}, headers=over)
        if forced.status_code != got.status_code:
            wrong.append(f"{who} GET {route.path} dressed as DELETE: {forced.status_code}, plain {got.status_code}")
    assert wrong == [], "\n" + "\n".join(wrong)


def test_class_23_no_change_is_heard_without_the_token_of_its_page(world):
    """A form on another site that posts with the cookie of somebody signed in: refused at every address."""
    browser, wrong = client(world.people["creator"], enforce_csrf_checks=True), []
    for route in every_route():
        for method in set(table().get(route.path, {})) & {"POST", "PUT", "PATCH", "DELETE"}:
            if route.path in (DESCRIPTION, "favicon.ico", "account/email/"):
                continue  # they change nothing, however they are asked
            if route.path.startswith("api/recorder/"):
                continue  # no cookie counts there: tests/web/api/test_recorders.py
            kind = {"content_type": "application/json"} if route.is_api else {}
            body = route.asked(method, world.home) or {}
            with undone():
                api.PACE.forget()
                answer = getattr(browser, method.lower())(route.address(world.home), body, **kind)
            if answer.status_code != 403:
                wrong.append(f"{method} {route.path}: {answer.status_code}")
    assert wrong == []
