"""How long a recording counts, on real files that went through a worker (R96, R97, R112)."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import editing, metering
from cathedra.db.models import MeterEntry, Recording, Source, Stream
from cathedra.db.writes.transaction import transaction
from cathedra.domain.library import Span
from cathedra.domain.metering import Cause
from cathedra.domain.terms import system_actor
from tests import media
from tests.actions.retention.archives import by
from tests.lectures import lecture
from tests.worker.pipeline import Folder, receive, work


def sums(recording_id) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in MeterEntry.objects.filter(recording_id=recording_id):
        found[row.category] = found.get(row.category, 0) + row.delta_s
    return found


def is_proved(now) -> bool:
    return not metering.prove_meters(actor=system_actor(), now=now)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The same lecture for two, five and eight seconds, small."""
    place = tmp_path_factory.mktemp("in")
    return {
        seconds: media.lecture(place / f"{seconds}.mp4", seconds=seconds, size="160x90", rate=10)
        for seconds in (2, 5, 8)
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r96_r97_two_real_files_count_the_longer_one_once_and_a_later_one_nothing(cast, tmp_path, files, now):
    folder = Folder(tmp_path)
    made, _ = receive(folder, files[2], cast=cast, now=now)
    receive(folder, files[5], cast=cast, now=now, recording_id=made, position=1)
    assert work(folder) == 0
    assert sorted(round(each / 1000) for each in Stream.objects.values_list("duration_ms", flat=True)) == [2, 2, 5]
    assert sums(made) == {"RECORDED": 5, "STORED": 5}
    assert round(Recording.objects.get(id=made).duration_ms / 1000) == 5
    assert is_proved(now)

    alone, _ = receive(folder, files[2], cast=cast, now=now)
    assert work(folder) == 0
    later = datetime.now(UTC)
    receive(folder, files[8], cast=cast, now=later, recording_id=alone, position=1)
    assert work(folder) == 0
    assert Source.objects.filter(recording_id=alone, encoded_at__isnull=False).count() == 2
    assert sums(alone) == {"RECORDED": 2, "STORED": 2}  # fixed when processing first succeeded
    assert is_proved(later)


@pytest.mark.django_db
def test_r112_2_a_trim_changes_what_viewers_have_and_nothing_that_is_counted(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now, duration_ms=3_000_000)

    def settle() -> int:
        with transaction():
            return metering.settle([made], cause=Cause.READY, now=now)

    settle()
    trim = [Span(0, 120_000), Span(2_820_000, 3_000_000)]
    assert editing.save_edit(made, cuts=trim, version=0, actor=by(cast.alice), now=now).decision.is_permitted
    assert ProcrastinateJob.objects.filter(task_name="CUT_EDGES").exists()
    Recording.objects.filter(id=made).update(edited_ms=2_700_000)  # as that job leaves it
    assert settle() == 0
    assert sums(made) == {"RECORDED": 3000, "STORED": 3000}
    assert is_proved(now)
