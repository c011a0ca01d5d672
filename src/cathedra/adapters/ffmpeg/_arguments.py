"""ffmpeg's argument lists. Pure: facts in, words out; every path is absolute behind `file:` (security class 27)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cathedra.domain.encoding import LEAST_RATE, Picture, Sound, SoundPlan, VideoPlan, needs_tone_mapping

FRAGMENTS = ("-movflags", "+cmaf+frag_keyframe+empty_moov+skip_trailer", "-f", "mp4")
# The header waits for the first packet: what describes the sound of a transport stream comes with it, not before.
SOUND_FLAGS = "+cmaf+empty_moov+delay_moov+skip_trailer"
NO_LEFTOVERS = ("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact")
_TICKS = 90_000
_AAC_SAMPLES = 1024
_TONE_MAPPING = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
)
SPEECH_RATE = 16_000
WAVEFORM_RATE = 8000
SCENES_FILE = "scenes.txt"
SEEN_FILE, SEEN_EVERY = "seen.txt", 1  # seconds
WAVEFORM_FILE = "waveform.u8"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came, with the demuxer that reading it found."""

    path: Path
    demuxer: str


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every encode."""

    segment_seconds: float
    sound_kbps: int
    threads: int


def begin(*, keeps_clock: bool = False) -> list[str]:
    """The options before any input. `keeps_clock`: times stay as they are in the file."""
    words = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "warning", "-y", "-progress", "pipe:1"]
    return [*words, "-stats_period", "1", *(["-copyts"] if keeps_clock else [])]


def read(source: Source, *, before: Sequence[str] = ()) -> list[str]:
    """The input: its demuxer is forced, no other is allowed, and only files can be opened."""
    whitelist = ["-format_whitelist", source.demuxer, "-protocol_whitelist", "file", "-fflags", "+discardcorrupt"]
    return [*before, *whitelist, "-f", source.demuxer, "-i", f"file:{source.path}"]


def concat_list(files: Sequence[tuple[Path, float]]) -> str:
    """ffmpeg's list of files that follow each other; the paths are ours and hold no quote."""
    lines = ["ffconcat version 1.0"]
    for path, lasts in files:
        lines += [f"file 'file:{path}'", f"duration {lasts:.6f}"]
    return "\n".join([*lines, ""])


def read_list(path: Path) -> list[str]:
    """The input that such a list is: of files of ours only."""
    allowed = ["-format_whitelist", "concat,mov,mp4,mov,mp4,m4a,3gp,3g2,mj2", "-protocol_whitelist", "file"]
    return [*allowed, "-f", "concat", "-safe", "0", "-i", f"file:{path}"]


def copied_picture(picture: Picture, plan: VideoPlan, folder: Path) -> list[str]:
    """The upload's own bits, in fragments that begin with key frames."""
    return ["-map", f"0:{picture.index}", "-c:v", "copy", *NO_LEFTOVERS, *FRAGMENTS, output(folder, plan.name)]


def sound(plan: SoundPlan, rules: Rules, folder: Path, *, begins_us: int, zero_us: int) -> list[str]:
    """A sound rendition that begins at `begins_us` of the file's clock; a decoder's run-up is left out. `zero_us` is
    what the run takes for zero: 0 when it keeps the file's clock."""
    words = ["-map", f"0:{plan.sound.index}"]
    if plan.is_copy:
        first = _kept_from(plan.sound, begins_us)[0]
        words += ["-ss", f"{first - zero_us / 1_000_000:.6f}", "-c:a", "copy", "-bsf:a", "aac_adtstoasc"]
    else:
        channels = 1 if plan.sound.channels == 1 else 2
        begins = round((begins_us - zero_us) * 48_000 / 1_000_000)
        fill = f"aresample=48000:async=1:min_hard_comp=0.05:first_pts={begins},asetpts=PTS-{begins}"
        if plan.lasts_ms:
            samples = plan.lasts_ms * 48
            fill += f",apad=whole_len={samples},atrim=end_sample={samples}"
        words += ["-af", fill, "-ac", str(channels), "-c:a", "aac", "-b:a", f"{rules.sound_kbps}k"]
        words += ["-bsf:a", "noise=amount=0:drop='lt(pts,0)'"]  # the encoder's run-up
    cut = [
        "-movflags",
        SOUND_FLAGS,
        "-use_editlist",
        "0",
        "-frag_duration",
        str(int(rules.segment_seconds * 1_000_000)),
    ]
    return [*words, *NO_LEFTOVERS, *cut, "-f", "mp4", output(folder, plan.name)]


