"""Starts a real S3 service (SeaweedFS from PyPI) for tests and benchmarks."""

import contextlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
from botocore.config import Config as ClientConfig

from cathedra.config import Storage

ACCESS_KEY, SECRET_KEY = "cathedra-tests", "not-a-secret-only-for-tests"
BUCKET = "media"


def free_ports(number: int) -> list[int]:
    """Ports below 22,768: SeaweedFS takes each one plus 10,000 for gRPC too, and a server that begins again needs them
    all again, so none may lie where the system takes the ports of clients' connections from (from 32,768 on)."""
    found: list[int] = []
    port = 12000 + (time.monotonic_ns() // 1000) % 8000
    while len(found) < number:
        port += 1
        if _is_free(port) and _is_free(port + 10000):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Seaweed:
    """One server process with everything in it, on loopback, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = free_ports(4)
        self._process: subprocess.Popen[bytes] | None = None
        identity = {
            "name": "cathedra",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))

    @property
    def storage(self) -> Storage:
        return Storage(
            kind="s3",
            s3_endpoint=f"http://127.0.0.1:{self._ports[3]}",
            s3_bucket=BUCKET,
            s3_access_key=ACCESS_KEY,
            s3_secret_key=SECRET_KEY,
        )

    def start(self) -> None:
        master, volume, filer, s3 = self._ports
        command = [
            Path(sys.executable).with_name("weed"), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            f"-dir={self._folder}", f"-master.port={master}", f"-volume.port={volume}", "-volume.max=20",
            "-master.volumeSizeLimitMB=64", "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={s3}",
            "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={self._folder / 's3.json'}",
            "-master.telemetry=false", "-s3.autoCreateBucket=false",
        ]  # fmt: skip
        with (self._folder / "weed.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def wait(self) -> None:
        """Until objects can be stored."""
        client = boto3.client(
            "s3",
            endpoint_url=self.storage.s3_endpoint,
            region_name="us-east-1",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            config=ClientConfig(retries={"max_attempts": 1}, connect_timeout=1, read_timeout=5),
        )
        for _ in range(450):
            with contextlib.suppress(Exception):
                if not any(bucket["Name"] == BUCKET for bucket in client.list_buckets()["Buckets"]):
                    client.create_bucket(Bucket=BUCKET)
                client.put_object(Bucket=BUCKET, Key="check/ready", Body=b"1")
                client.delete_object(Bucket=BUCKET, Key="check/ready")
                return
            time.sleep(0.2)
        raise RuntimeError((self._folder / "weed.log").read_text()[-3000:])

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None


@contextlib.contextmanager
def running() -> Iterator[Seaweed]:
    """A server with the bucket made; gone afterwards with everything in it."""
    folder = Path(tempfile.mkdtemp(prefix="cathedra-s3-"))
    server = Seaweed(folder)
    try:
        server.start()
        server.wait()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
