"""How the sign-in library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the service, never by passers-by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
