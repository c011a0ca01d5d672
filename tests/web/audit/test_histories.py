"""Who did what to my things: the pages and the API for those whom it concerns, and for nobody else (R225, R38 row 25)."""

import pytest

from cathedra.db.writes import access, audit
from cathedra.domain.access import FolderRole
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests.lectures import lecture
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
ADDRESS = "198.51.100.77"


@pytest.fixture
def made(cast, now):
    key = lecture(cast.chemistry, cast.alice, title="Entropy", now=now)
    actor = Actor(cast.dev, Channel.WEB, address=ADDRESS, correlation_id="secret-request")
    told = {"before": {"title": "Heat <b>"}, "after": {"title": "Entropy"}, "reason": "A better word."}
    audit.record(actor, "recording:edit", target_kind="recording", target_id=key, now=now, **told)
    audit.record(actor, "recording:look_at", target_kind="recording", target_id=key, now=now)
    audit.record(actor, "account:close", target_kind="account", target_id=cast.alice, now=now)
    return key


def test_r225_who_is_concerned_reads_what_was_done_and_never_from_where(cast, made):
    seen = text(client(cast.alice).get(f"/recordings/{made}/history/"))
    for told in ("Details changed", "Dev", "Heat &lt;b&gt;", "A better word.", "Mon 2 Nov 2026, 10:00"):
        assert told in seen, told
    for hidden in (ADDRESS, "secret-request", "looked at by staff", "<b>"):
        assert hidden not in seen.split("<main")[1], hidden
    folder = text(client(cast.alice).get(f"/folders/{cast.chemistry}/history/"))
    assert f' href="/recordings/{made}/">Entropy</a>' in folder
    account = text(client(cast.alice).get("/account/history/"))
    assert "Account closed" in account
    assert ADDRESS not in account
    assert "You have approved nothing yet" in text(client(cast.chloe).get("/account/approvals/"))


def test_r38_row_25_the_ways_in_are_shown_to_whom_they_let_in(cast, made):
    for address in (f"/recordings/{made}/", f"/folders/{cast.chemistry}/"):
        assert f'href="{address}history/"' in text(client(cast.alice).get(address))
        for who in (cast.ben, cast.chloe):
            assert "/history/" not in text(client(who).get(address)), address
    assert "/account/approvals/" in text(client(cast.chloe).get("/account/"))
    assert "/account/approvals/" not in text(client(cast.alice).get("/account/"))


def test_r42_who_is_no_publisher_any_more_is_told_no_title_of_what_they_approved(cast, made, now):
    """Their own decisions stay on their list (R38 row 25); what the recordings are called is for who may see them."""
    for one, action in ((cast.chloe, "recording:approve"), (cast.eve, "recording:reject")):
        audit.record(Actor(one, Channel.WEB), action, target_kind="recording", target_id=made, now=now)

    def told(who):
        page, rows = client(who).get("/account/approvals/"), client(who).get("/api/me/approvals").json()["rows"]
        names = [row["target"] for row in rows]
        assert ("Entropy" in text(page)) is (names == ["Entropy"])
        return names

    assert (told(cast.chloe), told(cast.eve)) == (["Entropy"], [""])
    access.remove_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.PUBLISHER)
    assert told(cast.chloe) == [""]


def test_r227_the_api_says_the_same_under_the_same_decisions(cast, made):
    for address in (f"/api/recordings/{made}/history", f"/api/folders/{cast.chemistry}/history"):
        rows = client(cast.alice).get(address).json()["rows"]
        assert [(row["action"], row["what"], row["actor"]) for row in rows] == [
            ("recording:edit", "Details changed", "Dev")
        ], address
        assert (rows[0]["address"], rows[0]["correlation_id"], rows[0]["hash"]) == ("", "", "")
        assert (rows[0]["before"], rows[0]["reason"]) == ({"title": "Heat <b>"}, "A better word.")
        assert client(cast.chloe).get(address).json()["code"] == "NO_PERMISSION"
    assert [row["action"] for row in client(cast.alice).get("/api/me/history").json()["rows"]] == ["account:close"]
    assert client(cast.ben).get("/api/me/history").json() == {"rows": [], "after": ""}
    assert client(cast.chloe).get("/api/me/approvals").json() == {"rows": [], "after": ""}
