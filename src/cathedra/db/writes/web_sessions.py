"""Django's session store on our table, with the account in a column of its own."""

from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from cathedra.db import prepared
from cathedra.db.models import WebSession


class SessionStore(DatabaseStore):
    """SESSION_ENGINE: one statement finds who a cookie belongs to (`sql/recording_facts.sql`)."""

    @classmethod
    def get_model_class(cls) -> type[WebSession]:
        return WebSession

    def load(self) -> dict[str, Any]:
        """Every request reads its session: that question is prepared. Without a row the key is forgotten."""
        if found := prepared.rows("web_session", session_key=self.session_key):
            return self.decode(found[0].session_data)
        self._session_key = None
        return {}

    def create_model_instance(self, data: dict[str, Any]) -> WebSession:
        row = cast(WebSession, super().create_model_instance(data))
        row.account_id = data.get("_auth_user_id")
        if (began := WebSession.objects.filter(pk=row.pk).values_list("created_at", flat=True).first()) is not None:
            row.created_at = began  # the store writes whole rows: a later save keeps when it began
        return row
