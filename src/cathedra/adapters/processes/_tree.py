"""The children of one supervisor, and the undertaker that ends them when it was killed."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from cathedra.adapters.processes._child import Child, Program

_UNDERTAKER = """
trap '' INT TERM HUP
read -r _
for f in "$1"/*; do [ -f "$f" ] && read -r p _ <"$f" && kill -s TERM -- "-$p" 2>/dev/null; done
sleep 3
for f in "$1"/*; do [ -f "$f" ] && read -r p _ <"$f" && kill -s KILL -- "-$p" 2>/dev/null; done
exit 0
"""


class Tree:
    """The children of one supervisor, and the records that let a later one clean up after it."""

    def __init__(self, records: Path) -> None:
        self._records = records
        self._children: list[Child] = []
        self._undertaker: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make the records' folder and start the undertaker."""
        self._records.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._undertaker = subprocess.Popen(
            ["/bin/sh", "-c", _UNDERTAKER, "undertaker", str(self._records)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def start(self, program: Program) -> Child:
        """Start a program and keep it in the tree; readiness is the caller's to await."""
        child = Child(program, self._records)
        self._children.append(child)
        child.start()
        return child

    def run(self, program: Program, *, at_most_s: float) -> int:
        """Start a program that ends by itself, and wait for that. Returns its status; 1 when it took too long."""
        child = Child(program, self._records)
        child.start()
        return child.end(at_most_s)

    def tend(self) -> None:
        """Start again whatever died."""
        for child in self._children:
            child.tend()

    def stop(self, order: Sequence[Sequence[str]]) -> None:
        """Stop the named children, one group of names after another, then everything else, and wait for their end."""
        named = {name for names in order for name in names}
        rest = [child.program.name for child in reversed(self._children) if child.program.name not in named]
        for names in (*order, *([name] for name in rest)):
            together = [child for child in self._children if child.program.name in names]
            for child in together:
                child.ask_to_stop()
            for child in together:
                child.finish()
        self._children.clear()
        self._dismiss_undertaker()

    def _dismiss_undertaker(self) -> None:
        if self._undertaker is not None:
            self._undertaker.kill()
            self._undertaker.wait(timeout=5)
            if self._undertaker.stdin is not None:
                self._undertaker.stdin.close()
            self._undertaker = None
