"""What a handler is given."""

import pytest

from cathedra.worker import run


def test_unknown_arguments_are_ignored_and_missing_ones_are_an_error():
    assert run.text({"source_id": "x", "from_the_future": 1}, "source_id") == "x"
    with pytest.raises(KeyError):
        run.text({}, "source_id")
