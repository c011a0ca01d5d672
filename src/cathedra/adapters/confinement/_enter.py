"""Becomes another program inside limits. Run by path with `python -I -S`: the standard library only, and of that what
loads in a moment, since every ffmpeg begins here.

Arguments: the limits as NAME=NUMBER with commas between, then the program and its arguments. The program dies with the
thread that started us, sees no network and cannot gain rights.
"""

import ctypes
import os
import resource
import sys

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SIGKILL, _SIGPIPE, _SIGXFSZ, _SIG_DFL = 9, 13, 25, None  # `signal` alone takes as long to load as all the others
_MOST = ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE")


def main() -> None:
    limits = {name: int(number) for name, _, number in (one.partition("=") for one in sys.argv[1].split(","))}
    program = sys.argv[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if not (os.geteuid() == 0 and libc.unshare(_CLONE_NEWNET) == 0):
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # refused on some machines; no protocol but `file` is allowed then
    for name in _MOST:
        if name in limits:
            _lower(getattr(resource, f"RLIMIT_{name}"), limits[name])
    libc.signal.argtypes = (ctypes.c_int, ctypes.c_void_p)
    for ignored in (_SIGXFSZ, _SIGPIPE):  # by Python, and what is ignored stays so in the next program
        libc.signal(ignored, _SIG_DFL)
    os.nice(limits["nice"])
    if "uid" in limits:
        os.setgroups([])
        os.setgid(limits["gid"])
        os.setuid(limits["uid"])
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != limits["parent"]:
        sys.exit(1)  # the parent died before we asked to be told
    os.execv(program[0], program)  # noqa: S606 - replaced on purpose, never a shell


def _lower(what: int, most: int) -> None:
    try:  # noqa: SIM105 - to load contextlib takes longer than all of this
        resource.setrlimit(what, (most, most))
    except ValueError:  # already lower than we ask for
        pass


main()
