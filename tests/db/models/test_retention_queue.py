"""Who dealt with what a run left out."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import RetentionDealt, RetentionItem, RetentionRun


def test_r126_a_line_is_dealt_with_once_and_says_how(cast, now):
    run = RetentionRun.objects.create(kind="ARCHIVE", day="2027-09-01", cutoff_at=now)
    item = RetentionItem.objects.create(
        run=run, recording_id=cast.alice, owner_id=cast.alice, folder_id=cast.chemistry, seconds=1, joined="EXTRA",
        state="SKIPPED", why="NOT_PLANNED", settled_at=now,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="retention_dealt_says_how"), transaction.atomic():
        RetentionDealt.objects.create(item=item, dealt_at=now, note="")
    RetentionDealt.objects.create(item=item, dealt_at=now, note="Seen.")
    with pytest.raises(IntegrityError, match="retentiondealt_pkey"), transaction.atomic():
        RetentionDealt(item=item, dealt_at=now, note="Again.").save(force_insert=True)
