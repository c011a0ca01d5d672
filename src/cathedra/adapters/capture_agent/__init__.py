"""The reference capture agent (ADR 44): what runs on a recorder in a room. `Room` records by the schedule it holds and never
waits for the server; `Line` tells and sends the server what there is, whenever it can be reached."""

from cathedra.adapters.capture_agent._device import Recording, checksum, join
from cathedra.adapters.capture_agent._line import Line
from cathedra.adapters.capture_agent._room import Room
from cathedra.adapters.capture_agent._server import Away, Part, Refused, Server
from cathedra.adapters.capture_agent._settings import AgentSettings, Input, read_settings
from cathedra.adapters.capture_agent._store import Connection, Made, Sent, Store, Trouble

__all__ = [
    "AgentSettings",
    "Away",
    "Connection",
    "Input",
    "Line",
    "Made",
    "Part",
    "Recording",
    "Refused",
    "Room",
    "Sent",
    "Server",
    "Store",
    "Trouble",
    "checksum",
    "join",
    "read_settings",
]
