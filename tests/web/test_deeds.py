"""What is offered for several recordings at once follows the matrix, of the folder (R38)."""

import pytest

from cathedra.db.reads import access as access_reads
from cathedra.domain.terms import FolderId
from cathedra.web import deeds

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("alice", ["move", "follow", "archive", "restore", "recycle"]),  # Creator
        ("ben", []),  # Viewer
        ("eve", []),  # not here
    ],
)
def test_what_is_offered(cast, now, who, offered):
    facts = access_reads.folder_facts(getattr(cast, who), FolderId(cast.chemistry))
    assert [verb for verb, _ in deeds.offered(facts, now)] == offered


def test_every_deed_says_of_how_many_and_what_it_does():
    for deed in deeds.DEEDS.values():
        assert "1 recording" in deed.question % {"count": 1}
        assert "3 recordings" in deed.question % {"count": 3}
        assert "3 recordings" in deed.done % {"count": 3}
        assert str(deed.effect).endswith(".")
