"""What the job knows of a recording, and what a reference copy shows."""

import uuid

from cathedra.db.models import Recording, Rendition, Slide, Source, Stream
from cathedra.db.reads import slides as reads
from cathedra.db.writes import slides as writes
from cathedra.domain.library import Chapter
from tests.lectures import lecture


def rendition(stream, name, height, now):
    Rendition.objects.create(
        recording_id=stream.recording_id, stream=stream, kind="VIDEO", name=name, width=height, height=height,
        codecs="avc1", peak_bps=1, average_bps=1, size_bytes=1, duration_ms=60_000, created_at=now,
    )  # fmt: skip


def test_the_first_screen_is_looked_at_whichever_file_it_came_in(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert reads.facts(made).screen is None, "a camera shows no slides"
    source = Source.objects.create(
        recording_id=made, position=1, original_name="two.mp4", size_bytes=1, object_key="", received_at=now
    )
    stream = Stream.objects.create(
        recording_id=made, source=source, role="SECONDARY", source_index=0, duration_ms=59_000, width=1920, height=1080,
        is_screen=True,
    )  # fmt: skip
    assert reads.facts(made).screen is None, "nothing of it plays yet"
    for name, height in (("v720", 720), ("v1080", 1080), ("v360", 360)):
        rendition(stream, name, height, now)
    screen = reads.facts(made).screen
    assert (screen.tallest, screen.smallest, screen.is_first, screen.duration_ms) == ("v1080", "v360", False, 59_000)
    assert reads.facts(uuid.uuid4()) is None


def test_a_reference_copy_shows_what_it_plays_and_has_nothing_of_its_own_to_look_at_r140(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    stream = Stream.objects.get(recording_id=made)
    Slide.objects.create(recording_id=made, stream=stream, position=0, start_ms=0, end_ms=5, image="slide-1-ab.jpg")
    writes.replace_chapters(made, [Chapter(0, "Heat")])
    copy = lecture(cast.physics, cast.eve, now=now)
    Recording.objects.filter(id=copy).update(reference_of=made, origin="reference_copy")
    assert [slide.image for slide in reads.list_slides(copy)] == ["slide-1-ab.jpg"]
    assert [chapter.title for chapter in reads.list_chapters(copy)] == ["Heat"]
    assert reads.is_reference(copy)
    assert not reads.facts(copy).is_playable
