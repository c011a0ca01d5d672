"""Put away published documents and who accepted them. Rows are only ever added (R8)."""

from datetime import datetime

from django.db import connection

from cathedra.db.models import TermsAcceptance, TermsVersion
from cathedra.domain.policy import CurrentTerms, Terms, text_hash
from cathedra.domain.terms import AccountId, Actor


def hold_publishing() -> None:
    """Until the transaction ends, only this one may publish."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cathedra publish terms'))")


def add_version(terms: Terms, *, is_required: bool, by: AccountId | None, now: datetime) -> None:
    """Publish a version: from its commit on it is the current one, at every door."""
    TermsVersion.objects.create(
        document=terms.document,
        version=terms.version,
        date=terms.date,
        title=terms.title,
        text=terms.text,
        text_hash=text_hash(terms.text),
        changes=terms.changes,
        is_required=is_required,
        published_at=now,
        published_by_id=by,
    )


def add_acceptance(account_id: AccountId, terms: CurrentTerms, *, actor: Actor, now: datetime) -> bool:
    """Keep that somebody accepted a version (R11). False when they had already: the first time stands."""
    row = TermsAcceptance(
        account_id=account_id,
        document=terms.document,
        version=terms.version,
        text_hash=terms.text_hash,
        at=now,
        channel=actor.channel,
        address=actor.address,
    )
    had = TermsAcceptance.objects.filter(account_id=account_id, document=terms.document, version=terms.version)
    if had.exists():
        return False
    TermsAcceptance.objects.bulk_create([row], ignore_conflicts=True)
    return True
