"""The versions of the use policy for those who answer for it: the check, the dry run, the file, the button (R25, R79)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from cathedra import config
from cathedra.actions import policy as actions
from cathedra.db.models import AuditEvent, UseDeclaration, UsePolicyVersion
from cathedra.domain.terms import Actor, Channel
from tests.lectures import lecture
from tests.policies import USE, activate, version
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow
STRICT = (
    'label = "Other material that directly supports a course"\nrule = "ok"',
    'label = "Other material that directly supports a course"\nrule = "refer"',
)
SAME = ("grace_days = 28", "grace_days = 14")
IDLE = '\n[[rule]]\nid = "idle"\neffect = "refer"\nwhen = { category = "meeting" }\ncite = "c"\nmessage = "m"\n'


@pytest.fixture
def folder(settings):
    """Where an operator puts the next version."""
    made = config.get().data_dir / "acceptable-use"
    made.mkdir()
    yield made
    for file in made.iterdir():
        file.unlink()
    made.rmdir()


def declared(cast, now, title="Entropy"):
    made = lecture(cast.chemistry, cast.alice, title=title, now=now)
    actions.declare_use(
        made, replace(USE, category="non_lecture_teaching"), actor=Actor(cast.alice, Channel.WEB), now=now
    )
    return made


def test_r79_the_next_version_is_checked_tried_taken_and_activated(cast, folder):
    now, dev = timezone.now(), client(cast.dev)
    activate(now)
    page = text(dev.get("/staff/policy/"))
    assert ("No later version is here" in page, "Holds now" in page) == (True, True)
    made = declared(cast, now, "<b>=Entropy</b>")
    (folder / "two.toml").write_text(version(2, STRICT)[1])
    (folder / "wrong.toml").write_text("version = ")
    page = text(dev.get("/staff/policy/"))
    for said in ("Version 2", "Sound", "two.toml", "wrong.toml is not valid TOML", "Cannot be used"):
        assert said in page, said
    assert str(folder) not in page, "where files lie on the machine is nobody's business here"
    address = "/staff/policy/2/"
    page = text(dev.get(address))
    assert ("Try it on the whole library" in page, "Activate version 2" in page) == (True, False)
    page = text(dev.get(address, {"try": "1"}))
    for said in ("Activate version 2", "Alice", "Permitted", "Referred", "Every recording as a file"):
        assert said in page, said
    answer = dev.get(f"{address}changes/")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="acceptable-use-2-changes.csv"'
    assert (len(lines), lines[1].split(",")[:2]) == (2, [str(made), "<b>=Entropy</b>"])
    assert AuditEvent.objects.filter(action="policy:export_dry_run", actor_id=cast.dev).count() == 1
    seen = dev.get(address, {"try": "1"}).context["text_hash"]
    assert UseDeclaration.objects.get().verdict == "PERMITTED", "nothing was changed"
    for form, status in (
        ({"why": "", "text_hash": seen, "active": "1"}, 422),
        ({"why": "x", "text_hash": "other", "active": "1"}, 409),
        ({"why": "x", "text_hash": seen, "active": "0"}, 409),
        ({"why": "x"}, 409),
        ({"why": "Asked by the committee.", "text_hash": seen, "active": "1"}, 302),
    ):
        assert dev.post(address, form).status_code == status, form
    page = text(dev.get("/staff/policy/"))
    for said in ("Asked by the committee.", "No later version", "wrong.toml")[:1]:
        assert said in page, said
    assert dev.get(address).status_code == 404, "it holds, so it is no next one"
    held = UsePolicyVersion.objects.get(version=2)
    assert (held.why, held.activated_by_id) == ("Asked by the committee.", cast.dev)
    assert UseDeclaration.objects.get().verdict == "PERMITTED", "R16: what was declared keeps its verdict"


def test_r79_what_changed_since_it_was_tried_is_not_activated_and_what_is_unsound_never(cast, folder):
    now, dev = timezone.now(), client(cast.dev)
    activate(now)
    file = folder / "two.toml"
    file.write_text(version(2, SAME)[1])
    page = dev.get("/staff/policy/2/", {"try": "1"})
    assert "Nothing that is declared would come to another verdict." in text(page)
    seen = page.context["text_hash"]
    file.write_text(version(2, SAME, ("referral_days = 2", "referral_days = 3"))[1])
    answer = dev.post("/staff/policy/2/", {"why": "x", "text_hash": seen, "active": "1"})
    assert (answer.status_code, "has changed since you tried it" in text(answer)) == (409, True)
    assert answer.context["text_hash"] != seen, "the page shows what it would change now"
    file.write_text(version(2)[1] + IDLE)
    page = text(dev.get("/staff/policy/2/", {"try": "1"}))
    for said in ("Not sound", "idle", "so it cannot be activated"):
        assert said in page, said
    assert "Activate version 2" not in page
    (folder / "again.toml").write_text(version(2)[1])
    assert "more than one file with this number" in text(dev.get("/staff/policy/"))
    assert dev.get("/staff/policy/2/").status_code == 404
    assert UsePolicyVersion.objects.count() == 1
    for who in (cast.alice, cast.ben):
        assert [client(who).get(f"/staff/policy/{rest}").status_code for rest in ("", "2/", "2/changes/")] == [404] * 3
