"""Put away standing declarations (R83)."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from cathedra.db.models import StandingDeclaration
from cathedra.domain.terms import AccountId


def hold_standing(course_id: UUID) -> None:
    """Until the transaction ends, only this one may give a standing declaration for the course."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"cathedra standing {course_id}"])


def add_standing(course_id: UUID, academic_year: str, *, version: int, by: AccountId, now: datetime) -> UUID:
    """Somebody answers for a course and an academic year."""
    row = StandingDeclaration.objects.create(
        course_id=course_id, academic_year=academic_year, policy_version=version, given_by_id=by, given_at=now
    )
    return row.id


def withdraw_standing(standing_id: UUID, *, by: AccountId, now: datetime) -> bool:
    """Nobody answers any more. False when it was withdrawn before."""
    rows = StandingDeclaration.objects.filter(id=standing_id, withdrawn_at=None)
    return bool(rows.update(withdrawn_at=now, withdrawn_by_id=by))
