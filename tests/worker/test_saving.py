"""A recording is saved anew by workers that are killed at every step, as if nobody had died (R53, R103)."""

import uuid
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cathedra.actions import editing, metering, saving
from cathedra.actions.encoding import Outcome
from cathedra.adapters.object_store import LocalStore
from cathedra.db.models import AuditEvent, MeterEntry, Notice, Recording, Rendition, Saving, Source
from cathedra.domain.library import Span
from cathedra.domain.terms import Actor, Channel
from cathedra.worker import saving as jobs
from cathedra.worker.run import Run
from tests import media
from tests.worker.pipeline import Folder, receive, work, work_dying_everywhere
from tests.worker.test_loop import unfinished_jobs

CUTS = [Span(0, 1500), Span(3000, 4200)]


@pytest.mark.django_db
def test_each_job_calls_one_verb(now, tmp_path):
    class Tools:
        class store:
            @staticmethod
            def delete_prefix(prefix):
                gone.append(prefix)

    gone = []
    run = Run(actor=None, now=now, attempt=uuid.uuid4(), tools=Tools(), stalled_seconds=1)
    nothing = {"recording_id": str(uuid.uuid4()), "more": "is ignored"}
    assert jobs.save_anew(run, nothing) is Outcome.NOTHING_TO_DO
    assert jobs.abandon_saving(run, nothing) is False
    assert jobs.clear_saving(run, nothing) is True
    assert gone == [f"stream/{nothing['recording_id']}/", f"originals/{nothing['recording_id']}/"]


def cut_lecture(folder: Folder, camera: Path, slides: Path, *, cast, now):
    """Two pictures and a sound, of which viewers have what is not cut."""
    made, _ = receive(folder, camera, cast=cast, now=now)
    assert work(folder) == 0
    receive(folder, slides, cast=cast, now=now, recording_id=made, position=1)
    assert work(folder) == 0
    alice = Actor(cast.alice, Channel.WEB)
    assert editing.save_edit(made, cuts=CUTS, version=0, actor=alice, now=now).decision.is_permitted
    assert work(folder) == 0
    asked = saving.save_anew(made, version=1, actor=alice, now=now)
    assert asked.decision.is_permitted, asked.decision
    return made, asked.recording_id


def ending(folder: Folder, original, new) -> dict:
    """What is there at the end, by names that are the same for every recording."""
    names = {str(original): "OLD", str(new): "NEW"}
    for recording_id in (original, new):
        for source in Source.objects.filter(recording_id=recording_id):
            names[str(source.id)] = f"{names[str(recording_id)]}{source.position}"

    def named(text: str) -> str:
        for one, name in names.items():
            text = text.replace(one, name)
        return text

    old_row, new_row = Recording.objects.get(id=original), Recording.objects.get(id=new)
    entries = MeterEntry.objects.filter(recording_id__in=(original, new))
    said = AuditEvent.objects.filter(target_id__in=(str(original), str(new))).order_by("id")
    return {
        "states": [(row.media_state, row.publication, row.keeping, row.duration_ms) for row in (old_row, new_row)],
        "renditions": sorted(
            (named(str(row.recording_id)), row.name, row.is_copy, round(row.duration_ms, -2))
            for row in Rendition.objects.filter(recording_id__in=(original, new))
        ),
        "meters": Counter((named(str(row.recording_id)), row.category, row.delta_s, row.cause) for row in entries),
        "audit": sorted(f"{row.action} {named(row.target_id)}" for row in said),
        "notices": sorted(Notice.objects.filter(event__contains="saving:").values_list("kind", flat=True)),
        "files": sorted(named(str(path)) for path in folder.files()),
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_r103_saved_by_workers_that_are_killed_at_every_step_it_ends_as_if_nobody_had_died(cast, tmp_path, now):
    camera, slides = tmp_path / "camera.mp4", tmp_path / "slides.mp4"
    media.lecture(camera, seconds=8)
    media.lecture(slides, seconds=8)
    calm, mortal = Folder(tmp_path / "calm"), Folder(tmp_path / "mortal")
    calm.path.mkdir()
    original, new = cut_lecture(calm, camera, slides, cast=cast, now=now)
    assert work(calm) == 0
    expected = ending(calm, original, new)
    (_, _, old_keeping, old_ms), (new_media, new_publication, new_keeping, new_ms) = expected["states"]
    assert (old_keeping, new_media, new_publication, new_keeping) == ("RECYCLED", "READY", "PUBLISHED", "ONLINE")
    assert abs(old_ms - new_ms - sum(cut.length_ms for cut in CUTS)) < 100
    Notice.objects.all().delete()

    mortal.path.mkdir()
    original, new = cut_lecture(mortal, camera, slides, cast=cast, now=now)
    deaths = work_dying_everywhere(mortal)
    # one job's death may find another in the middle of a put, which the sweep takes away
    LocalStore(mortal.media).remove_unfinished(before=datetime.now(UTC) + timedelta(minutes=1))
    assert ending(mortal, original, new) == expected
    for step in (
        "before join",
        "after join",
        "before put_file",
        "during make_first",
        "after make_rest",
        "after SAVE_ANEW",
    ):
        assert any(death.startswith(step) for death in deaths), (step, deaths)
    assert Saving.objects.filter(ended_at=None).count() == 0
    assert not mortal.work.exists() or list(mortal.work.iterdir()) == []
    assert unfinished_jobs() == []
    assert not metering.prove_meters(actor=Actor(None, Channel.WORKER), now=now)
