"""The islands' types are made from the API's description, and both are in step with the code."""

import re
from pathlib import Path

import pytest

from cathedra.web.api import description
from tests.web.browsing import client

FRONT_END = Path(__file__).parents[3] / "frontend"


def test_the_description_in_the_front_end_is_in_step():
    kept = (FRONT_END / "openapi.json").read_text()
    assert kept == description.text(), "run: make types"


def test_the_types_are_made_from_that_description():
    types = (FRONT_END / "api.d.ts").read_text()
    for operation in re.findall(r'"operationId": "(\w+)"', description.text()):
        assert f"{operation}: {{" in types, "run: make types"
    for schema in re.findall(r'"#/components/schemas/(\w+)"', description.text()):
        assert f"{schema}: {{" in types or f"{schema}: " in types


@pytest.mark.parametrize("address", ["/api/openapi.json"])
def test_the_description_is_served_and_names_every_refusal(db, address):
    served = client().get(address).json()
    assert served["info"]["title"] == "Cathedra"
    for path, methods in served["paths"].items():
        for method, operation in methods.items():
            assert operation["operationId"], (path, method)
            if "{" in path:
                assert "404" in operation["responses"], (path, method)
