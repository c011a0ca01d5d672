"""Put finished files into the object store, and say in rows and playlists what is there."""

from collections.abc import Sequence

from cathedra.actions.encoding._work import Tools, stream_key
from cathedra.adapters.ffmpeg import Output
from cathedra.db.reads import encoding as reads
from cathedra.db.writes.encoding import NewRendition
from cathedra.domain import playback
from cathedra.domain.encoding import RenditionKind, StreamRole
from cathedra.domain.terms import RecordingId


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
        write_playlists(tools, recording_id, rows)
        again = reads.list_renditions(recording_id)
        if again == rows:
            return
        rows = again


def write_playlists(tools: Tools, recording_id: RecordingId, rows: Sequence[reads.RenditionRow]) -> None:
    """The multivariant playlists of what is there. The same rows give the same bytes, so it may be repeated."""
    sounds = [
        playback.AudioTrack(row.name, row.codecs, row.language, row.label, row.peak_bps, row.average_bps)
        for row in rows
        if row.kind is RenditionKind.AUDIO
    ]
    primary = [_variant(row) for row in rows if row.role is StreamRole.PRIMARY]
    secondary = [_variant(row) for row in rows if row.role is StreamRole.SECONDARY]
    if secondary:
        text = playback.multivariant_playlist(secondary, [])
        tools.store.put_bytes(stream_key(recording_id, "secondary.m3u8"), text.encode())
    if primary or sounds:
        text = playback.multivariant_playlist(primary, sounds)
        tools.store.put_bytes(stream_key(recording_id, "primary.m3u8"), text.encode())


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
