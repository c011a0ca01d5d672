"""A browser without a screen: signed-in clients of the cast, and a page's forms."""

import secrets
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cathedra.db.models import Account
from cathedra.db.writes.web_sessions import SessionStore
from cathedra.web import api

ADDRESS = "192.0.2.7"


def client(account_id=None, **options) -> Client:
    """A client of its own address, signed in as somebody without going through the form; nothing was asked yet."""
    api.PACE.forget()
    browser = Client(raise_request_exception=True, headers={"X-Real-IP": ADDRESS}, **options)
    if account_id is not None:
        browser.force_login(Account.objects.get(id=account_id))
    return browser


def expired(account_id) -> Client:
    """A client whose sign-in ended an hour ago: to the database it is still when the test began."""
    browser = client(account_id)
    key = browser.cookies["cathedra_session"].value
    SessionStore.get_model_class().objects.filter(session_key=key).update(
        expire_date=timezone.now() - timedelta(hours=1)
    )
    return browser


def forged() -> Client:
    """A client with a cookie that nobody gave out (class 23)."""
    browser = client()
    browser.cookies["cathedra_session"] = secrets.token_hex(16)
    return browser


def text(response) -> str:
    return response.content.decode()
