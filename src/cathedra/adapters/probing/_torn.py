"""What a torn or broken file may do without ending the probe."""

import contextlib
from collections.abc import Iterator

import av


@contextlib.contextmanager
def torn() -> Iterator[None]:
    """What cannot be read or decoded is just not there; a want of memory is another matter, and not the file's end."""
    try:
        yield
    except MemoryError:
        raise
    except (av.FFmpegError, OSError):
        pass
