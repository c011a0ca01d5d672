"""What the router itself says: every address of pages and API, its places, its methods, its bodies and its queries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from cathedra.web.api import api

PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
LIBRARY = ("account/two-step/", "account/")  # allauth's own addresses: tests/web/test_sign_in.py, test_second_step.py


@dataclass(frozen=True)
class Route:
    """One address with its places, and for the API what OpenAPI says of each method."""

    path: str
    name: str
    places: tuple[tuple[str, str], ...]
    operations: dict[str, dict[str, Any]] = field(default_factory=dict, hash=False)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("api/")

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(name for kind, name in self.places if kind in ("uuid", "uuidstr"))

    def address(self, things: dict[str, Any]) -> str:
        """The path with its places filled. A place that `things` does not know is told with what to declare."""

        def fill(place: re.Match[str]) -> str:
            name = "folder_role" if place[2] == "role" and self.path.startswith("api/folders/") else place[2]
            if name not in things:
                raise AssertionError(f"{self.path}: say in tests/web/security/world.py what <{name}> stands for")
            return str(things[name])

        return "/" + PLACE.sub(fill, self.path)

    def queries(self) -> tuple[str, ...]:
        """What the API reads from the query."""
        found = [one for operation in self.operations.values() for one in operation.get("parameters", ())]
        return tuple(one["name"] for one in found if one["in"] == "query")

    def asked(self, method: str, things: dict[str, Any]) -> dict[str, Any] | None:
        """What goes with a request: for the API what its description asks for, for a form nothing yet."""
        if method in ("GET", "HEAD"):
            told = self.operations.get("GET", {}).get("parameters", ())
            return {one["name"]: "word" for one in told if one["in"] == "query" and one.get("required")} or None
        if self.is_api:
            return self.body(method, things)
        return {} if method in ("POST", "PUT", "PATCH") else None

    def body(self, method: str, things: dict[str, Any], word: str = "word") -> dict[str, Any] | None:
        """A body that the API understands, made from its description: it is never refused for its shape."""
        content = self.operations.get(method, {}).get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        example = None if schema is None else _example(schema, things, word)
        if example and {"folder_id", "recording_id"} <= set(example):
            del example["recording_id"]  # such a body names one of them
        return example


def _walk(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern).replace("<uuidstr:", "<uuid:")
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield path, entry


@cache
def description() -> dict[str, Any]:
    return api.get_openapi_schema()


def _operations(path: str) -> dict[str, dict[str, Any]]:
    wanted = "/" + PLACE.sub(lambda place: f"{{{place[2]}}}", path)
    return {method.upper(): told for method, told in description()["paths"].get(wanted, {}).items()}


@cache
def every_route() -> tuple[Route, ...]:
    """Everything of ours that answers; what the sign-in library brings is `library_routes`."""
    return tuple(sorted((_route(path, entry) for path, entry in _ours()), key=lambda route: route.path))


def _ours() -> Iterator[tuple[str, URLPattern]]:
    yield from ((path, entry) for path, entry in _walk(get_resolver()) if not _is_library(entry))


def _is_library(entry: URLPattern) -> bool:
    view = getattr(entry.callback, "view_class", entry.callback)
    return getattr(view, "__module__", "").startswith("allauth.") or "confirm-email" in str(entry.pattern)


@cache
def library_routes() -> tuple[str, ...]:
    """Those of the sign-in library that have no place in them."""
    return tuple(path for path, entry in _walk(get_resolver()) if _is_library(entry) and not re.search("[<^]", path))


def _route(path: str, entry: URLPattern) -> Route:
    places = tuple((kind or "str", name) for kind, name in PLACE.findall(path))
    return Route(path, entry.name or "", places, _operations(path))


def _example(schema: dict[str, Any], things: dict[str, Any], word: str, name: str = "") -> Any:
    if "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "allOf" in schema:
        return _example(schema["allOf"][0], things, word, name)
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], things, word, name)
    if "const" in schema or "enum" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        return {key: _example(inner, things, word, key) for key, inner in fields.items()}
    if schema.get("type") == "array":
        return [_example(schema.get("items", {}), things, word, name)]
    return _plain(schema, things, word, name)


def _plain(schema: dict[str, Any], things: dict[str, Any], word: str, name: str) -> Any:
    later = timezone.now() + timedelta(days=30)
    if schema.get("format") in ("uuid", "uuid4"):
        return str(things.get(name) or things.get(name.removesuffix("s")) or UUID(int=1))
    if schema.get("format") == "date":
        return later.date().isoformat()
    if schema.get("format") == "date-time":
        return later.isoformat()
    match schema.get("type"):
        case "integer" | "number":
            return things[name] if isinstance(things.get(name), int) else schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return (word * 40)[: max(schema.get("minLength", 0), len(word))]
