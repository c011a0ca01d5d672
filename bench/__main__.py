"""`make bench`, or `python -m bench [part ...] [--json FILE]`: the default set of measurements, or these parts, as one table."""

import argparse
import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

# What `make bench` measures, in under ten minutes: the targets of how it plays, encodes, serves, lists and answers.
DEFAULT = ("playing", "encoding", "slides", "upload", "serving", "web", "database", "heartbeats")
PARTS = (*DEFAULT, "editor", "declaring", "speech", "retention")
SCALE = float(os.environ.get("BENCH_SCALE", "0.05"))
MANY = int(os.environ.get("BENCH_RETENTION", "1000")) / 10_000
PATIENCE_S = int(900 * max(1, 4 * SCALE, MANY))  # a part that takes longer hangs: it is given up, and the others go on
HEAD = ("name", "value", "unit", "limit", "ratio", "target")
Row = tuple[str, str, str, str, str, str]


def main() -> int:
    """Print the table as it grows; 0 when every part ran, 1 when one could not."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "part", nargs="*", choices=[*PARTS, []], help=f"some of: {', '.join(PARTS)}; {', '.join(DEFAULT)} without"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    given = parser.parse_args()
    failed: list[str] = []
    found: list[Row] = []
    print(_line(HEAD), _line(tuple("-" * len(_cell(n, word)) for n, word in enumerate(HEAD))), sep="\n", flush=True)
    for part in given.part or DEFAULT:
        started = time.monotonic()
        for row in _rows(part, failed):
            found.append(row)
            print(_line(row), flush=True)
        print(f"({part}: {time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
    if given.json:
        given.json.write_text(json.dumps([dict(zip(HEAD, row, strict=True)) for row in found], indent=1) + "\n")
    for part in failed:
        print(f"{part} could not be measured; its error stands above.", file=sys.stderr)
    return 1 if failed else 0


def _rows(part: str, failed: list[str]) -> Iterator[Row]:
    """One part's rows; a part that fails or hangs is a row that says so, and the others go on."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"not done after {PATIENCE_S} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    try:
        module = importlib.import_module(f"bench.{part}")
        for row in module.rows():
            yield tuple(str(word) for word in row)
    except Exception as error:
        traceback.print_exc()
        failed.append(part)
        lines = str(error).strip().splitlines() or [""]
        yield f"{part} FAILED, {type(error).__name__}: {lines[0]}"[: WIDTHS[0] * 2], "-", "", "", "", ""
    finally:
        signal.alarm(0)


WIDTHS = (72, 10, 12, 10, 8, 10)


def _cell(number: int, word: str) -> str:
    return word.ljust(WIDTHS[number]) if number in (0, 2) else word.rjust(WIDTHS[number])


def _line(row: tuple[str, ...]) -> str:
    return "  ".join(_cell(number, word) for number, word in enumerate(row)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
