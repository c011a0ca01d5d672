"""Classes 17 and 18: hostile words in every field of every table, and in every query, on every page."""

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from cathedra.db.models import Notice, Recording, Source
from cathedra.domain.library import MediaState, Publication
from tests.web.security.hostile import ALL_AT_ONCE, AS_ADDRESS, CORPUS, QUERIES, alive
from tests.web.security.router import every_route, library_routes
from tests.web.security.world import World, undone

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


def fill_every_field(hostile: str) -> set[str]:
    """Put hostile text into every field of text that the database lets hold it; which those are."""
    filled = set()
    for model in apps.get_app_config("cathedra").get_models():
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.TextField | models.CharField) and not field.primary_key
            if not is_text or field.unique or field.name in MADE_HERE:
                continue
            words = hostile[: field.max_length] if field.max_length else hostile
            rows = model._default_manager.all()
            if _put(rows, field.name, words) or _put_each(rows, field.name, words):
                filled.add(f"{model.__name__}.{field.name}")
    fill_values(hostile)
    return filled


def fill_values(hostile: str) -> None:
    """The values that sentences are filled with: what stands in them came from file names and from people."""
    told = {"sentence": "{x}", "values": {"x": hostile}}
    Recording.objects.update(failure="{x}", failure_values={"x": hostile}, dropped=[{"name": hostile, **told}])
    Source.objects.update(problem="{x}", problem_values={"x": hostile})
    for row in Notice.objects.all():
        Notice.objects.filter(id=row.id).update(values=dict.fromkeys(row.values, hostile))


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


@pytest.fixture(params=[ALL_AT_ONCE, AS_ADDRESS], ids=["all", "address"])
def hostile(world, request):
    with undone():
        yield fill_every_field(request.param)


def come_alive(world: World, who: str, query: dict | None = None) -> list[str]:
    wrong = []
    for route, answer in pages(world, who, query):
        found = alive(answer.taken.decode()) if "html" in answer.get("Content-Type", "") else []
        if found or answer.status_code >= 500:
            wrong.append(f"{who} {route.path}: {answer.status_code} {found[:3]}")
    return wrong


def test_class_17_no_word_of_any_table_comes_alive_on_any_page(world, hostile):
    must = {"Account.full_name", "Recording.title", "Recording.description", "Folder.name", "SystemRoleHolder.reason"}
    assert must <= hostile, f"not filled: {must - hostile}"
    assert [wrong for who in READERS for wrong in come_alive(world, who)] == []


@pytest.mark.parametrize("media", [MediaState.PREPARING, MediaState.FAILED])
def test_class_17_nor_while_a_recording_is_prepared_or_has_failed(world, hostile, media):
    Recording.objects.update(media_state=media, publication=Publication.DRAFT)
    assert come_alive(world, "owner") == []


@pytest.mark.parametrize("who", ["anonymous", "creator", "sys_admin"])
@pytest.mark.parametrize("hostile", [ALL_AT_ONCE[:180], AS_ADDRESS], ids=["all", "address"])
def test_class_18_no_query_comes_back_alive(world, who, hostile):
    """Every name that the API or a page reads from a query."""
    names = {*QUERIES, *FORMS, *(name for route in every_route() for name in route.queries())}
    assert come_alive(world, who, dict.fromkeys(sorted(names), hostile)) == []
    assert [
        path for path in library_routes() if alive(world.ask(who, "GET", f"/{path}", {"next": hostile}).taken.decode())
    ] == []


def test_class_17_hostile_titles_are_kept_as_text_and_shown_as_text(world):
    at = f"/recordings/{world.home['recording_id']}/"
    for hostile in CORPUS:
        with undone():
            world.browsers["creator"].post(f"{at}edit/", {"title": hostile, "description": hostile})
            assert alive(world.browsers["creator"].get(at).content.decode()) == []
            kept = Recording.objects.get(id=world.home["recording_id"]).title
            assert kept == " ".join(hostile.split())


def test_the_corpus_would_be_noticed():
    """The detector itself: hostile text put into a page as it is must be found."""
    shells = (
        "<p>{}</p>",
        '<input value="{}">',
        "<input value='{}'>",
        "<title>{}</title>",
        "<textarea>{}</textarea>",
        '<a href="{}">',
    )
    for hostile in (*CORPUS[:5], CORPUS[6], CORPUS[7], CORPUS[9]):
        assert any(alive(shell.format(hostile)) for shell in shells), hostile
