"""The tools of this process are the configured ones."""

from cathedra import wiring
from cathedra.worker.processing import processing_tools


def test_the_tools_are_those_of_the_configuration():
    tools = processing_tools()
    configured = wiring.configuration()
    assert tools.store is wiring.object_store()
    assert tools.work_dir == configured.work_dir
    assert tools.max_hours == configured.encoding.max_duration_hours
    assert tools.ladder.first_height == 480
