"""The shipped sample university is complete and means what it says."""

from cathedra.adapters import sample_files


def test_every_name_in_a_course_is_a_person_and_every_department_is_there():
    university = sample_files.university()
    logins = {person.login for person in university.people}
    departments = {name for name, _contact in university.departments}
    for course in university.courses:
        assert set(course.creators + course.publishers + course.viewers) <= logins
        assert course.department in departments
    for facility in university.facilities:
        assert set(facility.schedulers + facility.technicians) <= logins
        assert facility.department in departments
        assert facility.recorders
    assert {person.department for person in university.people} <= departments
    assert {person.affiliation for person in university.people} >= {"student", "university_staff", "college_staff"}
