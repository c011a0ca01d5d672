"""A lecture of a minute with a picture, and an audio description for it; nothing of either is real but rows and files."""

import dataclasses
import re
import uuid
from dataclasses import dataclass
from datetime import datetime

import pytest

from cathedra.actions import audio_description as actions
from cathedra.actions import editing
from cathedra.db.models import Source
from cathedra.db.reads import audio_description as reads
from cathedra.domain.library import Span
from cathedra.domain.terms import RecordingId, system_actor
from tests.actions.editing.conftest import acting, rendition_bytes, room  # noqa: F401 - the fixtures stand there
from tests.domain.test_encoding import probe, sound
from tests.fakes.encoder import ScriptedProber

SYSTEM = system_actor()


@dataclass
class Desk:
    """The lecture, its people, and what is done with its description."""

    room: object
    cast: object
    now: datetime

    @property
    def id(self) -> RecordingId:
        return self.room.id

    @property
    def store(self):
        return self.room.tools.store

    def add(self, content=b"a whole mix", *, name="Week 3.wav", language="en-GB", who=None, to=None):
        path = self.room.folder / "sent"
        path.write_bytes(content)
        return actions.add_description(
            to or self.id, name=name, language=language, path=path, actor=acting(who or self.cast.alice), now=self.now,
            store=self.store,
        )  # fmt: skip

    def remove(self, *, who=None, of=None):
        return actions.remove_description(
            of or self.id, actor=acting(who or self.cast.alice), now=self.now, store=self.store
        )

    def prepare(self, recording_id=None):
        return actions.prepare_description(
            recording_id or self.id, actor=SYSTEM, now=self.now, attempt=uuid.uuid4(), tools=self.room.tools
        )

    def cut(self, *cuts, version=0, shown=True):
        spans = [Span(*one) for one in cuts]
        made = editing.save_edit(self.id, cuts=spans, version=version, actor=acting(self.cast.alice), now=self.now)
        assert made.decision.is_permitted
        if shown:
            self.show()

    def show(self):
        return editing.show_edit(self.id, actor=SYSTEM, now=self.now, attempt=uuid.uuid4(), tools=self.room.tools)

    def found(self, recording_id=None):
        return reads.find(recording_id or self.id)

    def text(self, name, recording_id=None) -> str:
        return self.store.objects[f"stream/{recording_id or self.id}/{name}"].decode()

    def made(self) -> list[str]:
        """Names of files that were made of descriptions, whichever."""
        return sorted(name for name in self.room.names() if re.search(r"\bd[0-9a-f]{12}\b", name))


@pytest.fixture
def desk(room, cast, now):  # noqa: F811 - the fixture that is named above
    found = probe((), (sound(duration_ms=60_400),), duration_ms=60_400)
    room.tools = dataclasses.replace(room.tools, prober=ScriptedProber(found))
    Source.objects.filter(recording_id=room.id).update(encoded_at=now)
    return Desk(room, cast, now)
