"""The jobs of captions come to their verbs; speech has a queue of its own (R208)."""

import uuid
from types import SimpleNamespace

import pytest

from cathedra.actions.captions import Outcome, files_job, listening_job
from cathedra.db.reads import captions as reads
from cathedra.domain.jobs import JobKind, Queue
from cathedra.domain.library import AnalysisState
from cathedra.domain.terms import system_actor
from cathedra.worker.handlers import GIVING_UP, HANDLERS
from cathedra.worker.run import Outside, Run
from tests.actions.captions.talks import talk
from tests.fakes.speech import ScriptedListener


@pytest.fixture
def made(cast, now):
    return talk(cast, now)


def run(made, **options):
    outside = Outside(speech_engine=ScriptedListener, has_speech_engine=lambda: True)
    tools = SimpleNamespace(store=made.store)
    return Run(system_actor(), made.now, uuid.uuid4(), tools, 10, outside=outside, **options)


def test_a_recording_is_heard_written_and_given_up_by_its_jobs(made):
    job = listening_job(made.id)
    assert (job.queue, files_job(made.id).queue) == (Queue.SPEECH, Queue.IO)
    assert HANDLERS[JobKind.CATCH_UP_CAPTIONS](run(made), {}) == 1
    assert HANDLERS[job.kind](run(made), job.arguments) is Outcome.DONE
    assert HANDLERS[files_job(made.id).kind](run(made), files_job(made.id).arguments) == 1
    assert f"stream/{made.id}/captions-en.vtt" in made.store.objects
    assert GIVING_UP[job.kind](run(made, why="no memory"), job.arguments)
    assert reads.find_listening(made.id).state is AnalysisState.FAILED
