"""What another system brings for somebody (R93): sent by the upload door, seen by its owner alone, kept and played, or
discarded so that nothing of it is left."""

import os
import time
import uuid
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from cathedra.db.models import Intake, MeterEntry, Notice, Source, UseDeclaration
from cathedra.db.writes import access, jobs, library, people
from cathedra.domain.access import FolderRole
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.library import FolderKind
from cathedra.domain.people import Affiliation
from cathedra.domain.terms import PrincipalId
from tests.conftest import COURSE
from tests.edge.upload.tus import Tus, metadata
from tests.journeys import looking, watching
from tests.journeys.conftest import WIDE

PIECE = 96 * 1024


@pytest.fixture
def keeper(running):
    """Somebody with a folder of their own, and the account of a program that brings what others recorded."""
    name, now = f"keeper-{uuid.uuid4().hex[:8]}", datetime.now(UTC)
    with running.database():
        who = _account(name, Affiliation.UNIVERSITY_STAFF, now)
        folder = library.add_folder("Own folder", kind=FolderKind.PERSONAL, owner_id=who, now=now)
        access.add_member(folder, PrincipalId(who), FolderRole.CREATOR, now=now)
        program = _account(f"{name}-meetings", Affiliation.SERVICE_ACCOUNT, now)
    return name, who, program


def _account(name, affiliation, now):
    return people.add_account(
        name,
        full_name=name.title(),
        email=f"{name}@example.org",
        affiliation=affiliation,
        password="long enough for them",
        now=now,
    )


def bring(running, program, owner, file):
    """As a program sends it: piece by piece, and told by HEAD how far it is."""
    content = file.read_bytes()
    cookie = running.sign_in(program, accepts=False)  # a program is asked for no agreement (R14)
    with Tus(running, None, Cookie=f"cathedra_session={cookie}") as tus:
        said = _without_declaration(filename=file.name, origin="import", owner=owner)
        opened = tus.post(len(content), **{"Upload-Metadata": said})
        assert opened.status_code == 201, opened.text
        address = opened.headers["location"]
        while (at := tus.offset(address)) < len(content):
            assert tus.patch(address, content[at : at + PIECE], at).status_code == 204
    return uuid.UUID(address.rsplit("/", 1)[1]), content


def _without_declaration(**pairs):
    return ",".join(one for one in metadata(**pairs).split(",") if not one.startswith("declaration "))


def test_r93_an_import_is_looked_at_by_its_owner_kept_and_plays(running, page_for, context_for, lecture, keeper):
    name, who, program = keeper
    file = lecture(f"Supervision of {name}.mp4", seconds=12, size="320x180")
    upload_id, content = bring(running, program, name, file)
    assert (running.config.incoming_dir / str(upload_id)).read_bytes() == content
    page = page_for(running, who)
    page.goto("/")
    page.get_by_role("link", name="intake list").first.click()
    row = page.locator("main li", has_text=f"Supervision of {name}")
    expect(row).to_contain_text(f"{name.title()}-Meetings")
    assert looking.problems_of(page, "import-waits", turn=0) == []
    assert looking.problems_of(page, "import-waits", turn=1) == []
    page.set_viewport_size(WIDE)
    row.get_by_role("link", name="Keep it").click()
    assert looking.problems_of(page, "import-keep", turn=0) == []
    assert looking.problems_of(page, "import-keep", turn=1) == []
    page.set_viewport_size(WIDE)
    recording_id = uuid.UUID(page.url.rstrip("/").rsplit("/", 1)[1])
    for path in (f"/recordings/{recording_id}/", f"/stream/{recording_id}/primary.m3u8", f"/intake/{recording_id}/"):
        stranger = context_for(running, running.cast.dev).request.get(path)
        assert stranger.status in (403, 404), path
    for question in ("q1", "q2", "q3"):
        page.locator(f"[name={question}][value=yes]").check()
    page.get_by_label("What kind of recording is it?").select_option("lecture")
    page.get_by_label("For which course?").select_option(str(COURSE))
    page.get_by_role("button", name="That is right: keep it").click()
    page.wait_for_url(f"**/recordings/{recording_id}/")
    expect(page.locator("main")).to_contain_text("It is kept")
    watching.wait_until(page, lambda: page.request.get(f"/stream/{recording_id}/primary.m3u8").ok, "its playlist")
    watching.open_recording(page, recording_id)
    watching.play(page)
    watching.expect_moving(page)
    with running.database():
        assert UseDeclaration.objects.get(recording_id=recording_id).account_id == who
        assert not Intake.objects.filter(recording_id=recording_id).exists()
        sums = MeterEntry.objects.filter(recording_id=recording_id).values_list("category", "delta_s")
        assert dict(sums) == {"RECORDED": 12, "STORED": 12}, "it counts from then on (R98, R100)"


def test_r93_n50_an_import_that_is_discarded_leaves_no_byte_behind(running, page_for, lecture, keeper):
    name, who, program = keeper
    upload_id, _content = bring(running, program, name, lecture(f"Chat of {name}.mp4", seconds=4, size="320x180"))
    file = running.config.incoming_dir / str(upload_id)
    page = page_for(running, who)
    page.goto("/notices/")
    page.get_by_text("Chat of", exact=False).first.wait_for()
    page.goto("/intake/")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("main")).to_contain_text("It is in your bin")
    page.goto("/bin/")
    page.get_by_text("Delete for good").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.locator("main")).to_contain_text("Your bin is empty")
    with running.database():
        recording_id = Notice.objects.get(recipient_id=who, kind="N50").event.split(":")[1]
        assert not Source.objects.filter(id=upload_id).exists()
        assert not MeterEntry.objects.filter(recording_id=recording_id).exists()
    long_ago = time.time() - 2 * 3600
    os.utime(file, (long_ago, long_ago))
    with running.database():
        jobs.enqueue([Job(JobKind.SWEEP_STRAY_FILES, {})])
    watching.wait_until(page, lambda: not file.exists(), "the end of its file")
    left = [path for path in running.data_dir.rglob("*") if str(upload_id) in path.name or recording_id in path.name]
    assert left == []
