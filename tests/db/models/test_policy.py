"""Published versions and acceptances only grow, whoever asks (R8)."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from cathedra.db.models import TermsAcceptance, TermsVersion
from tests.agreements import EULA, accept, publish

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
