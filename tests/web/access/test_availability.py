"""The pages of availability (R44 to R50)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cathedra.db.models import Course, Folder, Recording
from cathedra.db.writes import library
from cathedra.domain.library import CourseKind
from tests.web.browsing import client, text


def test_a_folders_times_are_of_the_site_and_are_kept_r44_r47(cast, made):
    browser, page = client(cast.chloe), f"/folders/{cast.chemistry}/availability/"
    given = {"start": "date", "starts_at": "2030-07-01T09:00", "end": "forever", "release_delay_hours": "24"}
    assert "Saved." in text(browser.post(page, given, follow=True))
    row = Folder.objects.get(id=cast.chemistry)
    assert row.starts_at == datetime(2030, 7, 1, 9, tzinfo=ZoneInfo("Europe/London"))
    assert (row.start, row.end, row.release_delay_hours) == ("date", None, 24)
    assert 'value="2030-07-01T09:00"' in text(browser.get(page))
    refused = browser.post(page, {**given, "end": "date", "ends_at": "2030-06-01T09:00"})
    assert refused.status_code == 422
    assert "The end must be later than the start." in text(refused)
    assert browser.post(page, {**given, "starts_at": ""}).status_code == 422
    answer = client(cast.ben).get(f"/recordings/{made}/")
    assert "Mon 1 Jul 2030, 09:00" in text(answer)


def test_a_recording_with_times_of_its_own_is_marked_and_cleared_r45_r50(cast, made):
    browser, page = client(cast.alice), f"/recordings/{made}/availability/"
    assert "there is no limit in time" in text(browser.get(page))
    answer = browser.post(page, {"start": "never", "end": "with_folder"}, follow=True)
    assert "its viewers cannot watch it" in text(answer)
    folder = f"/folders/{cast.chemistry}/availability/"
    assert "Recordings with settings of their own" in text(browser.get(folder))
    assert "1 recording follows the folder again." in text(browser.post(f"{folder}clear/", follow=True))
    assert Recording.objects.get(id=made).start == "with_folder"
    assert client(cast.ben).post(f"{folder}clear/").status_code == 404
    assert browser.post(page, {"start": "date", "end": "forever"}).status_code == 422


def test_a_courses_floor_is_told_and_asks_for_the_decision_r48(cast, made):
    department = Folder.objects.get(id=cast.chemistry).department_id
    given = {"full_name": "Chemistry", "kind": CourseKind.AWARD, "department_id": department}
    library.add_course("chem", short_name="IA", academic_year="2026-27", **given)
    Folder.objects.filter(id=cast.chemistry).update(course=Course.objects.get(short_name="IA"))
    Recording.objects.filter(id=made).update(captured_at=datetime(2026, 11, 2, tzinfo=ZoneInfo("UTC")))
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/availability/"
    assert "stay until Fri 18 Dec 2026 at least" in text(browser.get(page))
    early = {"start": "immediately", "end": "date", "ends_at": "2026-12-01T00:00", "reference": "DEC-1"}
    assert "until Fri 18 Dec 2026. Choose a later end" in text(browser.post(page, early))
    later = {**early, "ends_at": "2027-02-01T00:00", "reference": ""}
    assert "Thu 30 Sep 2027" in text(browser.post(page, later))
    assert browser.post(page, {**later, "reference": "DEC-1"}).status_code == 302


def test_where_publishers_approve_the_start_is_not_asked_r71(cast):
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    browser, page = client(cast.alice), f"/folders/{cast.chemistry}/availability/"
    assert 'name="start"' not in text(browser.get(page))
    assert browser.post(page, {"end": "date", "ends_at": "2031-01-01T00:00"}).status_code == 302
    row = Folder.objects.get(id=cast.chemistry)
    assert (row.start, row.end) == ("when_approved", "date")
