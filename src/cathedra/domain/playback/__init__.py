"""Giving it back: playlists, progress and downloads."""

from cathedra.domain.playback._downloads import DOWNLOAD_OPENS, Part, Picture, file_name, is_covered, part_of, pictures
from cathedra.domain.playback._multivariant import AudioTrack, Variant, multivariant_playlist
from cathedra.domain.playback._segments import Piece, Rates, Segment, cut, measure, media_playlist
from cathedra.domain.playback._storyboard import Tile, Tiling, arrange, storyboard_vtt

__all__ = [
    "DOWNLOAD_OPENS",
    "AudioTrack",
    "Part",
    "Picture",
    "Piece",
    "Rates",
    "Segment",
    "Tile",
    "Tiling",
    "Variant",
    "arrange",
    "cut",
    "file_name",
    "is_covered",
    "measure",
    "media_playlist",
    "multivariant_playlist",
    "part_of",
    "pictures",
    "storyboard_vtt",
]
