"""Classes 17 and 18: hostile words in every field of every table, and in every query, on every page."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.web.security.router import every_route
from tests.web.security.world import World
from tests.web.test_hostile_text import ALL_AT_ONCE, QUERIES, alive

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BOXED = ("staff/notices/<str:kind>/html/",)  # tests/web/staff/test_notices.py
# Nobody types these: they are made here, and read back by the program.
MADE_HERE = {
    "password",
    "path",
    "object_key",
    "digest",
    "text_hash",
    "session_key",
    "session_data",
    "link",
    "other_link",
}
MADE_HERE |= {
    "kind",
    "target_kind",
    "event",
    "downloads",
    "sharing",
    "start",
    "end",
    "mail",
    "choice",
    "role",
    "action",
}
READERS = ("sys_admin", "owner")
FORMS = ("person", "thing", "action", "since", "until", "format", "kind", "version", "declined", "email", "name")


def fill_every_field() -> set[str]:
    """Put hostile text into every field of text that the database lets hold it; which those are."""
    filled = set()
    for model in apps.get_app_config("cathedra").get_models():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.TextField | models.CharField) and not field.primary_key
            if not is_text or field.unique or field.name in MADE_HERE:
                continue
            hostile = ALL_AT_ONCE[: field.max_length] if field.max_length else ALL_AT_ONCE
            rows = model._default_manager.all()
            if _put(rows, field.name, hostile) or _put_each(rows, field.name, hostile):
                filled.add(f"{model.__name__}.{field.name}")
    return filled


def _put(rows: models.QuerySet, name: str, hostile: str) -> bool:
    """Whether the database took it; it refuses for a word of ours, and for a thing that is never changed."""
    try:
        with transaction.atomic():
            return bool(rows.update(**{name: hostile}))
    except DatabaseError:
        return False


def _put_each(rows: models.QuerySet, name: str, hostile: str) -> bool:
    """Where no two may be alike, each with its number."""
    keys = list(rows.values_list("pk", flat=True)[:20])
    if not keys or not _put(rows.filter(pk=keys[0]), name, f"{hostile} 0"):
        return False
    return all([_put(rows.filter(pk=key), name, f"{hostile} {number}") for number, key in enumerate(keys)])


def pages(world: World, who: str, query: dict | None = None):
    for route in (route for route in every_route() if route.path not in BOXED):
        answer = world.ask(who, "GET", route.address(world.home), query or route.asked("GET", world.home))
        yield route, answer


@pytest.fixture
def hostile(world):
    with transaction.atomic():
        yield fill_every_field()
        transaction.set_rollback(True)


def test_class_17_no_word_of_any_table_comes_alive_on_any_page(world, hostile):
    must = {"Account.full_name", "Recording.title", "Recording.description", "Folder.name", "SystemRoleHolder.reason"}
    assert must <= hostile, f"not filled: {must - hostile}"
    wrong = []
    for who in READERS:
        for route, answer in pages(world, who):
            found = alive(answer.taken.decode()) if "html" in answer.get("Content-Type", "") else []
            if found or answer.status_code >= 500:
                wrong.append(f"{who} {route.path}: {answer.status_code} {found[:3]}")
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.mark.parametrize("who", ["anonymous", "creator", "sys_admin"])
def test_class_18_no_query_comes_back_alive(world, who):
    """Every name that the API or a page reads from a query, with all of the corpus at once."""
    names = {*QUERIES, *FORMS, *(name for route in every_route() for name in route.queries())}
    wrong = []
    for route, answer in pages(world, who, dict.fromkeys(sorted(names), ALL_AT_ONCE[:180])):
        found = alive(answer.taken.decode()) if "html" in answer.get("Content-Type", "") else []
        if found or answer.status_code >= 500:
            wrong.append(f"{who} {route.path}: {answer.status_code} {found[:3]}")
    assert wrong == [], "\n" + "\n".join(wrong)
