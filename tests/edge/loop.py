"""An event loop in a thread of its own: a browser test may have left one running in the main thread."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

import pytest


class Loop:
    """Runs coroutines to their end, all in one loop, from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=60)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()


@pytest.fixture
def loop():
    """One for the test."""
    loop = Loop()
    yield loop
    loop.close()
