"""What an upload says of where it comes from (R93)."""

import pytest

from cathedra.edge.upload._answer import Refused
from cathedra.edge.upload._origin import is_import


def test_r93_an_import_says_so_and_anything_else_is_an_upload():
    assert is_import({"origin": "import", "owner": "alice"})
    assert is_import({"origin": "import"})
    assert not is_import({"origin": "upload"})
    assert not is_import({})


@pytest.mark.parametrize("metadata", [{"origin": "webcast"}, {"origin": ""}, {"owner": "alice"}])
def test_r93_what_is_neither_is_refused(metadata):
    with pytest.raises(Refused) as refused:
        is_import(metadata)
    assert (refused.value.status, refused.value.rule) == (400, "R93")
