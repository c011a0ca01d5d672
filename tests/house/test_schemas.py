"""The API's description names each shape once: two of one name with different fields would overwrite each other in it."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import get_args

from ninja import Schema
from pydantic import BaseModel

from cathedra.web import api


def shapes() -> set[type]:
    """Every schema of the API, and every shape and list of words in their fields."""
    for module in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        importlib.import_module(module.name)
    found: set[type] = set()
    for schema in below(Schema):
        if schema.__module__.startswith(api.__name__):
            gather(schema, found)
    return found


def below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def gather(what: object, found: set[type]) -> None:
    if isinstance(what, type) and issubclass(what, (BaseModel, Enum)) and what not in found:
        found.add(what)
        for field in getattr(what, "model_fields", {}).values():
            gather(field.annotation, found)
    for part in get_args(what):
        gather(part, found)


def twins(all_of_them: set[type]) -> dict[str, list[str]]:
    """Names that more than one of them has."""
    named = defaultdict(set)
    for one in all_of_them:
        named[one.__name__].add(one.__module__)
    return {name: sorted(modules) for name, modules in named.items() if len(modules) > 1}


def test_no_two_shapes_of_the_api_share_a_name():
    found = shapes()
    assert len(found) > 100, "they are found"
    assert twins(found) == {}, "the description knows one of them only; give the other a name of its own"


def test_two_of_one_name_are_told():
    one, other = (type("Line", (BaseModel,), {"__module__": f"cathedra.web.api.{where}"}) for where in ("a", "b"))
    assert twins({one, other}) == {"Line": ["cathedra.web.api.a", "cathedra.web.api.b"]}
