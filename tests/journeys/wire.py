"""The network between a browser and a running tree, in our hands: slow, cut, mended. A browser uses it as its proxy."""

import contextlib
import socket
import threading
import time

PIECE = 16 * 1024
SLOW_BYTES_PER_S = 1_500_000
STANDING = 15_000  # bytes a second: an upload that hardly moves while it is looked at


class Wire:
    """Carries bytes to the port of a tree. nginx understands a proxy's requests, so bytes are all it carries."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._bytes_per_s = 0
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listen(0)

    @property
    def proxy(self) -> dict[str, str]:
        """For Playwright's `new_context(proxy=...)`."""
        return {"server": f"http://127.0.0.1:{self._own_port}"}

    def slow(self, bytes_per_s: int = SLOW_BYTES_PER_S) -> None:
        """Upwards only, so that an upload has a middle to break off in."""
        self._bytes_per_s = bytes_per_s

    def fast(self) -> None:
        self._bytes_per_s = 0

    def cut(self) -> None:
        """Every connection breaks, and no new one is made."""
        self._close(self._listener)
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            self._close(end)

    def mend(self) -> None:
        self._listen(self._own_port)

    def _listen(self, port: int) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * PIECE)  # little hides under way
        self._listener.bind(("127.0.0.1", port))
        self._listener.listen(64)
        self._own_port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        except OSError:
            return self._close(near)
        far.settimeout(None)
        with self._lock:
            self._ends |= {near, far}
        down = threading.Thread(target=self._pour, args=(far, near, False), daemon=True)
        down.start()
        self._pour(near, far, True)
        down.join()
        with self._lock:
            self._ends -= {near, far}
        return None

    def _pour(self, source: socket.socket, sink: socket.socket, is_up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE):
                if is_up and self._bytes_per_s:
                    time.sleep(len(piece) / self._bytes_per_s)
                sink.sendall(piece)
        self._close(source)
        self._close(sink)

    @staticmethod
    def _close(end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
