"""Pages are tested over the fixed cast."""

import pytest

from cathedra.web import api


@pytest.fixture(autouse=True)
def fresh_pace():
    """Each test begins as nobody had asked the API for anything. (Other counts stand in the database: rolled back.)"""
    api.PACE.forget()
