"""One supervisor for one data folder."""

import fcntl
from pathlib import Path
from typing import IO


class FolderLock:
    """One supervisor for one data folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> str | None:
        """Take the lock. Returns None when it is ours, else what its holder wrote about itself."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            return holder or "unknown"
        self._file = file
        return None

    def describe(self, text: str) -> None:
        """Write what the next one who finds the lock taken should read."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.write(text)
            self._file.flush()

    def release(self) -> None:
        """Give it back."""
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None
