"""The upload door before somebody has accepted: refused with the code and the way on, and nothing received is lost."""

import pytest

from cathedra.db.models import TermsAcceptance, TermsVersion
from cathedra.db.writes import access, people
from cathedra.domain.access import FolderRole
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import PrincipalId
from tests.edge.upload.tus import Tus

pytestmark = pytest.mark.slow


def accept(running, account_id, document):
    with running.database():
        terms = TermsVersion.objects.get(document=document)
        TermsAcceptance.objects.create(
            account_id=account_id, document=document, version=terms.version, text_hash=terms.text_hash,
            at=running.cast.now, channel="WEB",
        )  # fmt: skip


def test_the_door_opens_step_by_step_r9_r10_r15(running):
    with running.database():
        ida = people.add_account(
            "ida", full_name="Ida", email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=running.cast.now
        )  # fmt: skip
        access.add_member(running.cast.chemistry, PrincipalId(ida), FolderRole.CREATOR, now=running.cast.now)
    cookie = running.sign_in(ida, accepts=False)
    with Tus(running, None, Cookie=f"cathedra_session={cookie}") as tus:
        refused = tus.post(10, running.cast.chemistry)
        assert (refused.status_code, refused.headers["cathedra-code"]) == (403, "EULA_REQUIRED")
        assert (refused.json()["rule"], "/terms/" in refused.json()["sentence"]) == ("R9", True)
        accept(running, ida, "eula")
        refused = tus.post(10, running.cast.chemistry)
        assert (refused.status_code, refused.headers["cathedra-code"]) == (403, "AUP_REQUIRED")
        assert "/terms/acceptable-use/" in refused.json()["sentence"]
        accept(running, ida, "aup")
        url = tus.open(b"0123456789")
        assert tus.patch(url, b"0123").status_code == 204
    with Tus(running, running.cast.ben) as stranger:  # who has accepted, and may not: told nothing of the policy
        assert stranger.post(10, running.cast.chemistry).headers["cathedra-code"] == "NO_PERMISSION"
