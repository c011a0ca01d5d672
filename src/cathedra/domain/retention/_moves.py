"""The moves between the tiers that keep a recording."""

ONLINE, ARCHIVED, RESTORING, RECYCLED, PURGED = "ONLINE", "ARCHIVED", "RESTORING", "RECYCLED", "PURGED"

# Every way the keeping may move, by the row of R54 that allows it.
MOVES: tuple[tuple[str, str, str], ...] = (
    ("T11", ONLINE, RECYCLED),
    ("T29", ONLINE, RECYCLED),
    ("T30", ONLINE, ARCHIVED),
    ("T31", ARCHIVED, RESTORING),
    ("T32", RESTORING, ONLINE),
    ("T33", RESTORING, ARCHIVED),
    ("T34", ONLINE, RECYCLED),
    ("T34", ARCHIVED, RECYCLED),
    ("T35", RECYCLED, ONLINE),
    ("T35", RECYCLED, ARCHIVED),
    ("T36", RECYCLED, PURGED),
    ("T37", ARCHIVED, PURGED),
)


def may_move(source: str, target: str) -> bool:
    """Whether a row of R54 allows it; nothing leaves PURGED (T38)."""
    return any((source, target) == (known, wanted) for _row, known, wanted in MOVES)
