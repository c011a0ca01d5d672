"""The form of a declaration: what stands there already, and never declares by itself (R82, R83, R84)."""

import re

import pytest

from cathedra.actions import policy as actions
from cathedra.db.models import Account, Folder, UseDeclaration
from cathedra.db.writes import access, library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.policy import Relevance
from cathedra.domain.terms import Actor, Channel, PrincipalId
from cathedra.web import declaring
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import USE, activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


def upload_page(who, folder, **query) -> str:
    return text(client(who).get(f"/folders/{folder}/upload/", query))


def chosen(page: str) -> list[str]:
    """The answers that stand there."""
    radios = re.findall(r'name="(\w+)" value="(\w+)"(?: required)? checked', page)
    return [f"{name}={value}" for name, value in radios] + re.findall(r'value="([\w-]+)"[^>]* selected', page)


def test_r83_r84_the_upload_page_asks_with_the_last_answers_of_the_folder_chosen(cast, now):
    assert 'id="declaration"' not in upload_page(cast.alice, cast.chemistry), "no version was ever activated"
    activate(now)
    page = upload_page(cast.alice, cast.chemistry)
    assert (chosen(page), "What is it for?" in page, "<details>" in page) == ([], True, False)
    assert f'<option value="{COURSE}">CHEM1A: Chemistry</option>' in page
    first = lecture(cast.chemistry, cast.alice, now=now)
    assert f'data-recording="{first}"' in upload_page(cast.alice, cast.chemistry, recording=first)
    assert 'id="declaration"' in upload_page(cast.alice, cast.chemistry, recording=first), "it is undeclared"
    actions.declare_use(first, USE, actor=Actor(cast.alice, Channel.WEB), now=now)
    assert 'id="declaration"' not in upload_page(cast.alice, cast.chemistry, recording=first)
    page = upload_page(cast.alice, cast.chemistry)
    assert chosen(page)[:3] == ["q1=yes", "q2=yes", "q3=yes"]
    assert {"lecture", str(COURSE)} <= set(chosen(page))
    assert "Is it the same kind as last time?" in page
    assert "A lecture of a course of study – CHEM1A: Chemistry" in page
    assert UseDeclaration.objects.count() == 1, "nothing is declared by looking"


def test_r82_a_students_work_needs_one_confirmation(cast, now):
    activate(now)
    work = assignment(cast, now)
    page = upload_page(cast.ben, work)
    assert "Is this your work for this course?" in page
    assert {"q1=yes", "q2=yes", "q3=yes", "student_assessment", str(COURSE)} <= set(chosen(page))
    assert "Is this your work" not in upload_page(cast.alice, work), "she is no student of it"
    Account.objects.filter(id=cast.ben).update(affiliation="university_staff")
    assert "What is it for?" in upload_page(cast.ben, work), "a colleague looks on, and says what it is"


def test_r82_who_has_a_role_on_the_folder_and_is_not_enrolled_on_the_course_does_not_submit(cast, now):
    activate(now)
    work = assignment(cast, now, inherits=False)
    access.add_member(work, PrincipalId(cast.eve), FolderRole.VIEWER, now=now)
    access.add_member(work, PrincipalId(cast.ben), FolderRole.VIEWER, now=now)
    assert 'id="upload"' in upload_page(cast.ben, work)
    assert client(cast.eve).get(f"/folders/{work}/").status_code == 200
    assert client(cast.eve).get(f"/folders/{work}/upload/").status_code == 404
    access.add_member(work, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert "Is this your work" not in upload_page(cast.eve, work)


def assignment(cast, now, **given):
    """Of the cast's course, whose own folder Chemistry is: Ben is enrolled by his group."""
    Folder.objects.filter(id=cast.chemistry).update(kind="course", course_id=COURSE)
    return library.add_folder("Essays", kind=FolderKind.ASSIGNMENT, parent_id=cast.chemistry, now=now, **given)


def test_r77_what_is_sent_as_a_form_is_a_declaration_or_nothing():
    whole = {"q1": "yes", "q2": "no", "q3": "unsure", "category": "lecture", "course": str(COURSE), "version": "1"}
    found = declaring.wish_from({**whole, "directly_relevant": "yes", "note": "x" * 600})
    assert (found.answers, found.category, found.course_id, found.version) == (
        ("yes", "no", "unsure"),
        "lecture",
        COURSE,
        1,
    )
    assert (found.relevance, len(found.note)) == (Relevance.YES, declaring.NOTE_LENGTH)
    assert declaring.wish_from({**whole, "course": "", "version": ""}).course_id is None
    for name, value in (("q1", ""), ("q2", "maybe"), ("course", "x"), ("version", "x"), ("directly_relevant", "x")):
        assert declaring.wish_from({**whole, name: value}) is None, name
