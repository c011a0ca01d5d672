"""A browser's session knows its account in a column (decision record 3)."""

from cathedra.db.models import WebSession
from cathedra.db.writes.web_sessions import SessionStore


def test_the_account_stands_in_a_column_and_the_content_comes_back(cast):
    store = SessionStore()
    store["_auth_user_id"] = str(cast.alice)
    store["theme"] = "dark"
    store.save()
    row = WebSession.objects.get()
    assert (row.session_key, row.account_id) == (store.session_key, cast.alice)
    assert SessionStore(store.session_key)["theme"] == "dark"


def test_an_anonymous_session_has_no_account(db):
    store = SessionStore()
    store.save()
    assert WebSession.objects.get().account_id is None


def test_a_later_save_keeps_when_it_began(cast):
    store = SessionStore()
    store["_auth_user_id"] = str(cast.alice)
    store.save()
    began = WebSession.objects.get().created_at
    store["theme"] = "dark"
    store.save()
    assert WebSession.objects.get().created_at == began
    assert SessionStore(store.session_key)["theme"] == "dark"
