"""What the upload tests speak with: a plain tus client, requests that break off, and a proxy that cuts lines."""

import base64
import contextlib
import json
import random
import socket
import struct
import threading

import httpx

from tests.conftest import COURSE

BODY = "application/offset+octet-stream"


USE = {"q1": "yes", "q2": "yes", "q3": "yes", "category": "lecture", "course": str(COURSE)}  # R84: what it is for


def metadata(**pairs) -> str:
    pairs = {"declaration": json.dumps(USE), **pairs}
    return ",".join(f"{key} {base64.b64encode(str(value).encode()).decode()}" for key, value in pairs.items())


class Tus:
    """One signed-in person at a running Cathedra. Every method returns httpx's answer."""

    def __init__(self, running, account_id, **headers):
        self.running = running
        self.cookie = running.sign_in(account_id) if account_id else "none"
        self.http = httpx.Client(
            base_url=running.url,
            headers={"Tus-Resumable": "1.0.0", "Cookie": f"cathedra_session={self.cookie}", **headers},
            timeout=30,
        )

    def __enter__(self):
        return self

    def __exit__(self, *ended):
        self.http.close()

    def post(self, length=None, folder=None, body=None, **headers):
        told = {"Upload-Length": str(length)} if length is not None else {}
        if folder is not None:
            told["Upload-Metadata"] = metadata(filename="Tides.mp4", folder=folder)
        elif headers.get("Upload-Concat") == "partial":
            told["Upload-Metadata"] = metadata()
        if body is not None:
            told["Content-Type"] = BODY
        return self.http.post("/files/", content=body, headers=told | headers)

    def open(self, content, folder=None, **headers):
        """The address of a new upload for this content."""
        answer = self.post(len(content), folder or self.running.cast.chemistry, **headers)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    def patch(self, url, content, at=0, **headers):
        return self.http.patch(
            url,
            content=content,
            headers={"Upload-Offset": at if isinstance(at, bytes) else str(at), "Content-Type": BODY} | headers,
        )

    def head(self, url):
        return self.http.head(url)

    def delete(self, url):
        return self.http.delete(url)

    def offset(self, url) -> int:
        return int(self.head(url).headers["upload-offset"])

    def held(self, url) -> bytes:
        """What the spool holds of an upload."""
        return (self.running.config.incoming_dir / url.rsplit("/", 1)[1]).read_bytes()

    def line(self, url, *, length, at=0, **headers) -> socket.socket:
        """A connection on which the head of a PATCH was sent, and no byte of its body."""
        line = socket.create_connection(("127.0.0.1", self.running.port), timeout=20)
        told = {
            "Host": f"127.0.0.1:{self.running.port}",
            "Cookie": f"cathedra_session={self.cookie}",
            "Tus-Resumable": "1.0.0",
            "Content-Type": BODY,
            "Content-Length": str(length),
            "Upload-Offset": str(at),
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        line.sendall(f"PATCH {url} HTTP/1.1\r\n{head}\r\n".encode())
        return line

    def broken_patch(self, url, content, at=0, *, sent, is_abrupt=False, first=None, **headers):
        """A PATCH that promises all of `content` and dies after `sent` bytes of it; `first` is called before it dies."""
        with self.line(url, length=len(content), at=at, **headers) as line:
            line.sendall(content[:sent])
            if first:
                first()
            if is_abrupt:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close sends RST

    def resume(self, url, content, **headers):
        """What every client does: ask where it stands, send the rest, and ask again when it moved meanwhile."""
        for _ in range(20):
            at = self.offset(url)
            if at == len(content):
                return
            assert self.patch(url, content[at:], at=at, **headers).status_code in (204, 409, 423)
        raise AssertionError("the upload never ended")


class CuttingProxy:
    """A TCP proxy on loopback that breaks connections after a random number of bytes from the client."""

    def __init__(self, port: int, *, cuts: int, most_bytes: int, seed: int) -> None:
        self._target = port
        self._left = cuts
        self._most = most_bytes
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self.made_cuts = 0
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *ended):
        self._server.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _allowance(self) -> int | None:
        with self._lock:
            return self._random.randrange(1, self._most) if self._left > 0 else None

    def _carry(self, client):
        server = socket.create_connection(("127.0.0.1", self._target))
        back = threading.Thread(target=self._back, args=(server, client), daemon=True)
        back.start()
        allowance = self._allowance()
        with contextlib.suppress(OSError), client, server:
            while data := client.recv(65536):
                if allowance is not None and len(data) >= allowance:
                    server.sendall(data[:allowance])
                    self._cut(client, server)
                    return
                server.sendall(data)
                allowance = None if allowance is None else allowance - len(data)
            server.shutdown(socket.SHUT_WR)
            back.join(timeout=30)

    def _cut(self, client, server):
        with self._lock:
            self._left -= 1
            self.made_cuts += 1
            is_abrupt = self._random.random() < 0.5
        for line in (client, server):
            if is_abrupt:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    @staticmethod
    def _back(server, client):
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)
