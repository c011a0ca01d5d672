"""The words of a course by the API (R209)."""

from cathedra.db.models import Course, Folder
from tests.web.browsing import client

JSON = {"content_type": "application/json"}


def test_the_words_of_a_course_are_read_and_replaced_r209(cast):
    Folder.objects.filter(id=cast.chemistry).update(course_id=Course.objects.get().id)
    browser, address = client(cast.alice), f"/api/folders/{cast.chemistry}/glossary"
    assert browser.put(address, {"words": ["enolate", " aldol"]}, **JSON).json()["words"] == ["aldol", "enolate"]
    assert browser.get(address).json() == {"course": "Chemistry", "words": ["aldol", "enolate"]}
    assert client(cast.ben).get(address).status_code == 404
