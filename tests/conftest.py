"""The fixed cast: Alice teaches, Ben studies, Chloe publishes, Dev administers, Eve is a student of another course."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import hypothesis
import pytest

from cathedra import config
from cathedra.domain.terms import AccountId, FolderId
from tests import rows, tables
from tests.live import _keep_blocker, full, running, start_cathedra  # noqa: F401 - fixtures for every test

hypothesis.settings.register_profile("patient", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("patient")

PASSWORD = "correct horse battery staple"
COURSE = UUID("c0de0000-0000-4000-8000-000000000001")  # of study; what the tests send is for it


@dataclass(frozen=True)
class Cast:
    alice: AccountId
    ben: AccountId
    chloe: AccountId
    dev: AccountId
    eve: AccountId
    chemistry: FolderId  # Alice creates, Ben views through a group, Chloe publishes
    physics: FolderId  # Eve views
    now: datetime


@cache
def hashed_password() -> str:
    """The cast shares one hash."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def accept_terms(*account_ids: AccountId, now: datetime) -> None:
    """Everybody has accepted what is published: nothing in a bare test database, the shipped versions in a tree."""
    from cathedra.db.models import TermsAcceptance, TermsVersion

    rows = [
        TermsAcceptance(
            account_id=account_id, document=terms.document, version=terms.version, text_hash=terms.text_hash, at=now,
            channel="CLI",
        )
        for terms in TermsVersion.objects.all()
        for account_id in account_ids
    ]  # fmt: skip
    TermsAcceptance.objects.bulk_create(rows, ignore_conflicts=True)


def make_cast(now: datetime) -> Cast:
    """Make the cast in the database that Django is connected to. Everybody's password is PASSWORD."""
    from cathedra.db.models import Account, Course
    from cathedra.db.writes import access, library, people
    from cathedra.domain.access import FolderRole
    from cathedra.domain.library import FolderKind
    from cathedra.domain.people import Affiliation, GroupKind, SystemRole
    from cathedra.domain.terms import PrincipalId

    def account(name: str, affiliation: Affiliation) -> AccountId:
        return people.add_account(
            name,
            full_name=name.title(),
            email=f"{name}@example.org",
            affiliation=affiliation,
            password=None,
            now=now,
        )

    alice = account("alice", Affiliation.UNIVERSITY_STAFF)
    ben = account("ben", Affiliation.STUDENT)
    chloe = account("chloe", Affiliation.COLLEGE_STAFF)
    dev = account("dev", Affiliation.UNIVERSITY_STAFF)
    eve = account("eve", Affiliation.STUDENT)
    people.give_system_role(dev, SystemRole.SERVICE_ADMIN, reason="runs the service", now=now)
    Account.objects.filter(id__in=[alice, ben, chloe, dev, eve]).update(password=hashed_password())
    department = library.add_department("Chemistry")
    Course.objects.create(
        id=COURSE, external_id="chem-1a", short_name="CHEM1A", full_name="Chemistry", kind="award",
        department_id=department, academic_year="2026-27",
    )  # fmt: skip
    root = library.add_folder("Chemistry", kind=FolderKind.DEPARTMENT, department_id=department, now=now)
    chemistry = library.add_folder("Part IA", kind=FolderKind.COURSE, parent_id=root, inherits=False, now=now)
    physics = library.add_folder("Physics", kind=FolderKind.COURSE, now=now)
    students = people.add_group("Part IA students", kind=GroupKind.INTERNAL)
    people.add_members(students, [ben])
    access.add_member(chemistry, PrincipalId(alice), FolderRole.CREATOR, now=now)
    access.add_member(chemistry, PrincipalId(students), FolderRole.VIEWER, now=now)
    access.add_member(chemistry, PrincipalId(chloe), FolderRole.PUBLISHER, now=now)
    access.add_member(physics, PrincipalId(eve), FolderRole.VIEWER, now=now)
    accept_terms(alice, ben, chloe, dev, eve, now=now)
    return Cast(alice, ben, chloe, dev, eve, chemistry, physics, now)


@pytest.fixture(autouse=True, scope="session")
def _argon2_at_its_cheapest() -> None:
    """Argon2 is slow on purpose: in the tests' own processes it does as little as it can. (Trees are as they are.)"""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


_CAST = rows.Copied(lambda: make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC)), kept=frozenset([COURSE]))


@pytest.fixture(scope="session")
def _cast_taken(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        _CAST.take()


@pytest.fixture
def cast(_cast_taken, db) -> Cast:
    return _CAST.again()


@pytest.hookimpl(tryfirst=True)  # before xdist looks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share what takes long to start run in one process, one after the other."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None and (group := group_of(item)):
            item.add_marker(pytest.mark.xdist_group(group))


def group_of(item: pytest.Item) -> str | None:
    """A product with a browser, one without, one with an S3 service."""
    module = item.path.name
    if item.path.parent.name == "journeys":
        return "pages" if module == "test_pages.py" else "journeys"  # each as long as the other half
    if "full" in item.fixturenames:
        return "journeys"  # which need the same product
    if "running" in item.fixturenames:
        return "product"
    return module if module in TOGETHER else None


# What these share is their module's; of the last, a test sees that groups are kept together.
TOGETHER = {"test_media_from_s3.py", "test_object_store.py", "test_deaths.py", "test_ci.py"}


WAITING = (
    "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers CASCADE"
)


@pytest.fixture(autouse=True)
def _no_job_for_another_test(request):
    """A test that commits is cleared away table by table, but only those that Django made: the queues are emptied here."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker is not None and marker.kwargs.get("transaction")):
        from django.db import connection

        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute(WAITING)


@pytest.fixture(autouse=True, scope="session")
def _emptied_quickly() -> None:
    """After a test that commits."""
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda test: None if tables.empty() else flush(test)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker) -> bool:
    """Whether the database is there already: a copy of the one that another process has made."""
    with django_db_blocker.unblock():
        return tables.copy()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit are cleaned up by TRUNCATE, which what only grows refuses everywhere but in their database."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cathedra_auditevent DISABLE TRIGGER audit_keep_all")
        cursor.execute("ALTER TABLE cathedra_audithead DISABLE TRIGGER audit_keep_all")
        cursor.execute("ALTER TABLE cathedra_termsversion DISABLE TRIGGER terms_keep_all")
        cursor.execute("ALTER TABLE cathedra_termsacceptance DISABLE TRIGGER terms_keep_all")
        cursor.execute("ALTER TABLE cathedra_usepolicyversion DISABLE TRIGGER use_keep_all")
        cursor.execute("ALTER TABLE cathedra_usedeclaration DISABLE TRIGGER use_keep_all")
        cursor.execute("ALTER TABLE cathedra_usedecision DISABLE TRIGGER use_keep_all")
        cursor.execute("ALTER TABLE cathedra_accessgrantuse DISABLE TRIGGER grant_use_keep_all")
        cursor.execute("ALTER TABLE cathedra_meterentry DISABLE TRIGGER meter_keep_all")
        cursor.execute("ALTER TABLE cathedra_metertotal DISABLE TRIGGER meter_keep_all")
    with django_db_blocker.unblock():
        tables.keep()


@pytest.fixture
def site_says(monkeypatch):
    """The site's settings, from the environment as an operator would give them: `with site_says(RESTORE_MIN_ROLE="creator")`."""

    @contextmanager
    def given(**settings: str):
        with monkeypatch.context() as environment:
            for name, value in settings.items():
                environment.setenv(f"CATHEDRA_{name}", value)
            config.get.cache_clear()
            yield
        config.get.cache_clear()

    yield given
    config.get.cache_clear()
