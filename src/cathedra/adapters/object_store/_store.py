"""What every object store promises."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol


class ObjectStore(Protocol):
    """Whole objects by key. An object is there completely or not at all, also after kill -9 or a power cut.

    Keys: `stream/<recording id>/<name>` is servable, `originals/<recording id>/<source id>` once it was offered,
    `archive/<recording id>/<source id>` is where the archive keeps them, `check/<name>` is for the self-test. A malformed key raises WrongKey; a missing object ObjectNotFound; anything wrong outside
    UnableTo with a sentence that says what to check. Every method may be repeated: the second time changes nothing.
    """

    def put_file(self, key: str, path: Path) -> None:
        """Store the file's bytes, replacing what was there. `path` stays and is the caller's to remove; until then
        it must not be changed (the local store shares the bytes with it)."""

    def put_bytes(self, key: str, data: bytes) -> None:
        """Store a small object, replacing what was there."""

    def local_copy(self, key: str) -> AbstractContextManager[Path]:
        """A file to read, for as long as the context lasts. It must not be changed or removed."""

    def exists(self, key: str) -> bool: ...

    def size(self, key: str) -> int:
        """In bytes."""

    def delete(self, key: str) -> None:
        """Gone afterwards, whether it was there or not."""

    def delete_prefix(self, prefix: str) -> None:
        """Remove everything below `<area>/<part>/`; an area as a whole is refused."""

    def list_keys(self, prefix: str) -> Iterator[str]:
        """Keys below a prefix that ends with a slash, in no promised order, fetched page by page."""

    def signed_url(self, key: str, *, seconds: int) -> str:
        """An address that answers GET for so long without further proof. For nginx only: it never leaves the
        machine. The local store has none and raises UnableTo."""

    def offer(self, key: str, *, seconds: int) -> str:
        """Let nginx send this object. Returns the address where it fetches it for so long (as `signed_url`), or nothing
        where it opens the file itself."""

    def remove_unfinished(self, *, before: datetime) -> int:
        """Remove what puts that died before this instant left behind; the number removed."""
