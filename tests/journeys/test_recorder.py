"""What is scheduled in a room is really recorded there: by the reference agent with the real ffmpeg, against the running
product (T2, T5, T9, T10, T14; and with the server away T6, T7, N4, N5, R159)."""

import signal
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from cathedra.actions import scheduling
from cathedra.db.models import Capture, Edit, Notice
from cathedra.domain.library import MediaState
from cathedra.domain.terms import system_actor
from tests.agents import Agent, until
from tests.journeys import watching
from tests.live import free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def agent(running, tmp_path, request):
    made = Agent(running, tmp_path, name=request.node.name, technicians=(running.cast.chloe,))
    yield made
    made.end()


def published(agent, recording):
    def is_there():
        row = agent.row(recording)
        return (row.media_state, row.publication) == (MediaState.READY, "PUBLISHED")

    until(is_there, what=f"{recording} is {agent.row(recording).media_state}; {agent.log()[-2000:]}")


def test_a_scheduled_lecture_is_recorded_paused_published_and_played(running, agent, page_for):
    recording = agent.schedule(in_s=6, for_s=600, title="Recorded in a room")
    agent.connect()
    agent.start()
    until(lambda: agent.lamp() == "recording", what=agent.log())
    until(lambda: agent.row(recording).media_state == MediaState.RECORDING, what="T5")
    agent.say("pause")
    until(lambda: agent.lamp() == "paused", what="T9")
    agent.say("resume")
    until(lambda: agent.lamp() == "recording", what="T9")
    until(lambda: agent.bytes_of(recording, 1) > 500_000, what="nothing is written")
    agent.say("stop")
    published(agent, recording)
    assert agent.lamp() == "off"
    until(lambda: agent.sent(recording)["confirmed_at"], what="R159")
    assert agent.pieces(recording), "kept for fourteen days"
    row = agent.row(recording)
    assert row.duration_ms > 8_000
    with running.database():
        capture = Capture.objects.get(recording_id=recording)
        assert (len(capture.pauses), capture.phase) == (1, "ended")
        until(lambda: Edit.objects.get(recording_id=recording).is_made, what="what was paused is cut (R162)")

    ben = page_for(running, running.cast.ben)
    watching.open_recording(ben, recording)
    expect(ben.get_by_role("heading", level=1)).to_have_text("Recorded in a room")
    watching.play(ben)
    watching.expect_moving(ben)


def test_what_is_recorded_while_the_server_is_away_is_missed_and_comes_late_whole(running, agent):
    """Killed in the middle as well: what was recorded before and after is one recording."""
    recording = agent.schedule(in_s=25, for_s=25, title="Without a network")
    agent.connect()
    agent.start()
    until(lambda: str(recording) in agent.plan(), what="the schedule was not fetched")
    agent.end()
    agent.point_to(f"http://127.0.0.1:{free_port()}")
    agent.start()
    until(lambda: agent.lamp() == "recording", what="R159")
    until(lambda: agent.bytes_of(recording, 1) > 50_000, what="nothing is written")
    agent.end(signal.SIGKILL)
    agent.start()
    until(lambda: agent.bytes_of(recording, 2) > 50_000, what="it did not go on")
    until(lambda: agent.lamp() == "off", what="it did not stop at its end")
    assert agent.row(recording).media_state == MediaState.SCHEDULED
    with running.database():
        scheduling.tend_missed(actor=system_actor(), now=datetime.now(UTC) + timedelta(minutes=31))
        assert running.cast.chloe in set(told("N4", recording)), "the technician"
    assert agent.row(recording).media_state == MediaState.MISSED

    agent.end()
    agent.point_to(running.url)
    agent.start()
    published(agent, recording)
    assert agent.row(recording).duration_ms > 8_000
    with running.database():
        assert set(told("N5", recording)) == {running.cast.alice}
    until(lambda: agent.sent(recording)["confirmed_at"], what="R159")
    assert len(agent.pieces(recording)) == 2, "kept for fourteen days"


def told(kind, recording):
    return Notice.objects.filter(kind=kind, link=f"/recordings/{recording}/").values_list("recipient_id", flat=True)
