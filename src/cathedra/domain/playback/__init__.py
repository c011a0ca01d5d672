"""Giving it back: playlists and progress."""

from cathedra.domain.playback._multivariant import AudioTrack, Variant, multivariant_playlist
from cathedra.domain.playback._segments import Piece, Rates, Segment, cut, measure, media_playlist
from cathedra.domain.playback._storyboard import Tile, Tiling, arrange, storyboard_vtt

__all__ = [
    "AudioTrack",
    "Piece",
    "Rates",
    "Segment",
    "Tile",
    "Tiling",
    "Variant",
    "arrange",
    "cut",
    "measure",
    "media_playlist",
    "multivariant_playlist",
    "storyboard_vtt",
]
