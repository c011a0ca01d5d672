"""An object store in memory; the suite in tests/adapters/test_object_store.py runs against it and the real ones."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cathedra.adapters.object_store import ObjectNotFound, check_key, check_prefix
from cathedra.domain.terms import UnableTo


class MemoryStore:
    """Objects in a dictionary. `failing` names a sentence that every put raises from then on."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.failing = ""
        self.offered: list[str] = []

    def put_file(self, key: str, path: Path) -> None:
        check_key(key)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UnableTo(f"Could not store {path}: {error.strerror}.") from error
        self.put_bytes(key, data)

    def put_bytes(self, key: str, data: bytes) -> None:
        check_key(key)
        if self.failing:
            raise UnableTo(self.failing)
        self.objects[key] = data

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile() as file:
            file.write(self._get(key))
            file.flush()
            yield Path(file.name)

    def exists(self, key: str) -> bool:
        return check_key(key) in self.objects

    def size(self, key: str) -> int:
        return len(self._get(key))

    def delete(self, key: str) -> None:
        self.objects.pop(check_key(key), None)

    def delete_prefix(self, prefix: str) -> None:
        check_prefix(prefix, least_parts=2)
        for key in list(self.list_keys(prefix)):
            del self.objects[key]

    def list_keys(self, prefix: str) -> Iterator[str]:
        check_prefix(prefix)
        yield from [key for key in self.objects if key.startswith(prefix)]

    def signed_url(self, key: str, *, seconds: int) -> str:
        check_key(key)
        raise UnableTo("Memory has no address.")

    def offer(self, key: str, *, seconds: int) -> str:
        self._get(key)
        self.offered.append(key)
        return ""

    def remove_unfinished(self, *, before: datetime) -> int:
        return 0

    def _get(self, key: str) -> bytes:
        try:
            return self.objects[check_key(key)]
        except KeyError:
            raise ObjectNotFound(key) from None


class SigningStore(MemoryStore):
    """One that has addresses, as an object service does."""

    def signed_url(self, key: str, *, seconds: int) -> str:
        return f"http://signed.example/{check_key(key)}"

    def offer(self, key: str, *, seconds: int) -> str:
        return self.signed_url(key, seconds=seconds)
