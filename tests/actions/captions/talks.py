"""A recording with sound, and what stands in the tables afterwards."""

import uuid
from dataclasses import dataclass

from cathedra.actions import captions
from cathedra.db.models import AuditEvent, CaptionTrack, Recording, Rendition, Stream
from cathedra.db.reads import captions as reads
from cathedra.domain.library import Cue
from cathedra.domain.terms import Actor, Channel, system_actor
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture


def acting(account_id):
    return Actor(account_id=account_id, channel=Channel.WEB)


@dataclass
class Talk:
    """A recording on its way to captions."""

    id: uuid.UUID
    store: MemoryStore
    now: object

    def transcribe(self, listener, **options):
        return captions.transcribe(
            self.id, actor=system_actor(), now=self.now, attempt=uuid.uuid4(), store=self.store, listener=listener,
            **options,
        )  # fmt: skip

    def track(self, language="en"):
        return reads.find_track(self.id, language)

    def texts(self, language="en"):
        return [cue.text for cue in self.track(language).cues]

    def upload(self, who, text="00:01.000 --> 00:02.000\nBy hand", language="en", **options):
        return captions.upload_captions(
            self.id, language, data=text.encode(), actor=acting(who), now=self.now, **options
        )

    def files(self):
        captions.write_files(self.id, store=self.store)
        return {
            key.rpartition("/")[2]: data.decode() for key, data in self.store.objects.items() if key.endswith("vtt")
        }

    def content_version(self):
        return Recording.objects.values_list("content_version", flat=True).get(id=self.id)


def talk(cast, now, **facts):
    made, store = lecture(cast.chemistry, cast.alice, now=now, **facts), MemoryStore()
    stream = Stream.objects.filter(recording_id=made).first()
    if stream is not None:
        Rendition.objects.create(
            recording_id=made, stream=stream, kind="AUDIO", name="sound", is_copy=True, codecs="mp4a.40.2", peak_bps=1,
            average_bps=1, size_bytes=1, duration_ms=60_000, created_at=now,
        )  # fmt: skip
        store.put_bytes(f"stream/{made}/sound.mp4", b"its sound")
    return Talk(made, store, now)


def events(action):
    return [event.facts for event in AuditEvent.objects.filter(action=action)]


def cue(text, start_ms=1000, end_ms=2000):
    return captions.SavedCue(Cue(start_ms, end_ms, text))


def tracks():
    return sorted(CaptionTrack.objects.values_list("language", "origin", "version"))