def sound_begins(plan: SoundPlan, *, begins_us: int) -> Fraction:
    """When the first sample of a rendition made by `sound` is heard, in seconds after `begins_us`."""
    return _kept_from(plan.sound, begins_us)[1] if plan.is_copy else Fraction(0)


def _kept_from(found: Sound, begins_us: int) -> tuple[float, Fraction]:
    """The instant from which packets are kept (seconds of the file's clock), and what the first then begins at."""
    lasts = Fraction(_AAC_SAMPLES, found.sample_rate)
    starts, wanted = Fraction(found.start_us, 1_000_000), Fraction(begins_us, 1_000_000)
    dropped = max(0, math.ceil((wanted - starts) / lasts - Fraction(1, 2)))
    return float(starts + (dropped - Fraction(1, 2)) * lasts), max(Fraction(0), starts + dropped * lasts - wanted)


def encoded_pictures(
    picture: Picture, plans: Sequence[VideoPlan], rules: Rules, folder: Path, *, is_screen: bool, with_scenes: bool
) -> list[str]:
    """One decode feeding every rendition, and the scene scores if wanted."""
    words = ["-filter_complex", _graph(picture, plans, is_screen=is_screen, with_scenes=with_scenes)]
    for number, plan in enumerate(plans):
        words += ["-map", f"[v{number}]", *_x264(plan, rules), *NO_LEFTOVERS, *FRAGMENTS, output(folder, plan.name)]
    if with_scenes:
        words += ["-map", "[scenes]", "-f", "null", "-"]
    if is_screen:
        words += ["-map", "[seen]", "-fps_mode", "passthrough", "-enc_time_base", "1:1000", "-f", "framecrc", SEEN_FILE]
    return words


def _graph(picture: Picture, plans: Sequence[VideoPlan], *, is_screen: bool, with_scenes: bool) -> str:
    steps, lines, begins = [], [], f"[0:{picture.index}]"
    if picture.is_interlaced:
        steps.append("yadif=mode=send_frame:deint=interlaced")
    if is_screen:  # at least one frame a second stays, of an even rate; what was seen until when is kept
        lines.append(f"{begins}{','.join([*steps, 'split=2'])}[all][look]")
        lines.append(f"[look]select='isnan(prev_selected_t)+gte(t-prev_selected_t,{SEEN_EVERY})',scale=16:16[seen]")
        steps, begins = [f"mpdecimate=max={max(1, round(picture.frame_rate) - 1)}"], "[all]"
    steps += [f"settb=1/{_TICKS}", "setpts='if(eq(N,0),0,PTS)'"]
    if needs_tone_mapping(picture):
        steps.append(_TONE_MAPPING)
    if picture.frame_rate < LEAST_RATE:  # browsers show nothing of a few pictures before the end of the file is there
        lines.append(f"{begins}{','.join([*steps, 'split=2'])}[kept][stands]")
        lines.append(f"[stands]fps={LEAST_RATE}:round=up[again]")
        steps, begins = ["interleave=nb_inputs=2"], "[kept][again]"
    ends = [f"[d{number}]" for number in range(len(plans))] + (["[ds]"] if with_scenes else [])
    if len(ends) > 1:
        steps.append(f"split={len(ends)}")
    lines.append(f"{begins}{','.join(steps)}{''.join(ends)}")
    for number, plan in enumerate(plans):
        lines.append(f"[d{number}]{_scale(picture, plan)},setsar=1,format=yuv420p[v{number}]")
    if with_scenes:
        look = f"select='gte(scene,0)',metadata=mode=print:key=lavfi.scene_score:file={SCENES_FILE}"
        lines.append(f"[ds]scale=320:-2:flags=fast_bilinear,format=gray,{look}[scenes]")
    return ";".join(lines)


