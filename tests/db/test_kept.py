"""A kept connection is looked at without a question, and one that the server has ended is not used."""

import select

import psycopg
import pytest
from django.core.signals import request_started
from django.db import connections
from django.test import RequestFactory

from cathedra.db import kept


@pytest.fixture
def connection(transactional_db, monkeypatch):
    """A connection as a request finds it: open, with nothing under way, to be checked."""
    made = connections["default"]
    made.close()  # that of the tests before may be so old that a request throws it away
    made.ensure_connection()
    monkeypatch.setattr(made, "health_check_enabled", True)
    yield made
    made.close()


def begin_a_request() -> None:
    request_started.send(sender=None)
    assert kept.middleware(lambda request: request)(RequestFactory().get("/")) is not None


def observer() -> psycopg.Connection:
    settings = connections["default"].get_connection_params()
    known = ("host", "port", "user", "password", "dbname")
    return psycopg.connect(**{name: settings[name] for name in known if settings.get(name)}, autocommit=True)


def test_a_connection_that_is_there_is_asked_nothing_when_a_request_begins(connection):
    connection.cursor().execute("SELECT 'the last question'")
    process = connection.connection.info.backend_pid
    begin_a_request()
    connection.close_if_health_check_failed()
    with observer() as other:
        last = other.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", (process,)).fetchone()
    assert last == ("SELECT 'the last question'",)


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used(connection):
    process = connection.connection.info.backend_pid
    with observer() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (process,))
    begin_a_request()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 7")
        assert cursor.fetchone() == (7,)
    assert connection.connection.info.backend_pid != process


def test_a_connection_on_which_something_waits_is_asked_and_stays(connection):
    """A notice that nobody has read yet: the server still answers."""
    connection.cursor().execute("LISTEN something")
    process = connection.connection.info.backend_pid
    with observer() as other:
        other.execute("NOTIFY something, 'said'")
    assert select.select([connection.connection.fileno()], [], [], 30)[0], "it has arrived"
    begin_a_request()
    assert not connection.health_check_done
    connection.close_if_health_check_failed()
    assert connection.connection.info.backend_pid == process


def test_a_connection_that_was_never_made_or_is_closed_is_left_to_django(connection):
    connection.connection.close()
    connection.health_check_done = False
    kept.look_at_kept()
    assert not connection.health_check_done
    connection.close()
    kept.look_at_kept()
    assert connection.connection is None
