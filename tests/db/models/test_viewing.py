"""A stretch stands once; a viewer has one progress with a recording; its percent is one."""

import pytest
from django.db import IntegrityError, transaction

from cathedra.db.models import ViewEvent, ViewProgress
from tests.lectures import lecture


def test_what_the_tables_do_not_take(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    event = {
        "session": made, "number": 1, "place": 0, "recording_id": made, "at": now, "start_ms": 0, "watched_ms": 5,
        "speed": 1.0, "start": "START", "stop": "PAUSE",
    }  # fmt: skip
    progress = {"recording_id": made, "account_id": cast.ben, "watched": b"", "first_at": now, "last_at": now}
    ViewEvent.objects.create(**event)
    ViewProgress.objects.create(**progress)
    wrong = [
        (ViewEvent, event),
        (ViewEvent, {**event, "place": 1, "start": "WHY"}),
        (ViewEvent, {**event, "place": 1, "stop": "WHY"}),
        (ViewProgress, progress),
        (ViewProgress, {**progress, "account_id": cast.alice, "percent": 101}),
    ]
    for kind, facts in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            kind.objects.create(**facts)
