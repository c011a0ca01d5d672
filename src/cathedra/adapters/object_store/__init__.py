"""Keeps media by key: in a folder of this machine, or in an S3 service.

`S3Store` is not imported here: boto3 costs every process 27 MiB and 0.2 s of CPU, so `wiring.object_store` imports
`cathedra.adapters.object_store._s3` only where the configuration asks for it.
"""

from cathedra.adapters.object_store._keys import ObjectNotFound, WrongKey, check_key, check_prefix, content_type
from cathedra.adapters.object_store._local import LocalStore
from cathedra.adapters.object_store._store import ObjectStore

__all__ = ["LocalStore", "ObjectNotFound", "ObjectStore", "WrongKey", "check_key", "check_prefix", "content_type"]
