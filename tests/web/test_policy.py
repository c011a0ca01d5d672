"""The pages of the documents: read, accept, decline and come back; the policy before the first upload; publish a version."""

import shutil

import pytest

from cathedra import wiring
from cathedra.db.models import AuditEvent, Notice, TermsAcceptance, TermsVersion
from cathedra.domain.policy import text_hash
from tests.agreements import AUP, EULA, accept, publish
from tests.web.browsing import client, text


def answer(made, **more):
    return {"version": made.version, "text_hash": text_hash(made.text), **more}


def test_anybody_reads_what_holds_and_only_who_must_is_asked_r13_r15(cast, now):
    assert client().get("/terms/").status_code == 401, "nothing is published"
    eula, aup = publish(now=now), publish(AUP, now=now)
    for address in ("/terms/", "/terms/acceptable-use/"):
        page = text(client().get(address))
        assert "Be &lt;kind&gt;." in page, "a text is never markup"
        assert '<form method="post" class="panel' not in page
        assert 'href="/terms/acceptable-use/"' in page
    assert "Accept the terms" in text(client(cast.ben).get("/terms/"))
    for who in (cast.ben, cast.alice):
        accept(who, eula, now=now)
    assert "You accepted version 1" in text(client(cast.ben).get("/terms/"))
    assert "I have read this" not in text(client(cast.ben).get("/terms/acceptable-use/")), (
        "R15: Viewers are never asked"
    )
    assert "I have read this" in text(client(cast.alice).get("/terms/acceptable-use/"))
    accept(cast.alice, aup, now=now)
    assert "that you have read version 1" in text(client(cast.alice).get("/terms/acceptable-use/"))


def test_accepting_leads_on_to_where_one_was_going_and_nowhere_else_r9_r11(cast, now):
    made = publish(now=now)
    for wanted, reached in (("/browse/?q=a", "/browse/?q=a"), ("https://evil.example/", "/"), ("", "/")):
        browser = client(cast.ben)
        assert browser.post("/terms/", answer(made, accept="1", next=wanted))["Location"] == reached
    assert client(cast.ben).get("/browse/").status_code == 200
    row = TermsAcceptance.objects.get()
    assert (row.channel, row.address, row.text_hash) == ("WEB", "192.0.2.7", text_hash(made.text))


def test_declining_offers_to_sign_out_or_to_come_back_r12(cast, now):
    made, browser = publish(now=now), client(cast.ben)
    declined = browser.post("/terms/", answer(made, decline="1", next="/browse/"))
    assert declined["Location"] == "/terms/?declined=1&next=%2Fbrowse%2F"
    page = text(browser.get(declined["Location"]))
    assert "You have not accepted" in page
    assert "Accept the terms" in page
    assert 'value="/browse/"' in page
    assert page.count('action="/account/logout/"') == 2, "in the page itself, beside the menu's"
    assert browser.get("/").status_code == 302
    assert AuditEvent.objects.filter(action="terms:decline", actor_id=cast.ben).count() == 1
    assert browser.post("/account/logout/").status_code == 302
    assert browser.get("/")["Location"].startswith("/account/login/")


def test_terms_that_changed_meanwhile_are_shown_anew_and_not_accepted_r11(cast, now):
    old = publish(now=now)
    publish(version=2, now=now)
    assert "This is an earlier version. Version 2 holds now." in text(client().get("/terms/?version=1"))
    assert "Accept the terms" not in text(client(cast.ben).get("/terms/?version=1"))
    for wrong in ("3", "x", "9" * 30, "-1", ""):
        assert client(cast.ben).get("/terms/", {"version": wrong}).status_code == 404
    for given in (answer(old), {"version": "x", "text_hash": ""}, {"version": "9" * 30}, {}):
        page = client(cast.ben).post("/terms/", {**given, "accept": "1", "next": "/browse/"})
        assert page.status_code == 409
        assert "changed while you read them" in text(page)
        assert 'value="/browse/"' in text(page)
    assert client().post("/terms/", answer(old, accept="1")).status_code == 401
    assert not TermsAcceptance.objects.exists()


def test_a_creator_reads_the_policy_once_in_the_upload_page_itself_r15(cast, now):
    browser, address = client(cast.alice), f"/folders/{cast.chemistry}/upload/"
    assert 'id="upload"' in text(browser.get(address))
    made = publish(AUP, now=now)
    page = text(browser.get(address))
    assert "Be aup." in page
    assert 'id="upload"' not in page, "the uploader comes when it can be used"
    assert browser.post("/terms/acceptable-use/", answer(made, accept="1", next=address))["Location"] == address
    assert 'id="upload"' in text(browser.get(address))
    publish(AUP, 2, asks_again=False, now=now)
    assert 'id="upload"' not in text(browser.get(address)), "R15: each version of the policy"
    assert client(cast.ben).get("/").status_code == 200


@pytest.fixture
def waiting():
    """A second version of each document, in the folder of this installation."""
    folder = wiring.configuration().data_dir / "terms"
    folder.mkdir()
    for document in (EULA, AUP):
        (folder / f"{document}-2.toml").write_text(
            f'document = "{document}"\nversion = 2\ndate = 2026-10-01\ntitle = "Title"\nrequires_reacceptance = true\n'
            f'changes = "Be kinder."\ntext = """\nWhat you agree to, version 1.\n\nNew <line>.\n"""\n'
        )
    yield
    shutil.rmtree(folder)


def test_the_service_team_compares_and_publishes_and_creators_are_told_r11_n47(cast, now, waiting):
    for document in (EULA, AUP):
        accept(cast.dev, publish(document, now=now), now=now)
    dev = client(cast.dev)
    page = text(dev.get("/staff/terms/"))
    assert page.count("Compare and publish") == 2
    compared = text(dev.get("/staff/terms/aup-2/"))
    assert "New &lt;line&gt;." in compared
    assert "Removed:" in compared
    assert "Publish this version" in compared
    assert dev.post("/staff/terms/aup-2/")["Location"] == "/staff/terms/"
    assert "Published. It holds from now on." in text(dev.get("/staff/terms/"))
    told = Notice.objects.get()
    assert (told.recipient_id, told.kind, told.link) == (cast.alice, "N47", "/terms/acceptable-use/")
    assert "Publish this version" not in text(dev.get("/staff/terms/aup-1/"))
    dev.post("/staff/terms/aup-2/")
    assert "Version 2 is published already" in text(dev.get("/staff/terms/"))
    dev.post("/staff/terms/eula-2/")
    assert TermsVersion.objects.count() == 4
    assert Notice.objects.count() == 1, "of the terms of use the gate tells"
    assert dev.get("/staff/terms/")["Location"].startswith("/terms/"), "whoever publishes accepts too"
    assert "The terms have changed since you accepted version 1" in text(dev.get("/terms/"))


def test_to_everybody_else_the_documents_have_no_staff_page_r25(cast):
    for address in ("/staff/terms/", "/staff/terms/eula-1/"):
        for who in (cast.alice, cast.ben, cast.chloe):
            assert client(who).get(address).status_code == 404
            assert client(who).post(address).status_code in (404, 405)
        assert client().get(address)["Location"].startswith("/account/login/")
    assert client(cast.dev).get("/staff/terms/eula-99/").status_code == 404
