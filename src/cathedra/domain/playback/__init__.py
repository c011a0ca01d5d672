"""Giving it back: playlists, progress and downloads."""

from cathedra.domain.playback._downloads import DOWNLOAD_OPENS, Part, Picture, file_name, is_covered, part_of, pictures
from cathedra.domain.playback._edited import (
    Entry,
    Packets,
    Range,
    Seam,
    Stretch,
    Whole,
    edited_playlist,
    edited_prefix,
    kept_ranges,
    picture_stretches,
    seam_name,
    sound_stretches,
    split_packets,
)
from cathedra.domain.playback._multivariant import AudioTrack, Variant, multivariant_playlist
from cathedra.domain.playback._segments import Piece, Rates, Segment, cut, measure, media_playlist
from cathedra.domain.playback._storyboard import Tile, Tiling, arrange, storyboard_vtt

__all__ = [
    "DOWNLOAD_OPENS",
    "AudioTrack",
    "Entry",
    "Packets",
    "Part",
    "Picture",
    "Piece",
    "Range",
    "Rates",
    "Seam",
    "Segment",
    "Stretch",
    "Tile",
    "Tiling",
    "Variant",
    "Whole",
    "arrange",
    "cut",
    "edited_playlist",
    "edited_prefix",
    "file_name",
    "is_covered",
    "kept_ranges",
    "measure",
    "media_playlist",
    "multivariant_playlist",
    "part_of",
    "picture_stretches",
    "pictures",
    "seam_name",
    "sound_stretches",
    "split_packets",
    "storyboard_vtt",
]
