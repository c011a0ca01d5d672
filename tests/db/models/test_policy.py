"""Published versions and acceptances only grow, whoever asks (R8)."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from cathedra.db.models import (
    Recording,
    TermsAcceptance,
    TermsVersion,
    UseCase,
    UseDecision,
    UseDeclaration,
    UsePolicyVersion,
)
from cathedra.db.writes import library
from cathedra.domain.library import CourseKind
from tests.agreements import EULA, accept, publish
from tests.lectures import lecture

CHANGES = [
    "UPDATE cathedra_termsacceptance SET version = 1",
    "DELETE FROM cathedra_termsacceptance",
    "UPDATE cathedra_termsversion SET text = 'other'",
    "DELETE FROM cathedra_termsversion",
    "TRUNCATE cathedra_termsacceptance",
    "TRUNCATE cathedra_termsversion CASCADE",
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_or_remove_a_row_r8(cast, change):
    accept(cast.ben, publish(now=cast.now), now=cast.now)
    with connection.cursor() as cursor:
        for table in ("cathedra_termsversion", "cathedra_termsacceptance"):  # as everywhere but in tests
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER terms_keep_all")
        for role in ("origin", "replica"):
            cursor.execute(f"SET LOCAL session_replication_role = {role}")
            with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
                cursor.execute(change)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert (TermsAcceptance.objects.count(), TermsVersion.objects.count()) == (1, 1)


def test_nothing_is_accepted_that_was_not_published_r11(cast):
    row = {"account_id": cast.ben, "document": EULA, "text_hash": "", "at": cast.now, "channel": "WEB"}
    with pytest.raises(IntegrityError, match="terms_acceptance_of_a_version"), transaction.atomic():
        TermsAcceptance.objects.create(version=7, **row)
    publish(now=cast.now)
    TermsAcceptance.objects.create(version=1, **row)
    with pytest.raises(IntegrityError, match="terms_acceptance_once"), transaction.atomic():
        TermsAcceptance.objects.create(version=1, **row)


@pytest.mark.parametrize("field", ["document", "version"])
def test_a_version_is_of_a_document_and_there_once(cast, field):
    publish(now=cast.now)
    row = TermsVersion.objects.values().get()
    row.pop("id")
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsVersion.objects.create(**{**row, **({"document": "tos"} if field == "document" else {})})


def test_declarations_and_activated_versions_only_grow_and_hold_their_words_r8_r77(cast):
    for table in ("usedeclaration", "usepolicyversion", "usedecision"):  # as everywhere but in tests
        connection.cursor().execute(f"ALTER TABLE cathedra_{table} ENABLE ALWAYS TRIGGER use_keep_all")
    version = UsePolicyVersion.objects.create(
        version=1, title="t", text="t", text_hash="h", why="w", activated_at=cast.now
    )
    row = {
        "recording_id": lecture(cast.chemistry, cast.alice, now=cast.now), "account_id": cast.alice, "policy": version,
        "q1": "yes", "q2": "no", "q3": "unsure", "category": "lecture", "course_kind": "none", "relevance": "not_asked",
        "verdict": "NOT_PERMITTED", "at": cast.now,
    }  # fmt: skip
    UseDeclaration.objects.create(**row)
    course = library.add_course(
        "c", short_name="C", full_name="C", kind=CourseKind.AWARD, department_id=library.add_department("D"),
        academic_year="2026-27",
    )  # fmt: skip
    for field, value, constraint in (
        ("q1", "maybe", "use_declaration_q1"),
        ("q2", "maybe", "use_declaration_q2"),
        ("q3", "maybe", "use_declaration_q3"),
        ("relevance", "maybe", "use_declaration_relevance"),
        ("verdict", "MAYBE", "use_declaration_verdict"),
        ("course_kind", "award", '"use_declaration_course"'),
        ("course_id", course, '"use_declaration_course"'),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            UseDeclaration.objects.create(**{**row, field: value})
    with pytest.raises(IntegrityError, match="use_declaration_course_kind"), transaction.atomic():
        UseDeclaration.objects.create(**{**row, "course_id": course, "course_kind": "evening"})
    case = UseCase.objects.create(
        recording_id=row["recording_id"], cause="reported", state="closed", opened_at=cast.now
    )
    decided = {
        "case": case, "recording_id": row["recording_id"], "policy": version, "verdict": "NOT_PERMITTED", "reason": "x",
        "decided_by_id": cast.dev, "at": cast.now,
    }  # fmt: skip
    first = UseDecision.objects.create(**decided)
    UseDecision.objects.create(**{**decided, "verdict": "PERMITTED", "corrects": first})
    for more in ({"exempt_until": cast.now}, {"consented_by_id": cast.alice}):  # R89: it ends, and two people gave it
        with pytest.raises(IntegrityError, match="use_decision_exemption"), transaction.atomic():
            UseDecision.objects.create(**{**decided, "verdict": "EXEMPT", **more})
    connection.check_constraints()  # TRUNCATE waits for no check that is still to be made
    for change in (
        "UPDATE cathedra_usedecision SET verdict = 'PERMITTED'",
        "DELETE FROM cathedra_usedecision",
        "TRUNCATE cathedra_usedecision",
        "TRUNCATE cathedra_usedeclaration",
        "TRUNCATE cathedra_usepolicyversion CASCADE",
        "UPDATE cathedra_usedeclaration SET verdict = 'PERMITTED'",
        "DELETE FROM cathedra_usedeclaration",
        "UPDATE cathedra_usepolicyversion SET text = 'other'",
        "DELETE FROM cathedra_usepolicyversion",
    ):
        with pytest.raises(IntegrityError, match="never changed or removed"), transaction.atomic():
            connection.cursor().execute(change)
    Recording.objects.get().delete()  # a draft that was thrown away: what was declared of it stays
    kept = (UseDeclaration.objects.count(), UsePolicyVersion.objects.count(), UseDecision.objects.count())
    assert kept == (1, 1, 2)
