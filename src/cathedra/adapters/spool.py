"""The spool: where the bytes of an upload wait on the local disk until the recording has them.

One file for each upload, named by its id. Who may write is settled by the kernel's lock on that file, which dies with
its process: after a kill -9 the next sender goes on at once. What is on disk for certain is what `sync` returned for.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cathedra.domain.terms import UnableTo, UploadId

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_COPY_BYTES = 64 * 1024 * 1024
_READ_BYTES = 4 * 1024 * 1024
_JOINING = ".joining"
_BUFFERS = 512  # below IOV_MAX everywhere


class SpoolBusy(UnableTo):
    """Somebody else is writing to this upload now."""


class SpoolFull(UnableTo):
    """The disk has no room. `written_bytes` of the last write are in place."""

    def __init__(self, written_bytes: int = 0) -> None:
        super().__init__("The disk for uploads is full.")
        self.written_bytes = written_bytes


class SpoolFileMissing(UnableTo):
    """The file of this upload is not on the disk."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A file in the spool's folder. `upload_id` is None when its name is not that of an upload."""

    path: Path
    upload_id: UploadId | None
    modified_at: datetime

    @property
    def is_unjoined(self) -> bool:
        """What a joining that was killed left behind."""
        return self.path.suffix == _JOINING


class SpoolFile:
    """One upload's file, open and locked for one writer."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, chunks: Sequence[bytes], at: int) -> int:
        """Put chunks at a byte offset; returns how many bytes that were. Raises SpoolFull with what still went in."""
        begin = at
        rest: list[bytes | memoryview] = [chunk for chunk in chunks if chunk]
        while rest:
            try:
                done = self._write_some(rest[:_BUFFERS], at)
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise SpoolFull(at - begin) from error
                raise
            at += done
            rest = _without(rest, done)
        return at - begin

    def _write_some(self, buffers: Sequence[bytes | memoryview], at: int) -> int:
        return os.pwritev(self._descriptor, buffers, at)

    def sync(self) -> None:
        """Everything written before is on the disk when this returns. Raises SpoolFull."""
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise SpoolFull from error
            raise

    def cut(self, length_bytes: int) -> None:
        """Nothing lies behind this many bytes any more."""
        if os.fstat(self._descriptor).st_size > length_bytes:
            os.ftruncate(self._descriptor, length_bytes)
            os.fsync(self._descriptor)

    def sha256(self, length_bytes: int) -> str:
        """Of the first so many bytes, read from the disk."""
        digest, at = hashlib.sha256(), 0
        while at < length_bytes and (chunk := os.pread(self._descriptor, min(_READ_BYTES, length_bytes - at), at)):
            digest.update(chunk)
            at += len(chunk)
        return digest.hexdigest()

    def size_bytes(self) -> int:
        """How many bytes the file holds; more than the upload's offset when the last ones were never counted."""
        return os.fstat(self._descriptor).st_size

    def close(self) -> None:
        """Give the lock back. Closing twice is harmless."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


class Spool:
    """The folder of files that are on their way in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, upload_id: UUID) -> Path:
        """Where an upload's bytes are. Only an id can be a name here (security class 13)."""
        return self._folder / str(UUID(str(upload_id)))

    def open(self, upload_id: UploadId, *, may_create: bool = False) -> SpoolFile:
        """Open for the one writer. Raises SpoolBusy when another has it, SpoolFileMissing, SpoolFull."""
        descriptor = self._descriptor(self.path(upload_id), may_create=may_create)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise SpoolBusy("Another request is writing to this upload.") from None
        return SpoolFile(descriptor)

    def _descriptor(self, path: Path, *, may_create: bool) -> int:
        with contextlib.suppress(FileNotFoundError):
            return os.open(path, os.O_RDWR | os.O_CLOEXEC)
        if not may_create:
            raise SpoolFileMissing("The file of this upload is not on the disk.")
        self._folder.mkdir(parents=True, exist_ok=True)
        with _room():
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            self._sync_folder()
        return descriptor

    def size_bytes(self, upload_id: UploadId) -> int | None:
        """How much the file holds; None without one."""
        try:
            return self.path(upload_id).stat().st_size
        except FileNotFoundError:
            return None

    def join(self, upload_id: UploadId, parts: Iterable[tuple[UploadId, int]]) -> None:
        """Make the upload's file of its parts (id, bytes of it) in order; there whole or not at all. Raises SpoolFull."""
        fresh = self._folder / f"{UUID(str(upload_id))}{_JOINING}"
        with _room():
            target = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            try:
                for part_id, length in parts:
                    self._append(target, part_id, length)
                os.fsync(target)
            finally:
                os.close(target)
            fresh.rename(self.path(upload_id))
            self._sync_folder()

    def _append(self, target: int, part_id: UploadId, length: int) -> None:
        try:
            source = os.open(self.path(part_id), os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise SpoolFileMissing("A part of this file is not on the disk.") from None
        try:
            left = length
            while left:
                done = _copy(source, target, min(left, _COPY_BYTES))
                if not done:
                    raise SpoolFileMissing("A part of this file is shorter than was counted.")
                left -= done
        finally:
            os.close(source)

    def delete(self, upload_id: UploadId) -> None:
        """Remove the file; one that is gone already is as good."""
        self.path(upload_id).unlink(missing_ok=True)

    def delete_stray(self, stray: Stray) -> None:
        """Remove a file that `list_files` named."""
        stray.path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """What the disk has left for people who are not root."""
        self._folder.mkdir(parents=True, exist_ok=True)
        disk = os.statvfs(self._folder)
        return disk.f_bavail * disk.f_frsize

    def list_files(self) -> Iterator[Stray]:
        """Everything that lies in the folder, one at a time."""
        if not self._folder.is_dir():
            return
        with os.scandir(self._folder) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):
                    modified = datetime.fromtimestamp(entry.stat(follow_symlinks=False).st_mtime, UTC)
                    yield Stray(Path(entry.path), _upload_id(entry.name), modified)

    def _sync_folder(self) -> None:
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _copy(source: int, target: int, count: int) -> int:
    """Inside the kernel where the file system can (and for free where it shares blocks), else through memory."""
    try:
        return os.copy_file_range(source, target, count)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
            raise
    return os.sendfile(target, source, None, count)


def _without(buffers: Sequence[bytes | memoryview], count: int) -> list[bytes | memoryview]:
    """The buffers behind the first `count` bytes."""
    rest = list(buffers)
    while rest and count >= len(rest[0]):
        count -= len(rest.pop(0))
    if count:
        rest[0] = memoryview(rest[0])[count:]
    return rest


def _upload_id(name: str) -> UploadId | None:
    with contextlib.suppress(ValueError):
        if str(found := UUID(name)) == name:
            return UploadId(found)
    return None


@contextlib.contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise SpoolFull from error
        raise
