"""Files of every kind, made by ffmpeg when a test asks for them."""

import subprocess
from pathlib import Path

import av

from cathedra.adapters import fragments
from cathedra.adapters.ffmpeg import find_program

PROGRAM = find_program("")


def ffmpeg(*words: object) -> None:
    """Run ffmpeg; what it says when it fails is in the exception."""
    done = subprocess.run(
        [PROGRAM, "-y", "-hide_banner", "-nostdin", "-loglevel", "error", *(str(word) for word in words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def unhurried(path: Path, *, rate: float, only: str = "") -> Path:
    """An ffmpeg that takes its time: it reads what it is given no faster than `rate` times as fast as it plays, in every
    run or in those alone whose words hold `only`. So a run can be looked at before it ends, on the fastest machine."""
    path.write_text(
        f'#!/bin/sh\ncase "$*" in *{only}*) exec {PROGRAM} -readrate {rate} "$@";; *) exec {PROGRAM} "$@";; esac\n'
    )
    path.chmod(0o755)
    return path


def picture(size: str = "320x180", rate: int = 30, seconds: float = 2) -> list[str]:
    """An input: a moving test picture."""
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}"]


def tone(frequency: int = 440, seconds: float = 2) -> list[str]:
    """An input: a steady tone."""
    return ["-f", "lavfi", "-i", f"sine=f={frequency}:r=48000:d={seconds}"]


X264 = ["-c:v", "libx264", "-preset", "veryfast", "-g", "30", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac", "-b:a", "64k"]


def lecture(path: Path, *, seconds: float = 2, size: str = "320x180", rate: int = 30) -> Path:
    """What can be copied: H.264 with reordered frames, AAC, a key frame each second."""
    frames = (*picture(size, rate, seconds), *tone(seconds=seconds))
    ffmpeg(*frames, *X264, "-g", rate, "-bf", "3", *AAC, path)
    return path


def flash_and_beep(path: Path, *codecs: str, at: float = 1.0, seconds: float = 3) -> Path:
    """Black and silent but for one white flash and one beep at the same instant: shows what is out of step."""
    light = f"color=black:s=320x180:r=30:d={seconds},drawbox=c=white:t=fill:enable='between(t,{at},{at + 0.2})'"
    sound = f"sine=f=1000:r=48000:d={seconds},volume='if(between(t,{at},{at + 0.2}),1,0)':eval=frame"
    ffmpeg("-f", "lavfi", "-i", light, "-f", "lavfi", "-i", sound, *codecs, path)
    return path


def decode_picture(path: Path) -> list[tuple[float, int, int, float]]:
    """Every frame of a rendition: seconds on the recording's clock, width, height, mean brightness."""
    file = fragments.read(path)
    frames = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            grey = frame.reformat(width=16, height=16, format="gray")
            light = sum(bytes(grey.planes[0])[:256]) / 256
            frames.append((frame.time, frame.width, frame.height, light))
    # PyAV counts from decoding time; the file's own clock says when the first frame is shown
    shift = file.fragments[0].begins - frames[0][0]
    return [(seconds + shift, width, height, light) for seconds, width, height, light in frames]


def decode_sound(path: Path) -> tuple[float, list[float]]:
    """When the sound begins, and the loudest sample (0 to 1) of each hundredth of a second."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=8000)
        data, begins = bytearray(), None
        for frame in container.decode(audio=0):
            begins = frame.time if begins is None else begins
            for part in resampler.resample(frame):
                data += bytes(part.planes[0])[: part.samples * 2]
        for part in resampler.resample(None):
            data += bytes(part.planes[0])[: part.samples * 2]
    samples = memoryview(bytes(data)).cast("h")
    return begins or 0.0, [max(map(abs, samples[at : at + 80])) / 32768 for at in range(0, len(samples), 80)]


def decode_still(path: Path) -> tuple[int, int]:
    """Width and height of a picture file."""
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        return frame.width, frame.height
