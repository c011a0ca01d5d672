"""Who someone is, as the table sees it."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import Account


def test_an_account_has_an_affiliation_of_r1_and_says_when_it_ended(cast):
    row = Account.objects.filter(id=cast.ben)
    for wrong in ({"affiliation": "alumnus"}, {"is_active": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**wrong)
    assert str(row.get()) == "ben"