def _scale(picture: Picture, plan: VideoPlan) -> str:
    """The same kernel by either of two scalers (docs/adr/38). zimg's takes half as long and keeps a little more; it takes no
    odd sizes, which a recorded window may come to in the middle, and turns no colours into others unless told all of them."""
    is_plain = picture.pixel_format == "yuv420p" or needs_tone_mapping(picture)
    if is_plain and picture.width % 2 == picture.height % 2 == 0:
        return f"crop=trunc(iw/2)*2:trunc(ih/2)*2,zscale={plan.width}:{plan.height}:filter=lanczos"
    return f"scale={plan.width}:{plan.height}:flags=lanczos"


def _x264(plan: VideoPlan, rules: Rules) -> list[str]:
    words = ["-c:v", "libx264", "-preset", "veryfast", "-crf", str(plan.crf), "-profile:v", "high"]
    words += ["-fps_mode", "vfr", "-enc_time_base", f"1:{_TICKS}", "-g", "900"]
    words += ["-force_key_frames", f"expr:gte(t,n_forced*{rules.segment_seconds:g})"]
    if plan.max_kbps:
        words += ["-maxrate", f"{plan.max_kbps}k", "-bufsize", f"{plan.max_kbps * 2}k"]
    return [*words, "-threads", str(rules.threads)]


def waveform(found: Sound) -> list[str]:
    """Eight-bit loudness from the same decode."""
    return [
        "-map",
        f"0:{found.index}",
        "-ac",
        "1",
        "-ar",
        str(WAVEFORM_RATE),
        "-c:a",
        "pcm_u8",
        "-f",
        "u8",
        WAVEFORM_FILE,
    ]


def speech(descriptor: int) -> list[str]:
    """Behind `read` of a sound rendition of ours: 16 kHz mono samples from the very beginning of the timeline, silence
    where there is no sound."""
    fill = f"aresample={SPEECH_RATE}:async=1:min_hard_comp=0.1:first_pts=0"
    return ["-map", "0:a:0", "-af", fill, "-ac", "1", "-c:a", "pcm_s16le", "-f", "s16le", f"pipe:{descriptor}"]


def poster(at_seconds: float, width: int, height: int, folder: Path) -> list[str]:
    """Behind `read` of a rendition of ours, with `-ss`: one picture."""
    scale = f"scale={width}:{height}:flags=lanczos,format=yuvj420p"
    return ["-map", "0:v:0", "-frames:v", "1", "-vf", scale, "-q:v", "4", "-f", "image2", "-update", "1",
            f"file:{folder / 'poster.jpg'}"]  # fmt: skip


def storyboard(every: int, width: int, height: int, columns: int, rows: int, folder: Path) -> list[str]:
    """Behind `read` of a rendition of ours with only key frames decoded: sheets of small pictures."""
    look = f"select='not(mod(n,{every}))',scale={width}:{height},format=yuvj420p,tile={columns}x{rows}"
    return ["-map", "0:v:0", "-vf", look, "-fps_mode", "passthrough", "-q:v", "5", "-f", "image2",
            f"file:{folder / 'storyboard-%d.jpg'}"]  # fmt: skip


def painted(boxes: Sequence[tuple[int, int, int, int]], path: Path) -> list[str]:
    """Behind `read` of one picture: these boxes black."""
    look = ",".join(f"drawbox=x={x}:y={y}:w={width}:h={height}:color=black:t=fill" for x, y, width, height in boxes)
    return ["-map", "0:v:0", "-frames:v", "1", "-vf", f"{look},format=yuvj420p", "-q:v", "5", "-f", "image2",
            "-update", "1", f"file:{path}"]  # fmt: skip


def output(folder: Path, name: str) -> str:
    """An output of ours."""
    return f"file:{folder / f'{name}.mp4'}"
