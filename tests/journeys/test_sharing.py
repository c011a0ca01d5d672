"""Share with a group, restrict to some, and see why (R29, R35, R37): pages and check agree at once (D6)."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library as writes
from cathedra.db.writes import people
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import PrincipalId
from tests import lectures

NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


def test_a_lecture_is_shared_with_a_group_restricted_and_explained(running, page_for):
    cast = running.cast
    with running.database():
        folder = writes.add_folder("Spectroscopy", kind=FolderKind.COURSE, now=NOW)
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
        lecture = lectures.lecture(folder, cast.alice, title="Infrared", now=NOW)
        group = people.add_group("Spectroscopy students", kind=GroupKind.INTERNAL)
        people.add_members(group, [cast.ben, cast.eve])
    alice, ben = page_for(running, cast.alice), page_for(running, cast.ben)

    ben.goto(f"/recordings/{lecture}/")
    expect(ben.get_by_role("button", name="Request access")).to_be_visible()
    assert "Infrared" not in ben.content()

    alice.goto(f"/folders/{folder}/")
    alice.get_by_role("link", name="Share", exact=True).click()
    people_box = alice.get_by_role("combobox", name="People and groups")
    expect(people_box).to_have_accessible_description(re.compile("^Type the name of a person or a group and choose"))
    people_box.fill("spectro")
    alice.get_by_role("option", name="Spectroscopy students").click()
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.get_by_text("Added: Spectroscopy students.")).to_be_visible()
    ben.reload()
    expect(ben.get_by_role("heading", name="Infrared", exact=True)).to_be_visible()

    # A name that is typed and not chosen: one press of the button is enough, though a list lay below the field.
    people_box.fill("eve")
    expect(alice.get_by_role("listbox").get_by_role("option", name="Eve")).to_be_visible()
    alice.get_by_role("button", name="Add", exact=True).click()
    expect(alice.get_by_text("Added: Eve.")).to_be_visible()

    alice.goto(f"/recordings/{lecture}/access/restrict/")
    alice.get_by_role("combobox", name="People and groups who may see it").fill("eve")
    alice.get_by_role("option", name="Eve").click()
    alice.get_by_role("button", name="Show it to them only").click()
    expect(alice.get_by_role("heading", name="Who can see it")).to_be_visible()
    expect(alice.get_by_text("Spectroscopy students")).to_have_count(0)
    ben.reload()
    expect(ben.get_by_role("button", name="Request access")).to_be_visible()

    alice.get_by_role("combobox", name="Person").fill("ben")
    alice.get_by_role("option", name="Ben").click()
    alice.get_by_role("button", name="Check", exact=True).click()
    expect(alice.get_by_role("status").get_by_text("Ben cannot see it now.")).to_be_visible()
    expect(alice.get_by_text("NO_PERMISSION")).to_be_visible()
