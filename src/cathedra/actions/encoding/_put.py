"""Put finished files into the object store, and say in rows and playlists what is there."""

from collections.abc import Sequence
from pathlib import Path

from cathedra.actions.encoding._work import Tools, stream_key
from cathedra.adapters.ffmpeg import Output
from cathedra.db.reads import encoding as reads
from cathedra.db.writes.encoding import NewRendition
from cathedra.domain import playback
from cathedra.domain.encoding import RenditionKind, StreamRole
from cathedra.domain.terms import RecordingId

_POSTER_SIDE = 1280


def put_output(tools: Tools, recording_id: RecordingId, output: Output, *, is_copy: bool) -> NewRendition:
    """The file first, then the playlist that names it; the row that comes of it is for the caller to apply."""
    pieces = [
        playback.Piece(one.offset, one.length, one.begins, one.lasts, one.is_key) for one in output.file.fragments
    ]
    segments = playback.cut(pieces, seconds=tools.ladder.segment_ms / 1000)
    rates = playback.measure(segments)
    text = playback.media_playlist(segments, file_name=f"{output.name}.mp4", header_bytes=output.file.header_bytes)
    size_bytes = output.path.stat().st_size
    tools.store.put_file(stream_key(recording_id, f"{output.name}.mp4"), output.path)
    tools.store.put_bytes(stream_key(recording_id, f"{output.name}.m3u8"), text.encode())
    header = output.file.header
    has_picture = header.width > 0
    lasts = output.file.ends - output.file.fragments[0].begins
    samples = sum(one.samples for one in output.file.fragments)
    return NewRendition(
        name=output.name,
        kind=RenditionKind.VIDEO if has_picture else RenditionKind.AUDIO,
        is_copy=is_copy,
        codecs=header.codecs,
        peak_bps=rates.peak,
        average_bps=rates.average,
        size_bytes=size_bytes,
        duration_ms=round(output.file.ends * 1000),
        width=header.width if has_picture else None,
        height=header.height if has_picture else None,
        frame_rate=round(samples / max(lasts, 0.001), 3) if has_picture else None,
    )


def refresh_playlists(tools: Tools, recording_id: RecordingId) -> None:
    """Make the playlists say what the rows say. Another source's step may do the same at the same time: whoever puts
    last has looked at the rows afterwards, so the last playlist is the true one."""
    rows = reads.list_renditions(recording_id)
    while True:
        put_playlists(tools, recording_id, rows)
        again = reads.list_renditions(recording_id)
        if again == rows:
            return
        rows = again


def put_playlists(
    tools: Tools, recording_id: RecordingId, rows: Sequence[reads.RenditionRow], *, prefix: str = ""
) -> None:
    """The multivariant playlists of what is there. The same rows give the same bytes, so it may be repeated. `prefix`
    is what the files of an edited version are kept under."""
    sounds = [_sound(row) for row in rows if row.kind is RenditionKind.AUDIO]
    primary = [_variant(row) for row in rows if row.role is StreamRole.PRIMARY]
    secondary = [_variant(row) for row in rows if row.role is StreamRole.SECONDARY]
    if secondary:
        text = playback.multivariant_playlist(secondary, [])
        tools.store.put_bytes(stream_key(recording_id, f"{prefix}secondary.m3u8"), text.encode())
    if primary or sounds:
        text = playback.multivariant_playlist(primary, sounds)
        tools.store.put_bytes(stream_key(recording_id, f"{prefix}primary.m3u8"), text.encode())


def _sound(row: reads.RenditionRow) -> playback.AudioTrack:
    return playback.AudioTrack(
        name=row.name,
        codecs=row.codecs,
        language=row.language,
        label=row.label,
        peak_bps=row.peak_bps,
        average_bps=row.average_bps,
        is_description=row.is_description,
    )


def _variant(row: reads.RenditionRow) -> playback.Variant:
    return playback.Variant(
        name=row.name,
        codecs=row.codecs,
        width=row.width,
        height=row.height,
        frame_rate=row.frame_rate,
        peak_bps=row.peak_bps,
        average_bps=row.average_bps,
    )


def poster_of(
    tools: Tools, path: Path, folder: Path, *, at_seconds: float, shown: tuple[int, int], is_exact: bool = False
) -> Path | None:
    """The still that stands for a recording, of a rendition that is shown so large: near an instant, or exactly there."""
    share = min(1.0, _POSTER_SIDE / max(shown))
    size = (max(2, round(shown[0] * share / 2) * 2), max(2, round(shown[1] * share / 2) * 2))
    return tools.renderer.make_poster(path, folder, at_seconds=at_seconds, size=size, is_exact=is_exact)
