"""Jobs that look at what is shown."""

from collections.abc import Mapping
from uuid import UUID

from cathedra import wiring
from cathedra.actions import slides
from cathedra.domain.terms import RecordingId
from cathedra.worker.run import Run, text


def read_slides(run: Run, arguments: Mapping[str, object]) -> object:
    tools = slides.SlideTools(
        store=run.tools.store,
        camera=wiring.slide_camera(),
        reader=wiring.slide_reader(),
        decks=wiring.deck_reader(),
        work_dir=run.tools.work_dir,
    )
    return slides.read_slides(
        _recording(arguments),
        is_anew=bool(arguments.get("is_anew")),
        actor=run.actor,
        now=run.now,
        attempt=run.attempt,
        tools=tools,
    )


def abandon_slides(run: Run, arguments: Mapping[str, object]) -> object:
    return slides.abandon_slides(
        _recording(arguments), actor=run.actor, now=run.now, why=run.why, store=run.tools.store
    )


def _recording(arguments: Mapping[str, object]) -> RecordingId:
    return RecordingId(UUID(text(arguments, "recording_id")))
