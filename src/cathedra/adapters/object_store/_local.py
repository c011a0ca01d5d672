"""Objects as files of one folder, put in place by rename."""

import contextlib
import errno
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cathedra.adapters.object_store._keys import SERVABLE, ObjectNotFound, check_key, check_prefix
from cathedra.domain.terms import UnableTo

UNFINISHED = ".unfinished"
_NO_LINKS = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOTSUP)


class LocalStore:
    """`root/<key>`. nginx's unprivileged worker may open files of `stream/` by name and list nothing; other areas
    are closed to every other user, but for the files that were offered."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put_file(self, key: str, path: Path) -> None:
        check_key(key)
        with self._explained("store", path):
            fresh = self._fresh()
            try:
                _same_bytes(path, fresh)
                self._reveal(fresh, key)
            finally:
                fresh.unlink(missing_ok=True)

    def put_bytes(self, key: str, data: bytes) -> None:
        check_key(key)
        with self._explained("store", None):
            fresh = self._fresh()
            try:
                fresh.write_bytes(data)
                self._reveal(fresh, key)
            finally:
                fresh.unlink(missing_ok=True)

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        path = self._path(key)
        if not path.is_file():
            raise ObjectNotFound(key)
        yield path

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def size(self, key: str) -> int:
        try:
            return self._path(key).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            raise ObjectNotFound(key) from None

    def delete(self, key: str) -> None:
        path = self._path(key)
        with self._explained("remove", path):
            path.unlink(missing_ok=True)
            self._remove_empty(path.parent)

    def delete_prefix(self, prefix: str) -> None:
        check_prefix(prefix, least_parts=2)
        top = self._root / prefix
        with self._explained("remove", top):
            for folder, _, names in os.walk(top, topdown=False):
                for name in names:
                    Path(folder, name).unlink(missing_ok=True)
                self._remove_empty(Path(folder))

    def list_keys(self, prefix: str) -> Iterator[str]:
        check_prefix(prefix)
        for folder, _, names in os.walk(self._root / prefix):
            for name in names:
                yield Path(folder, name).relative_to(self._root).as_posix()

    def signed_url(self, key: str, *, seconds: int) -> str:
        check_key(key)
        raise UnableTo("Media in the local folder has no address of its own: nginx reads the files itself.")

    def offer(self, key: str, *, seconds: int) -> str:
        path = self._path(key)
        try:
            _open(path, 0o644)
            _open(path.parent, 0o711)
        except (FileNotFoundError, NotADirectoryError):
            raise ObjectNotFound(key) from None
        except OSError as error:
            raise UnableTo(f"Could not open {path} to the web server: {error.strerror or error}.") from error
        return ""

    def remove_unfinished(self, *, before: datetime) -> int:
        removed = 0
        with self._explained("remove", self._root / UNFINISHED):
            for path in (self._root / UNFINISHED).glob("*"):
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_ctime < before.timestamp():  # mtime is the source's own where bytes are shared
                        path.unlink()
                        removed += 1
        return removed

    def _path(self, key: str) -> Path:
        return self._root / check_key(key)

    def _fresh(self) -> Path:
        folder = self._root / UNFINISHED
        _make_folders(self._root, below=self._root.parent, mode=0o711)
        _make_folders(folder, below=self._root, mode=0o700)
        return folder / uuid.uuid4().hex

    def _reveal(self, fresh: Path, key: str) -> None:
        """Bytes on the disk first, then the name: whoever sees the name sees every byte."""
        target = self._root / key
        is_servable = key.startswith(f"{SERVABLE}/")
        fresh.chmod(0o644 if is_servable else 0o600)
        _sync(fresh)
        with self._folders(fcntl.LOCK_SH):
            made = _make_folders(target.parent, below=self._root, mode=0o711 if is_servable else 0o700)
            fresh.replace(target)
        for folder in {target.parent, *(folder.parent for folder in made)}:
            with contextlib.suppress(FileNotFoundError):
                _sync(folder)

    def _remove_empty(self, folder: Path) -> None:
        """Remove the folder when it is empty; an area itself stays."""
        if folder.parent == self._root or not folder.is_dir():
            return
        with self._folders(fcntl.LOCK_EX), contextlib.suppress(OSError):
            folder.rmdir()

    @contextmanager
    def _folders(self, kind: int) -> Iterator[None]:
        """Held shared while a folder is made and filled, alone while an empty one is removed; by every process."""
        handle = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def _explained(self, verb: str, path: Path | None) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = path or "an object"
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise UnableTo(f"There is no space left to {verb} {what} in {self._root}. Make room there.") from error
            raise UnableTo(
                f"Could not {verb} {what} in the media folder {self._root}: {error.strerror or error}. "
                "Check that the folder is there and that the user Cathedra runs as owns it."
            ) from error


def _same_bytes(path: Path, fresh: Path) -> None:
    """Share the bytes where the file system allows (instant, no room used); copy where it does not."""
    try:
        os.link(path, fresh, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(path, fresh)
    if not fresh.is_file() or fresh.is_symlink():
        raise OSError(errno.EINVAL, "it is not a plain file")


def _make_folders(folder: Path, *, below: Path, mode: int) -> list[Path]:
    """Make the folders from `below` down to `folder`, each with this mode; those that were made."""
    missing = []
    while folder != below and not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for step in reversed(missing):
        with contextlib.suppress(FileExistsError):
            step.mkdir(mode=mode)
            step.chmod(mode)  # whatever the umask
    return missing


def _open(path: Path, mode: int) -> None:
    if path.stat(follow_symlinks=False).st_mode & 0o777 != mode:
        path.chmod(mode)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
