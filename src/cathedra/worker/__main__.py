"""`python -m cathedra.worker`: a process that does jobs until it is told to stop."""

import asyncio
import logging
import os
import sys

import structlog

from cathedra import wiring


def main() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    wiring.start_database()
    from cathedra.worker import loop, processing  # noqa: PLC0415 - Django's tables must be known before the handlers are

    code = 1
    try:
        # not asyncio.run: at its end that waits for threads, and one may be hours into an encode
        asyncio.new_event_loop().run_until_complete(loop.work(wiring.configuration(), processing.processing_tools()))
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # the programs of those threads die with us


main()
