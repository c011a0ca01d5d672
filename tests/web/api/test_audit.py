"""The audit through the API: its decisions are those of the pages; tests/web/audit and tests/web/staff ask both."""

from cathedra.web.api import audit
from tests.web.browsing import client


def test_a_line_has_the_columns_of_an_export():
    assert tuple(audit.AuditLine.model_fields) == audit.audit.COLUMNS


def test_my_history_comes_in_pages_and_asks_nobody_but_me(cast):
    assert client(cast.ben).get("/api/me/history", {"limit": 101}).status_code == 422
    assert client(cast.ben).get("/api/me/history", {"after": "x"}).json() == {"rows": [], "after": ""}
