"""Getting bytes in: what an upload may be, and when it is complete."""

from enum import StrEnum


class UploadKind(StrEnum):
    """tus 1.0: a whole file, a part, or the joining of parts (concatenation extension)."""

    WHOLE = "WHOLE"
    PARTIAL = "PARTIAL"
    FINAL = "FINAL"


class UploadState(StrEnum):
    """Where an upload stands."""

    OPEN = "OPEN"
    COMPLETE = "COMPLETE"
    TERMINATED = "TERMINATED"
    EXPIRED = "EXPIRED"
