"""Cuts as a player plays them: every picture and every sample that is kept, at its place, and nothing else."""

import random
from bisect import bisect_right
from itertools import islice, pairwise

import av
import numpy
import pytest

from cathedra.actions.editing import _join
from cathedra.actions.editing._cut import cut_rendition
from cathedra.actions.encoding import Tools
from cathedra.adapters import fragments, policy_files
from cathedra.adapters.ffmpeg import Ffmpeg
from cathedra.adapters.spool import Spool
from cathedra.config import Encoding
from cathedra.domain import encoding as rules
from cathedra.domain.library import Edits, Span
from tests.actions.editing import hls
from tests.fakes.encoder import ScriptedProber
from tests.fakes.object_store import MemoryStore
from tests.media import ffmpeg

pytestmark = pytest.mark.slow
RECORDING = "00000000-0000-4000-8000-000000000001"
SECONDS = 14
_FRAGMENTS = ["-movflags", "+cmaf+frag_keyframe+empty_moov+skip_trailer", "-f", "mp4"]


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edges")
    ladder = rules.parse_ladder(policy_files.read("ladder"))
    return Tools(
        store=MemoryStore(),
        spool=Spool(folder / "incoming"),
        prober=ScriptedProber(None),
        renderer=Ffmpeg(Encoding(), ladder),
        ladder=ladder,
        work_dir=folder / "work",
        max_hours=24,
    )


# As the ladder makes them; as copies come: reordered, key frames far apart; with pictures at uneven times; and reordered at
# uneven times, each for as long as it is shown.
PICTURES = {
    "made": (["-bf", "2", "-force_key_frames", "expr:gte(t,n_forced*4)", "-g", "900"], 25),
    "copied": (["-bf", "3", "-g", "70", "-profile:v", "main"], 10),
    "uneven": (["-vf", "select='not(mod(n,7))+lt(mod(n,20),3)'", "-fps_mode", "vfr", "-enc_time_base", "1:90000",
                "-force_key_frames", "expr:gte(t,n_forced*4)"], 20),
    "standing": (["-vf", "select='not(mod(n,17))+lt(mod(n,40),5)'", "-fps_mode", "vfr", "-enc_time_base", "1:90000",
                  "-bf", "3", "-x264-params", "b-adapt=0", "-force_key_frames", "expr:gte(t,n_forced*4)"], 20),
}  # fmt: skip


@pytest.fixture(scope="module")
def renditions(tools, tmp_path_factory):
    """Name to the times (in units) and numbers of its pictures."""
    folder, found = tmp_path_factory.mktemp("renditions"), {}
    for name, (words, rate) in PICTURES.items():
        path = folder / f"{name}.mp4"
        ffmpeg(*hls.counted(rate, SECONDS), *words, "-c:v", "libx264", "-preset", "ultrafast", *_FRAGMENTS, path)
        fragments.settle(path, first_shown=0)
        if name == "standing":
            fragments.retime(path, ends=SECONDS)
        tools.store.put_file(f"stream/{RECORDING}/{name}.mp4", path)
        with av.open(str(path)) as file:
            seen = [(frame.pts, hls.number_in(frame)) for frame in file.decode(video=0)]
        found[name] = [(at - seen[0][0], number) for at, number in seen]
    path = folder / "a0.mp4"
    sweep = f"aevalsrc='0.5*sin(2*PI*(200*t+40*t*t))':s=48000:d={SECONDS}"
    cut = ["-movflags", "+cmaf+empty_moov+delay_moov+skip_trailer", "-use_editlist", "0", "-frag_duration", "4000000"]
    ffmpeg("-f", "lavfi", "-i", sweep, "-ac", "1", "-c:a", "aac", "-b:a", "96k", *cut, path)
    fragments.settle(path, first_shown=0)
    tools.store.put_file(f"stream/{RECORDING}/a0.mp4", path)
    return found


def cuts():
    """Several in one segment, at the start and at the end, anywhere; across segments, where segments meet, once more
    anywhere."""
    chance = random.Random(5)
    places = [sorted(chance.sample(range(SECONDS * 1000), 4)) for _ in range(2)]
    yield "several in one", [(4_400, 4_500), (5_600, 5_777), (6_900, 7_013)]
    yield "both ends", [(0, 1_234), (11_111, SECONDS * 1000)]
    yield "anywhere", [tuple(places[0][:2]), tuple(places[0][2:])]
    yield "across", [(2_345, 10_210)]
    yield "where segments meet", [(4_000, 8_000)]
    yield "anywhere else", [tuple(places[1][:2]), tuple(places[1][2:])]


def edited(tools, name, folder, spans):
    edits = Edits.of([Span(*one) for one in spans], duration_ms=SECONDS * 1000)
    kept = [(one.start_ms, one.end_ms) for one in edits.kept(SECONDS * 1000)]
    made = cut_rendition(tools, RECORDING, name, version=1, kept=kept, duration_ms=SECONDS * 1000, folder=folder)
    tools.store.put_file(f"stream/{RECORDING}/{made.path.name}", made.path)
    return kept, made


