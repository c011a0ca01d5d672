"""Load the sample university, so that a newcomer has people, courses and folders to try things with."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from cathedra import config
from cathedra.actions import ingest
from cathedra.actions.policy import DeclareWish
from cathedra.adapters import sample_files
from cathedra.adapters.sample_files import SampleCourse, SampleFacility, SampleLecture, SamplePerson, SampleUniversity
from cathedra.adapters.spool import Spool
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import policy as policy_reads
from cathedra.db.reads import sample as sample_reads
from cathedra.db.writes import access, audit, library, people, policy, scheduling
from cathedra.db.writes.transaction import transaction
from cathedra.domain.access import FolderRole
from cathedra.domain.library import CourseKind, FolderKind
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import Answer, CurrentTerms, TermsDocument
from cathedra.domain.terms import AccountId, Actor, Decision, FolderId, PrincipalId, UnableTo

MARK = "Sample University"


def load_sample_university(university: SampleUniversity, *, actor: Actor, now: datetime) -> bool:
    """Make departments, people, courses and folders. False when it was there already; nothing is made twice."""
    with transaction():
        if library_reads.find_root_folder(MARK) is not None:
            return False
        departments = {
            name: library.add_department(name, contact_email=contact) for name, contact in university.departments
        }
        accounts = _add_people(university, departments, now)
        root = library.add_folder(MARK, kind=FolderKind.GENERAL, now=now)
        service = people.add_group("Lecture capture service", kind=GroupKind.INTERNAL)
        people.add_members(service, [accounts[p.login] for p in university.people if "service_admin" in p.roles])
        parents = {
            name: library.add_folder(
                name, kind=FolderKind.DEPARTMENT, parent_id=root, inherits=False, department_id=id_, now=now
            )
            for name, id_ in departments.items()
        }
        for course in university.courses:
            _add_course(course, university.academic_year, departments, parents, accounts, now)
        for facility in university.facilities:
            _add_facility(facility, departments, accounts, now)
        audit.record(actor, "sample:load", target_kind="folder", target_id=root, now=now)
    return True


def accept_terms_as_sample(university: SampleUniversity, *, actor: Actor, now: datetime) -> int:
    """Let the sample people have accepted what is published, but for those who are here for the first time (R9, R15).

    Returns how many acceptances were added. Only who never accepted anything does: a new version waits for their word.
    """
    added = 0
    with transaction():
        current = [terms for terms in map(policy_reads.current_terms, TermsDocument) if terms is not None]
        for person in university.people:
            account_id = people_reads.find_account_by_login(person.login)
            if account_id is None or not person.has_accepted:
                continue
            for terms in current:
                if policy_reads.find_accepted(account_id, terms.document) is None and _must_accept(person, terms):
                    added += policy.add_acceptance(account_id, terms, actor=actor, now=now)
        if added:
            audit.record(actor, "sample:accept_terms", target_kind="terms", target_id="", now=now)
    return added


def _must_accept(person: SamplePerson, terms: CurrentTerms) -> bool:
    """Viewers are never asked about the policy (R15)."""
    return terms.document is TermsDocument.EULA or person.affiliation != Affiliation.STUDENT


def _add_people(university: SampleUniversity, departments: dict[str, UUID], now: datetime) -> dict[str, AccountId]:
    accounts = {}
    for person in university.people:
        account_id = people.add_account(
            person.login,
            full_name=person.name,
            email=f"{person.login}@university.example",
            affiliation=Affiliation(person.affiliation),
            password=university.password,
            department_id=departments[person.department],
            now=now,
        )
        for role in person.roles:
            people.give_system_role(account_id, SystemRole(role), reason="The sample university needs one.", now=now)
        if person.affiliation != Affiliation.STUDENT:
            own = library.add_folder(f"{person.name}'s folder", kind=FolderKind.PERSONAL, owner_id=account_id, now=now)
            access.add_member(own, PrincipalId(account_id), FolderRole.CREATOR, now=now)
        accounts[person.login] = account_id
    return accounts


def _add_course(
    course: SampleCourse,
    academic_year: str,
    departments: dict[str, UUID],
    parents: dict[str, FolderId],
    accounts: dict[str, AccountId],
    now: datetime,
) -> None:
    """A course, its folder, and its three groups (R2)."""
    course_id = library.add_course(
        course.id,
        short_name=course.short,
        full_name=course.name,
        kind=CourseKind(course.kind),
        department_id=departments[course.department],
        academic_year=academic_year,
    )
    folder = library.add_folder(
        f"{course.short}: {course.name}",
        kind=FolderKind.COURSE,
        parent_id=parents[course.department],
        inherits=False,
        course_id=course_id,
        now=now,
    )
    roles = (
        ("creators", FolderRole.CREATOR, course.creators),
        ("publishers", FolderRole.PUBLISHER, course.publishers),
        ("viewers", FolderRole.VIEWER, course.viewers),
    )
    for suffix, role, logins in roles:
        group = people.add_group(
            f"{course.short} {suffix}", kind=GroupKind.EXTERNAL, external_id=f"sample:{course.id}_{suffix}"
        )
        people.add_members(group, [accounts[login] for login in logins])
        access.add_member(folder, PrincipalId(group), role, now=now)
    for name in course.folders:
        kind = FolderKind.ASSIGNMENT if name == "Practicals" else FolderKind.COURSE
        library.add_folder(name, kind=kind, parent_id=folder, now=now)


def _add_facility(
    facility: SampleFacility, departments: dict[str, UUID], accounts: dict[str, AccountId], now: datetime
) -> None:
    """A place with recorders, so that its people can schedule (R165)."""
    made = scheduling.add_facility(
        facility.name,
        department_id=departments[facility.department],
        schedulers=[accounts[login] for login in facility.schedulers],
        technicians=[accounts[login] for login in facility.technicians],
        now=now,
    )
    for name in facility.recorders:
        scheduling.add_recorder(made, name, now=now)


def add_sample_lectures(
    lectures: tuple[SampleLecture, ...], *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload
) -> int:
    """Upload each lecture as its lecturer, slides and camera; the worker prepares them like any other.

    Returns how many were added: one whose title stands in its folder already is left alone.
    """
    added = 0
    for lecture in lectures:
        place = sample_reads.find_course_folder(lecture.course, lecture.folder)
        owner = people_reads.find_account_by_login(lecture.owner)
        if place is None or owner is None or sample_reads.has_recording_titled(place, lecture.title):
            continue
        _add_lecture(lecture, place, actor=replace(actor, account_id=owner), now=now, spool=spool, limits=limits)
        added += 1
    return added


def _add_lecture(
    lecture: SampleLecture, place: FolderId, *, actor: Actor, now: datetime, spool: Spool, limits: config.Upload
) -> None:
    use = DeclareWish((Answer.YES, Answer.YES, Answer.YES), "lecture", policy_reads.course_of(place))
    wish = ingest.Wish(length_bytes=0, title=lecture.title, folder_id=place, use=use)
    for position, name in enumerate(lecture.files):
        with sample_files.lecture_file(name) as path:
            taken = ingest.receive_file(path, wish, actor=actor, now=now, spool=spool, limits=limits)
        if isinstance(taken, Decision):
            raise UnableTo(f"The sample lecture {lecture.title!r} was refused: {taken.reasons[0].sentence}")
        wish = ingest.Wish(length_bytes=0, recording_id=taken.recording_id, position=position + 1)
