"""How often one client may ask one endpoint (R227), counted in this process: cheap, and a little generous with many."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from cathedra import config
from cathedra.db.reads.recorders import Connected
from cathedra.web import actor

CLIENTS = 20_000
Limits = tuple[tuple[int, int], ...]  # requests, seconds


def limits(configured: config.Api) -> Limits:
    """R227 as configured; a limit of 0 is none."""
    all_limits = ((configured.per_second, 1), (configured.per_minute, 60), (configured.per_hour, 3600))
    return tuple(limit for limit in all_limits if limit[0])


def instant() -> float:
    """What `seconds_to_wait` counts from."""
    return time.monotonic()


class Pace(BaseThrottle):
    """A fixed window for each of the limits, which stay as many as they are. Clients unheard of for longest are forgotten first."""

    def __init__(self, limits: Callable[[], Limits]) -> None:
        self._limits = limits
        self._counts: OrderedDict[tuple[str, str], list[tuple[int, int]]] = OrderedDict()
        self._lock = Lock()
        self._wait = 0.0

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._counts.clear()

    def allow_request(self, request: HttpRequest) -> bool:
        self._wait = self.seconds_to_wait(client_of(request), _endpoint(request), now=instant())
        return self._wait == 0

    def wait(self) -> float | None:
        return self._wait

    def seconds_to_wait(self, client: str, endpoint: str, *, now: float) -> float:
        """0 when the client may go on, which is then counted; else the time until it may."""
        key, limits = (client, endpoint), self._limits()
        with self._lock:
            counts = self._counts.pop(key, [(0, 0)] * len(limits))
            windows = [int(now // seconds) for _, seconds in limits]
            counts = [
                (window, count if seen == window else 0) for (seen, count), window in zip(counts, windows, strict=True)
            ]
            waits = [
                (window + 1) * seconds - now
                for (window, count), (most, seconds) in zip(counts, limits, strict=True)
                if count >= most
            ]
            if not waits:
                counts = [(window, count + 1) for window, count in counts]
            self._counts[key] = counts
            while len(self._counts) > CLIENTS:
                self._counts.popitem(last=False)
        return max(waits, default=0.0)


def client_of(request: HttpRequest) -> str:
    """A recorder that has shown its token, whoever is signed in, or where the request comes from."""
    if isinstance(connected := getattr(request, "auth", None), Connected):
        return f"recorder:{connected.device.recorder_id}"
    if request.user.is_authenticated:
        return str(request.user.pk)
    return actor.address(request)


def _endpoint(request: HttpRequest) -> str:
    """The address itself: several recordings may be followed at once, each at its own pace."""
    return f"{request.method} {request.path}"
