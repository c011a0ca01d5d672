"""Becomes another program inside limits. Run by path with `python -I -S`: the standard library only.

Arguments: a JSON object of limits, then the program and its arguments. The program dies with the thread that started
us, sees no network and cannot gain rights.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def main() -> None:
    limits, program = json.loads(sys.argv[1]), sys.argv[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if not (os.geteuid() == 0 and libc.unshare(_CLONE_NEWNET) == 0):
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # refused on some machines; no protocol but `file` is allowed then
    for name, most in limits["most"].items():
        with contextlib.suppress(ValueError):  # already lower than we ask for
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    for ignored in (signal.SIGXFSZ, signal.SIGPIPE):  # by Python, and what is ignored stays so in the next program
        signal.signal(ignored, signal.SIG_DFL)
    os.nice(limits["nice"])
    if limits["uid"] is not None:
        os.setgroups([])
        os.setgid(limits["gid"])
        os.setuid(limits["uid"])
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != limits["parent"]:
        sys.exit(1)  # the parent died before we asked to be told
    os.execv(program[0], program)  # noqa: S606 - replaced on purpose, never a shell


main()
