"""A student of the sample university hands in work for a course: one confirmation, and nobody else's is seen (R82, R183)."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from cathedra.actions import sample as actions
from cathedra.adapters import sample_files
from cathedra.db.models import Account, Folder, Recording, UseDeclaration
from cathedra.domain.terms import Actor, Channel
from tests.journeys import uploading
from tests.journeys.conftest import keep_picture

TITLES = ("Titration of ben", "Titration of farid")


def test_r82_r183_students_submit_with_one_confirmation_and_see_only_their_own(start_cathedra, page_for, lecture):
    tree, now = start_cathedra(), datetime.now(UTC)
    university = sample_files.university()
    with tree.database():
        actions.load_sample_university(university, actor=Actor(None, Channel.CLI), now=now)
        people = {name: Account.objects.get(login_name=name).id for name in ("alice", "ben", "farid", "eve")}
        practicals = Folder.objects.get(name="Practicals", kind="assignment")
        course = practicals.parent.name
    ben = page_for(tree, people["ben"])
    ben.goto("/upload/")
    ben.get_by_role("link", name=re.compile("Practicals")).first.click()
    ben.get_by_role("heading", name="Is this your work for this course?").wait_for()
    assert not ben.get_by_text("Before your first recording").count()  # Viewers are never asked about the policy (R15)
    keep_picture(ben, "submission")
    other = ben.get_by_text("No, it is something else")
    other.click()
    expect(ben.get_by_role("button", name="That is right", exact=True)).to_be_visible()
    other.click()
    ben.get_by_role("button", name="Yes, that is right").click()
    hand_in(ben, lecture(f"{TITLES[0]}.mp4", seconds=4, size="320x180"))
    with tree.database():
        made = Recording.objects.get(title=TITLES[0])
        assert (made.owner_id, made.folder_id) == (people["ben"], practicals.id)
        said = UseDeclaration.objects.get(recording=made)
        assert (said.category, said.verdict, said.course_id) == (
            "student_assessment",
            "PERMITTED",
            practicals.course_id,
        )
    farid = page_for(tree, people["farid"])
    farid.goto(f"/folders/{practicals.id}/upload/")
    farid.get_by_role("button", name="Yes, that is right").click()
    hand_in(farid, lecture(f"{TITLES[1]}.mp4", seconds=4, size="320x180"))
    for page, who, shown in ((ben, "ben", TITLES[:1]), (farid, "farid", TITLES[1:]), (None, "alice", TITLES)):
        page = page or page_for(tree, people[who])
        page.goto(f"/folders/{practicals.id}/")
        for title in TITLES:
            expect(page.get_by_role("link", name=title)).to_have_count(1 if title in shown else 0)
    farid.goto(f"/recordings/{made.id}/")
    expect(farid.get_by_text(TITLES[0])).to_have_count(0)
    eve = page_for(tree, people["eve"])
    eve.goto(f"/folders/{practicals.id}/upload/")
    expect(eve.locator("#upload")).to_have_count(0)  # she studies something else
    assert course.startswith("CHEM IA")


def hand_in(page, file) -> None:
    page.locator("#declaration [data-said]").wait_for()
    uploading.choose(page, file)
    uploading.expect_stage(page, file.name, "done")
