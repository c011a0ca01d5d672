"""Write the Multivariant Playlist (RFC 8216): the variants of one picture, and the sound they share."""

from collections.abc import Sequence
from dataclasses import dataclass

_GROUP = "sound"
_DESCRIBES = "public.accessibility.describes-video"  # RFC 8216, 4.3.4.1
_DESCRIPTION = "Audio description"
_NO_LANGUAGE = ("und", "unk", "mis", "mul", "zxx")  # ISO 639 codes that name no language


@dataclass(frozen=True, slots=True)
class Variant:
    """A rendition of the picture; its Media Playlist is `<name>.m3u8`."""

    name: str
    codecs: str
    width: int
    height: int
    frame_rate: float
    peak_bps: int
    average_bps: int


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """A sound rendition; its Media Playlist is `<name>.m3u8`. `is_description`: it also says what is shown (R212), and is
    heard instead of the others."""

    name: str
    codecs: str
    language: str
    label: str
    peak_bps: int
    average_bps: int
    is_description: bool = False


def multivariant_playlist(variants: Sequence[Variant], sounds: Sequence[AudioTrack]) -> str:
    """The best picture first. Without a picture the first sound is the variant. BANDWIDTH includes the loudest
    sound of the group, because any of them may be chosen. An audio description is never played by itself: a client may
    choose it for who has asked their device for such (AUTOSELECT), or they choose it."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    is_grouped = bool(sounds) and (bool(variants) or len(sounds) > 1)
    if is_grouped:
        lines += _group(sounds)
    peak = max((sound.peak_bps for sound in sounds), default=0)
    average = max((sound.average_bps for sound in sounds), default=0)
    group = f',AUDIO="{_GROUP}"' if is_grouped else ""
    heard = list(dict.fromkeys(sound.codecs for sound in sounds))
    for variant in sorted(variants, key=lambda one: (-one.height * one.width, one.name)):
        codecs = ",".join([variant.codecs, *heard])
        rates = f"BANDWIDTH={variant.peak_bps + peak},AVERAGE-BANDWIDTH={variant.average_bps + average}"
        shape = f"RESOLUTION={variant.width}x{variant.height},FRAME-RATE={variant.frame_rate:.3f}"
        lines += [f'#EXT-X-STREAM-INF:{rates},CODECS="{codecs}",{shape}{group}', f"{variant.name}.m3u8"]
    if not variants and sounds:
        rates = f"BANDWIDTH={peak},AVERAGE-BANDWIDTH={average}"
        lines += [f'#EXT-X-STREAM-INF:{rates},CODECS="{",".join(heard)}"{group}', f"{sounds[0].name}.m3u8"]
    return "\n".join([*lines, ""])


def _group(sounds: Sequence[AudioTrack]) -> list[str]:
    lines, taken = [], set[str]()
    for number, sound in enumerate(sounds):
        language = "" if sound.language in _NO_LANGUAGE else sound.language
        named = _DESCRIPTION if sound.is_description else language or f"{number + 1}"
        label = _quoted(sound.label or named)
        if label in taken:
            label = f"{label} ({number + 1})"
        taken.add(label)
        spoken = f',LANGUAGE="{_quoted(language)}"' if language else ""
        default = "YES" if number == 0 and not sound.is_description else "NO"
        describes = f',CHARACTERISTICS="{_DESCRIBES}"' if sound.is_description else ""
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{_GROUP}",NAME="{label}"{spoken},'
            f'DEFAULT={default},AUTOSELECT=YES{describes},URI="{sound.name}.m3u8"'
        )
    return lines


def _quoted(text: str) -> str:
    """What a quoted string may hold: no quote, no line end."""
    return "".join(" " if letter in '"\r\n' or ord(letter) < 32 else letter for letter in text).strip()