def reader(tools):
    return lambda name: tools.store.objects[f"stream/{RECORDING}/{name}"]


def expected(frames, kept, units, ends):
    """What a viewer of the original sees in the kept parts: the picture that stands at a cut's edge stands there too."""
    found, clock = [], 0
    times = [at for at, _ in frames]
    for start_ms, end_ms in kept:
        begins = start_ms * units // 1000
        until = ends if end_ms == SECONDS * 1000 else min(ends, end_ms * units // 1000)
        first = max(0, bisect_right(times, begins) - 1)
        shown = [(at, number) for at, number in frames[first:] if at < until]
        found += [((clock + max(at, begins) - begins) / units, number) for at, number in shown]
        clock += until - begins
    return found, clock / units


@pytest.mark.parametrize("name", PICTURES)
def test_every_kept_picture_is_shown_at_its_place_and_no_other(name, tools, renditions, tmp_path):
    path = tmp_path / "whole.mp4"
    path.write_bytes(reader(tools)(f"{name}.mp4"))
    file = fragments.read(path)
    units = file.header.units_per_second
    for case, spans in islice(cuts(), 3 if name == "made" else 2):
        kept, made = edited(tools, name, tmp_path, spans)
        want, lasts = expected(renditions[name], kept, units, round(file.ends * units))
        seen = hls.pictures(made.playlist, reader(tools), tmp_path)
        assert [number for _, number in seen] == [number for _, number in want], (case, kept)
        assert max(abs(one[0] - other[0]) for one, other in zip(seen, want, strict=True)) < 0.001, (case, kept)
        assert abs(hls.length(made.playlist) - lasts) < 0.001, case
        assert made.playlist.count("DISCONTINUITY") == len(kept) - 1, case
        assert made.encoded <= 2 * len(spans), case  # only what an edge crosses


def test_every_kept_sample_is_heard_at_its_place(tools, renditions, tmp_path):
    rate = 48_000
    path = tmp_path / "whole.mp4"
    path.write_bytes(reader(tools)("a0.mp4"))
    with av.open(str(path)) as file:
        whole = numpy.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    for case, spans in islice(cuts(), 4):
        kept, made = edited(tools, "a0", tmp_path, spans)
        want = numpy.concatenate(
            [whole[start * 48 : (end * 48 if end < SECONDS * 1000 else len(whole))] for start, end in kept]
        )
        heard = hls.samples(made.playlist, reader(tools), tmp_path, rate, kept)
        assert 0 <= len(want) - len(heard) < 1024, case  # the last packet says where the sound ends
        joins = [0, *numpy.cumsum([(end - start) * 48 for start, end in kept])]
        for begins, ends in pairwise(joins):
            for at in (begins + 1200, (begins + ends) // 2, ends - 6400):
                assert _lag(heard, want, at) == 0, (case, at / rate)
            for at in range(begins + 1440, ends - 1920, 480):  # a hundredth of a second at a cut is given up
                loud = numpy.sqrt(((heard[at : at + 480] - want[at : at + 480]) ** 2).mean())
                assert loud < 0.08, (case, at / rate, loud)
        assert made.playlist.count("DISCONTINUITY") == len(kept) - 1, case
        assert made.encoded <= len(spans), case


def _lag(heard, want, at, window=4800, most=48):
    """By how many samples a tenth of a second is heard late."""
    sound = heard[at : at + window]
    tried = {lag: float(sound @ want[at - lag : at - lag + len(sound)]) for lag in range(-most, most + 1)}
    return max(tried, key=tried.get)


def test_an_edge_that_was_made_is_not_made_again_and_a_cut_repeated_gives_the_same_playlist(
    tools, renditions, tmp_path
):
    _, first = edited(tools, "made", tmp_path, [(5_000, 6_500)])
    _, second = edited(tools, "made", tmp_path, [(5_000, 6_500)])
    assert (first.encoded, second.encoded) == (2, 0)
    assert first.playlist == second.playlist
    assert edited(tools, "made", tmp_path, [])[1].encoded == 0


def test_every_kept_picture_and_the_sound_are_in_the_file(tools, renditions, tmp_path):
    for name in ("made", "a0"):
        kept, made = edited(tools, name, tmp_path, [(2_345, 5_210), (8_000, 9_999)])
        tools.store.put_bytes(f"stream/{RECORDING}/{name}.m3u8", made.playlist.encode())
    tracks = [_join.track(tools, f"stream/{RECORDING}/", f"{name}.m3u8", tmp_path) for name in ("made", "a0")]
    path = tools.renderer.join(tracks, tmp_path)
    with av.open(str(path)) as file:
        seen = [(float(frame.pts * frame.time_base), hls.number_in(frame)) for frame in file.decode(video=0)]
        sound = file.streams.audio[0]
        heard = float(sound.duration * sound.time_base)
    units = 12_800
    want, lasts = expected(renditions["made"], kept, units, round(SECONDS * units))
    assert [number for _, number in seen] == [number for _, number in want]
    assert max(abs(one[0] - other[0] - seen[0][0]) for one, other in zip(seen, want, strict=True)) < 0.002
    assert abs(heard - lasts) < 0.1
