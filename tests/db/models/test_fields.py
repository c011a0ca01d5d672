"""Column helpers."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cathedra.db.models import Folder


def test_a_path_is_an_ltree_and_answers_subtree_questions(cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cathedra_folder WHERE path <@ subpath(%s::ltree, 0, 1)",
            [Folder.objects.get(id=cast.chemistry).path],
        )
        assert cursor.fetchone()[0] == 2  # the department and its course


def test_a_path_that_is_no_ltree_and_a_word_that_is_none_are_refused(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        Folder.objects.filter(id=cast.chemistry).update(path="a b/c")
    with pytest.raises(IntegrityError), transaction.atomic():
        Folder.objects.filter(id=cast.chemistry).update(kind="channel")
