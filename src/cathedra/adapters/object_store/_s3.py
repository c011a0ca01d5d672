"""Objects in one bucket of an S3 service."""

import contextlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config as ClientConfig
from botocore.exceptions import BotoCoreError, ClientError

from cathedra.adapters.object_store._keys import ObjectNotFound, check_key, check_prefix, content_type
from cathedra.config import Storage
from cathedra.domain.terms import UnableTo

PART_BYTES = 16 * 1024**2  # 10,000 parts of this are 160 GiB
_MISSING = ("404", "NoSuchKey", "NotFound")
_FORBIDDEN = ("403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch")
_HINTS = {
    **dict.fromkeys(_FORBIDDEN, "Check storage.s3_access_key, storage.s3_secret_key and what they are allowed to do."),
    "NoSuchBucket": "Create the bucket, or correct storage.s3_bucket.",
}


class S3Store:
    """One bucket; `storage_class` is that of what this store puts there. Memory is bounded: a file travels in parts of
    16 MiB, two at a time."""

    def __init__(self, storage: Storage, *, work_dir: Path, storage_class: str = "") -> None:
        self._storage = storage
        self._extra = {"StorageClass": storage_class} if storage_class else {}
        self._work_dir = work_dir
        self._bucket = storage.s3_bucket
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=storage.s3_endpoint,
            region_name=storage.s3_region,
            aws_access_key_id=storage.s3_access_key,
            aws_secret_access_key=storage.s3_secret_key,
            config=ClientConfig(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=5,
                read_timeout=60,
                retries={"mode": "standard", "max_attempts": 4},
                request_checksum_calculation="when_required",  # services other than Amazon's refuse the trailers
                response_checksum_validation="when_required",
            ),
        )
        self._transfer = TransferConfig(
            multipart_threshold=PART_BYTES, multipart_chunksize=PART_BYTES, max_concurrency=2, max_io_queue=16
        )

    def put_file(self, key: str, path: Path) -> None:
        check_key(key)
        with self._explained("store", key):
            expected = path.stat().st_size
            self._client.upload_file(
                str(path),
                self._bucket,
                key,
                ExtraArgs={"ContentType": content_type(key), **self._extra},
                Config=self._transfer,
            )
        if (arrived := self.size(key)) != expected:
            self.delete(key)
            raise UnableTo(f"{key} was stored with {arrived} bytes instead of {expected}: {path} changed meanwhile.")

    def put_bytes(self, key: str, data: bytes) -> None:
        check_key(key)
        with self._explained("store", key):
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=data, ContentType=content_type(key), **self._extra
            )

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        check_key(key)
        path = self._work_dir / f"copy-{uuid.uuid4().hex}"
        try:
            with self._explained("fetch", key):
                self._work_dir.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                self._client.download_file(self._bucket, key, str(path), Config=self._transfer)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except ObjectNotFound:
            return False
        return True

    def size(self, key: str) -> int:
        check_key(key)
        with self._explained("look at", key):
            return int(self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"])

    def delete(self, key: str) -> None:
        check_key(key)
        with self._explained("remove", key), contextlib.suppress(ObjectNotFound):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def delete_prefix(self, prefix: str) -> None:
        check_prefix(prefix, least_parts=2)
        with self._explained("remove", prefix):
            for keys in self._pages(prefix):
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True}
                )
                if refused := answer.get("Errors"):
                    first = refused[0]
                    raise UnableTo(f"The object service kept {first.get('Key')}: {first.get('Message')}.")

    def list_keys(self, prefix: str) -> Iterator[str]:
        check_prefix(prefix)
        with self._explained("list", prefix):
            for keys in self._pages(prefix):
                yield from keys

    def signed_url(self, key: str, *, seconds: int) -> str:
        check_key(key)
        with self._explained("sign", key):
            url: str = self._client.generate_presigned_url(
                "get_object", Params={"Bucket": self._bucket, "Key": key}, ExpiresIn=seconds
            )
        return url

    def offer(self, key: str, *, seconds: int) -> str:
        return self.signed_url(key, seconds=seconds)

    def remove_unfinished(self, *, before: datetime) -> int:
        removed = 0
        with self._explained("list unfinished uploads of", self._bucket):
            for page in self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket):
                for upload in page.get("Uploads", ()):
                    if upload["Initiated"] < before:
                        self._client.abort_multipart_upload(
                            Bucket=self._bucket, Key=upload["Key"], UploadId=upload["UploadId"]
                        )
                        removed += 1
        return removed

    def _pages(self, prefix: str) -> Iterator[list[str]]:
        for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
            if keys := [entry["Key"] for entry in page.get("Contents", ())]:
                yield keys

    @contextmanager
    def _explained(self, verb: str, what: str) -> Iterator[None]:
        """Say what went wrong in words, without the keys that sign our requests."""
        start = f"Could not {verb} {what} in bucket {self._bucket} at {self._storage.s3_endpoint}"
        try:
            yield
        except (ClientError, Boto3Error) as error:
            code = _code(error)
            if code in _MISSING:
                raise ObjectNotFound(what) from None
            hint = _HINTS.get(code, "Check the service's own log and that the bucket is there.")
            raise UnableTo(f"{start}: the service answered {code or error}. {hint}") from error
        except (BotoCoreError, OSError) as error:
            raise UnableTo(f"{start}: {error}. Check storage.s3_endpoint and that the service runs.") from error


def _code(error: BaseException) -> str:
    """The service's own word; a failed transfer carries it one exception further in."""
    answer = error if isinstance(error, ClientError) else error.__context__
    return str(answer.response.get("Error", {}).get("Code", "")) if isinstance(answer, ClientError) else ""
