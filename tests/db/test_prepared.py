"""Statements that every page asks are planned once a connection, and are otherwise like any other."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import DataError

from cathedra.db import prepared
from cathedra.db.models import Account
from cathedra.db.reads import retention
from tests.lectures import lecture


def _plans() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '-- principals:%'")
        return [statement for (statement,) in cursor.fetchall()]


def test_a_statement_is_prepared_once_and_answers_by_name(cast):
    for _ in range(3):
        found = prepared.rows("principals", viewer=cast.ben)
    assert len(_plans()) == 1
    assert all(isinstance(row.group_id, uuid.UUID) for row in found)
    assert found


def test_what_is_asked_of_many_is_the_same_asked_of_one(cast, now):
    some = [lecture(cast.chemistry, cast.alice, now=now) for _turn in range(2)]
    many = {facts.recording_id: facts for facts in retention.facts_of(some)}
    assert [retention.get_facts(one) for one in some] == [many[one] for one in some]
    found = prepared.rows_of_one("meter_facts", id=some[1])
    assert [row.id for row in found] == [some[1]]


def test_it_sees_what_its_transaction_wrote_and_not_what_was_taken_back(cast):
    with transaction.atomic():
        Account.objects.filter(id=cast.ben).update(full_name="Benjamin")
        assert prepared.rows("person", viewer=cast.ben)[0].full_name == "Benjamin"
        transaction.set_rollback(True)
    assert prepared.rows("person", viewer=cast.ben)[0].full_name != "Benjamin"


def test_a_long_statement_with_signs_of_percent_and_many_ids_is_asked_as_it_stands(cast, now):
    """Each place has one number however often it stands there; ids may be none, many, or missing among others."""
    text, names = prepared._numbered("SELECT %(b)s::int % 2 %% 2, %(a)s::text, %(b)s::int")
    assert (text, names) == (b"SELECT $1::int % 2 % 2, $2::text, $1::int", ("b", "a"))
    some = [lecture(cast.chemistry, cast.alice, now=now) for _turn in range(3)]
    for ids in ([], some[:1], some, [some[0], None, some[2]]):
        assert {row.id for row in prepared.rows("recording_rows", ids=ids)} == {one for one in ids if one}


def test_it_is_counted_among_the_questions_of_a_page(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        prepared.rows("principals", viewer=cast.ben)


def test_what_the_database_refuses_is_djangos_own_error(cast):
    with pytest.raises(DataError), transaction.atomic():
        prepared.rows("web_session", session_key="a\0b")


def test_an_account_asked_for_by_its_key_is_the_one_that_any_question_finds(cast):
    by_key, by_name = Account.objects.get(pk=str(cast.ben)), Account.objects.filter(id=cast.ben).get()
    assert by_key == by_name
    assert {f.attname: getattr(by_key, f.attname) for f in Account._meta.concrete_fields} == {
        f.attname: getattr(by_name, f.attname) for f in Account._meta.concrete_fields
    }
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=uuid.uuid4())
