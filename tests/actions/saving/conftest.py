"""A lecture of a minute that viewers have without thirteen seconds, and the steps to a new one, one by one."""

import dataclasses
import uuid
from dataclasses import dataclass
from datetime import datetime

import pytest

from cathedra.actions import editing, encoding, metering, saving
from cathedra.db.models import Recording, Source
from cathedra.db.writes.transaction import transaction
from cathedra.domain.library import Look, Span
from cathedra.domain.metering import Cause
from cathedra.domain.terms import RecordingId, SourceId, system_actor
from tests.actions.editing.conftest import acting, rendition_bytes, room  # noqa: F401 - the fixtures stand there
from tests.domain.test_encoding import picture, probe, sound
from tests.fakes.encoder import ScriptedProber
from tests.lectures import keep_original

SYSTEM = system_actor()
CUTS = (Span(0, 5_000), Span(22_000, 30_000))
KEPT_MS = 47_000


@dataclass
class Anew:
    """The lecture, and whatever is made of it."""

    room: object
    cast: object
    now: datetime

    @property
    def id(self) -> RecordingId:
        return self.room.id

    @property
    def tools(self):
        return self.room.tools

    def cut(self, cuts=CUTS, *, version=0, looks=(), shown=True) -> None:
        made = editing.save_edit(
            self.id, cuts=cuts, looks=looks, version=version, actor=acting(self.cast.alice), now=self.now
        )
        assert made.decision.is_permitted, made.decision
        if shown:
            editing.show_edit(self.id, actor=SYSTEM, now=self.now, attempt=uuid.uuid4(), tools=self.tools)

    def ask(self, who=None, *, version=1):
        return saving.save_anew(self.id, version=version, actor=acting(who or self.cast.alice), now=self.now)

    def step(self, new_id):
        """The job of it, once."""
        return editing.keep_parts(new_id, actor=SYSTEM, now=self.now, attempt=uuid.uuid4(), tools=self.tools)

    def encode(self, new_id) -> None:
        """What processing does with its files."""
        files = Source.objects.filter(recording_id=new_id).order_by("position").values_list("id", flat=True)
        for verb in (encoding.package_source, encoding.encode_ladder):
            for one in files:
                verb(SourceId(one), actor=SYSTEM, now=self.now, attempt=uuid.uuid4(), tools=self.tools)

    def save(self, who=None) -> RecordingId:
        """All of it."""
        asked = self.ask(who)
        assert asked.decision.is_permitted, asked.decision
        self.step(asked.recording_id)
        self.encode(asked.recording_id)
        assert self.step(asked.recording_id) is encoding.Outcome.DONE
        return asked.recording_id

    def row(self, recording_id=None) -> Recording:
        return Recording.objects.get(id=recording_id or self.id)


@pytest.fixture
def anew(room, cast, now):  # noqa: F811 - the fixture that is named above
    found = probe((picture(duration_ms=KEPT_MS),), (sound(duration_ms=KEPT_MS),), duration_ms=KEPT_MS)
    room.tools = dataclasses.replace(room.tools, prober=ScriptedProber(found))
    keep_original(room.id, room.tools.store)
    Source.objects.filter(recording_id=room.id).update(encoded_at=now)
    with transaction():
        metering.settle([room.id], cause=Cause.READY, now=now)
    return Anew(room, cast, now)


__all__ = ["CUTS", "KEPT_MS", "SYSTEM", "Anew", "Look"]
