"""Files between the tiers: copied with their checksums, and what is left behind removed (R61, R120)."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cathedra.adapters.object_store import ObjectNotFound, ObjectStore
from cathedra.db.reads import retention as reads
from cathedra.db.writes import retention as writes
from cathedra.db.writes.transaction import transaction
from cathedra.domain import retention
from cathedra.domain.terms import RecordingId, UnableTo

_AREA = "archive"
# A deck and an audio description belong to what is said of a recording, and survive as that does (R120).
_SAID = re.compile(r"(?:deck|described)-\w+")
_POSTER = re.compile(r"(?:e\d+-)?poster\.jpg")  # thumbnails remain (R121), also of what viewers have of an edited one

Keys = dict[UUID, tuple[str, str]]


class Damaged(UnableTo):
    """A file is missing, or is not what was received: nothing is removed because of it."""


@dataclass(frozen=True, slots=True)
class Stores:
    """Where live media is, and where archived originals are: perhaps the same place, in another area."""

    media: ObjectStore
    archive: ObjectStore

    def of(self, key: str) -> ObjectStore:
        """The one that a key belongs to."""
        return self.archive if key.startswith(f"{_AREA}/") else self.media


def archive_key(recording_id: RecordingId, source_id: UUID) -> str:
    """Where the archive keeps a file as it was received."""
    return f"{_AREA}/{recording_id}/{source_id}"


def original_key(recording_id: RecordingId, source_id: UUID) -> str:
    """Where it is while the recording is live."""
    return f"originals/{recording_id}/{source_id}"


def copy_to_archive(recording_id: RecordingId, files: Sequence[reads.KeptFile], stores: Stores) -> Keys:
    """Every file into the archive, read back and compared. Repeated, it ends the same. Raises Damaged, UnableTo."""
    return {
        file.source_id: _copied(file, archive_key(recording_id, file.source_id), stores.archive, stores)
        for file in files
    }


def copy_back(recording_id: RecordingId, files: Sequence[reads.KeptFile], stores: Stores) -> Keys:
    """Every file back to where live ones are; the archive still has it. Raises Damaged, UnableTo."""
    return {
        file.source_id: _copied(file, original_key(recording_id, file.source_id), stores.media, stores)
        for file in files
    }


def archived_keys(recording_id: RecordingId, files: Sequence[reads.KeptFile]) -> Keys:
    """Where they are in the archive, as `copy_to_archive` left them."""
    return {file.source_id: (archive_key(recording_id, file.source_id), file.sha256) for file in files}


def _copied(file: reads.KeptFile, key: str, to: ObjectStore, stores: Stores) -> tuple[str, str]:
    try:
        with stores.of(file.key).local_copy(file.key) as path:
            sha256 = _sha256(path)
            if file.sha256 and sha256 != file.sha256:
                raise Damaged(f"{file.key} is not the file that was received: its checksum differs.")
            if key != file.key:
                to.put_file(key, path)
    except ObjectNotFound as error:
        raise Damaged(f"{file.key} is not there.") from error
    with to.local_copy(key) as kept:
        if _sha256(kept) != sha256:
            raise Damaged(f"{key} was not written as it was read.")
    return key, sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tidy(recording_id: RecordingId, stores: Stores) -> bool:
    """Remove what is left of where a recording was before. Its row is held meanwhile, or a restore that begins in the
    middle would lose what it brings back; that takes milliseconds. False when nothing was left."""
    with transaction():
        tier = writes.tidied(recording_id)
        if tier is None:
            return False
        _remove(recording_id, tier, stores)
    return True


def _remove(recording_id: RecordingId, tier: str, stores: Stores) -> None:
    match tier:
        case retention.PURGED:
            for area in ("stream", "originals"):
                stores.media.delete_prefix(f"{area}/{recording_id}/")
            stores.archive.delete_prefix(f"{_AREA}/{recording_id}/")
        case retention.ARCHIVED | retention.RESTORING:
            for area, stays in (("stream", _POSTER), ("originals", _SAID)):
                prefix = f"{area}/{recording_id}/"
                for key in sorted(stores.media.list_keys(prefix)):
                    if not stays.fullmatch(key.removeprefix(prefix)):
                        stores.media.delete(key)
        case _:
            stores.archive.delete_prefix(f"{_AREA}/{recording_id}/")


def are_kept(keys: Keys, stores: Stores) -> bool:
    """Whether every copy is still there: asked while the row is held, as whoever discards copies holds it too."""
    return all(stores.archive.exists(key) for key, _sha256 in keys.values())


def discard_copy(recording_id: RecordingId, stores: Stores) -> None:
    """A copy that was made for nothing, when the recording stays live after all."""
    with transaction():
        if reads.facts(recording_id, lock=True).keeping == retention.ONLINE:
            stores.archive.delete_prefix(f"{_AREA}/{recording_id}/")
