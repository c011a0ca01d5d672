"""The edited recording as one file: all that is kept in it and nothing else, not a sample encoded again (R204)."""

import uuid

import av
import pytest

from cathedra.actions import editing, playback
from cathedra.actions.editing import _join
from cathedra.actions.encoding import Outcome
from cathedra.db.models import AuditEvent, Folder
from cathedra.db.reads import content as reads
from cathedra.db.reads import playback as playback_reads
from cathedra.domain.access import Downloads
from cathedra.domain.playback import Part
from cathedra.domain.terms import Code
from tests.actions.editing import hls
from tests.actions.editing.conftest import acting
from tests.actions.editing.test_cut import RECORDING, edited, expected, renditions, tools  # noqa: F401 - fixtures
from tests.actions.editing.test_show import SYSTEM, save, show
from tests.actions.test_encoding import jobs

pytestmark = pytest.mark.slow


def test_every_kept_picture_and_the_sound_are_in_the_file(tools, renditions, tmp_path):  # noqa: F811
    for name in ("made", "a0"):
        kept, made = edited(tools, name, tmp_path, [(2_345, 5_210), (8_000, 9_999)])
        tools.store.put_bytes(f"stream/{RECORDING}/e1-{name}.m3u8", made.playlist.encode())
    tracks = [_join._track(tools, RECORDING, f"e1-{name}.m3u8", tmp_path) for name in ("made", "a0")]
    path = tools.renderer.join(tracks, tmp_path)
    with av.open(str(path)) as file:
        seen = [(float(frame.pts * frame.time_base), hls.number_in(frame)) for frame in file.decode(video=0)]
        sound = file.streams.audio[0]
        heard = float(sound.duration * sound.time_base)
    units = 12_800
    want, lasts = expected(renditions["made"], kept, units, round(14 * units))
    assert [number for _, number in seen] == [number for _, number in want]
    assert max(abs(one[0] - other[0] - seen[0][0]) for one, other in zip(seen, want, strict=True)) < 0.002
    assert abs(heard - lasts) < 0.1


@pytest.mark.django_db
def test_a_viewer_asks_for_it_waits_and_gets_it(room, cast, now):
    Folder.objects.filter(id=cast.chemistry).update(downloads=Downloads.VIEWERS)
    save(room, cast, now)
    show(room, now)
    file = playback_reads.find_edited(room.id)

    def take(source_id, who=cast.ben):
        return playback.take_original(
            room.id, source_id, part=Part.BEGINNING, actor=acting(who), now=now, store=room.tools.store
        )

    whole = playback_reads.list_originals(room.id)[0].id
    assert take(whole).decision.reasons[0].rule == "R204"  # holds what was cut
    assert (take(file.id).decision.code, jobs()[-1][0]) == (Code.NOT_READY, "JOIN_EDITED")
    joined = {"actor": SYSTEM, "now": now, "tools": room.tools}
    assert editing.join_edited(room.id, attempt=uuid.uuid4(), **joined) is Outcome.DONE
    assert editing.join_edited(room.id, attempt=uuid.uuid4(), **joined) is Outcome.NOTHING_TO_DO
    assert AuditEvent.objects.filter(action="recording:join_edited").count() == 1
    taken = take(file.id)
    assert (taken.decision.is_permitted, taken.file.object_key) == (True, f"originals/{room.id}/edited-1")
    assert AuditEvent.objects.get(action="recording:download").actor_id == cast.ben
    save(room, cast, now, cuts=(), version=1)
    show(room, now)
    assert playback_reads.find_edited(room.id) is None
    assert take(whole).decision.code is not Code.NOT_READY or not reads.edits_of(room.id).cuts
