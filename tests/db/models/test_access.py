"""A role stands once for a folder and a principal."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import FolderAccess, FolderMember


def test_roles_stand_once(cast, now):
    for table, more in ((FolderMember, {"given_at": now}), (FolderAccess, {})):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(folder_id=cast.chemistry, principal_id=cast.alice, role="creator", **more)


def test_a_role_is_one_of_r23(cast, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        FolderMember.objects.create(folder_id=cast.chemistry, principal_id=cast.alice, role="owner", given_at=now)
