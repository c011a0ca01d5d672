"""kill -9 at every step of a run, of real processes: the next one goes on, nothing twice, nothing left out (R53, R127)."""

from collections import Counter
from pathlib import Path

import pytest

from cathedra.db.models import AuditEvent, MeterEntry, Notice, RetentionItem, RetentionRun, RetentionTelling, Tombstone
from tests.actions.retention.archives import events, is_proved, keeping, kept, local, tend
from tests.actions.retention.mortal import places, tend_dying_everywhere

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TITLES = ("One", "Two")
PLANNED, NIGHT, MORNING = local(2027, 8, 2, 4), local(2027, 9, 1, 0, 5), local(2027, 9, 2, 5)
TOLD, LAST_PLANNED, LAST_NIGHT = local(2028, 6, 2, 4), local(2028, 8, 1, 4), local(2028, 8, 31, 0, 5)
LAST_MORNING = local(2028, 9, 1, 5)


def world(cast, folder: Path) -> dict:
    where = places(folder)
    return {kept(cast, where, local(2027, 1, 10), title=title): title for title in TITLES}


def files(folder: Path, made) -> list[str]:
    """Every file of both stores, by names that do not change; anything unfinished too."""
    found = [path for area in ("media", "archive") for path in (folder / area).rglob("*") if path.is_file()]
    return sorted(f"{path.relative_to(folder).parts[0]} {path.name if 'stream' in path.parts else path.read_text()}" for path in found)  # fmt: skip


def entries(recording_id) -> dict[tuple[str, int], int]:
    rows = MeterEntry.objects.filter(recording_id=recording_id)
    return Counter(rows.values_list("category", "delta_s"))


def check_run(kind: str, name: str, told: list[str], steps: int) -> None:
    """Each mark is set, each line done, each person told once a step, the trail says each thing once."""
    run = RetentionRun.objects.get(kind=kind, day__year=name.split("-")[1])
    assert None not in (run.frozen_at, run.began_at, run.joined_at, run.ended_at, run.receipted_at)
    lines = RetentionItem.objects.filter(run=run)
    assert [(line.state, line.joined) for line in lines] == [("DONE", "PLANNED")] * len(TITLES)
    notices = Notice.objects.filter(event__contains=str(run.id))
    assert sorted(notices.values_list("kind", flat=True)) == told
    assert RetentionTelling.objects.filter(run=run).count() == len(TITLES) * steps
    for action in ("run:freeze", "run:begin", "run:end"):
        assert AuditEvent.objects.filter(action=action, target_id=name).count() == 1, action
    assert AuditEvent.objects.filter(action="run:tell", target_id=name).count() == steps - 1, "the rest is the receipt"


def check_deaths(deaths: list[str], *ways: str) -> None:
    """They died where it hurts: on each of these lines of the product for each of the recordings."""
    for way in ways:
        about = {title for title in TITLES for death in deaths if f"about {title}:" in death and way in death}
        assert about == set(TITLES), (way, deaths)


def test_r127_an_archive_run_killed_at_every_step_ends_as_if_nothing_had_been(cast, tmp_path):
    made = world(cast, tmp_path)
    before = tend_dying_everywhere(PLANNED, tmp_path, made)
    night = tend_dying_everywhere(NIGHT, tmp_path, made)
    after = tend_dying_everywhere(MORNING, tmp_path, made)
    check_deaths(night, "copy_to_archive", " archive:", "settle", "tidy")
    assert any("freeze" in death for death in before)
    assert any("tell_step" in death for death in before)
    assert any("send_receipts" in death for death in after)
    assert [keeping(one) for one in made] == ["ARCHIVED"] * 2
    assert [events(one).count("recording:archive") for one in made] == [1, 1]
    assert files(tmp_path, made) == ["archive One", "archive Two", "media poster.jpg", "media poster.jpg"]
    for one in made:
        assert entries(one) == {("RECORDED", 60): 1, ("STORED", 60): 1, ("STORED", -60): 1, ("ARCHIVED", 60): 1}
    assert is_proved(MORNING)
    check_run("ARCHIVE", "archive-2027", ["N30", "N31", "N48"], steps=2)


def test_r127_t37_a_deletion_run_killed_at_every_step_ends_as_if_nothing_had_been(cast, tmp_path):
    made = world(cast, tmp_path)
    for moment in (PLANNED, NIGHT, MORNING, TOLD):
        tend(moment, places(tmp_path))
    before = tend_dying_everywhere(LAST_PLANNED, tmp_path, made)
    night = tend_dying_everywhere(LAST_NIGHT, tmp_path, made)
    after = tend_dying_everywhere(LAST_MORNING, tmp_path, made)
    check_deaths(night, " purge:", "settle", "delete_prefix", "tidy")
    assert any("tell_step" in death for death in before)
    assert any("send_receipts" in death for death in after)
    assert [keeping(one) for one in made] == ["PURGED"] * 2
    assert [events(one).count("recording:purge") for one in made] == [1, 1]
    assert files(tmp_path, made) == []
    assert sorted(Tombstone.objects.values_list("title", flat=True)) == sorted(TITLES)
    for one in made:
        gone = {("ARCHIVED", 60): 1, ("ARCHIVED", -60): 1}
        assert entries(one) == {("RECORDED", 60): 1, ("STORED", 60): 1, ("STORED", -60): 1, **gone}
    assert is_proved(LAST_MORNING)
    check_run("DELETION", "deletion-2028", ["N37", "N37", "N38", "N48"], steps=3)
