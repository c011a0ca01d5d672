"""What the database itself refuses of plans, proofs and restores (R126, R127)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from cathedra.db.models import Restore, RetentionItem, RetentionRun, RetentionTelling
from tests.lectures import lecture


def test_r126_r127_a_plan_keeps_its_lines_and_a_proof_is_never_changed(cast, now):
    run = RetentionRun.objects.create(kind="ARCHIVE", day="2027-09-01", cutoff_at=now)
    about = {"run": run, "recording_id": uuid4(), "folder_id": cast.chemistry, "seconds": 60}
    item = RetentionItem.objects.create(**about, owner_id=cast.alice, joined="PLANNED", state="PLANNED")
    telling = RetentionTelling.objects.create(**about, step_days=30, recipient_id=cast.alice, at=now)
    mine = RetentionItem.objects.filter(id=item.id)
    refused = [
        lambda: RetentionTelling.objects.filter(id=telling.id).update(at=now),
        telling.delete,
        item.delete,
        lambda: mine.update(seconds=61),
        lambda: mine.update(state="SKIPPED", settled_at=now),  # without saying why
        lambda: mine.update(state="DONE"),  # without saying when
        lambda: RetentionTelling.objects.create(**about, step_days=30, recipient_id=cast.alice, at=now),
        lambda: RetentionTelling.objects.create(**about, step_days=7, at=now),
        lambda: RetentionRun.objects.create(kind="ARCHIVE", day="2027-09-01", cutoff_at=now),
        lambda: RetentionRun.objects.create(kind="ARCHIVE", day="2028-09-01", cutoff_at=now, began_at=now),
    ]
    for attempt in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert mine.update(state="DONE", settled_at=now) == 1
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        mine.update(state="SKIPPED", why="HELD")


def test_t31_one_restore_at_a_time(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    Restore.objects.create(recording_id=made, asked_at=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Restore.objects.create(recording_id=made, asked_at=now)
