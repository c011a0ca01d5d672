"""Child processes: start them so that they die with us, keep them alive, stop them in order and leave nothing behind.

Every child leads its own process group, so that whatever it started can be ended with it. Three nets hold when we go:
an orderly `stop`; the kernel's parent-death signal and an undertaker (a shell that waits on a pipe) when we are killed;
and `end_strays` at the next start, for the day when both were killed too.
"""

from cathedra.adapters.processes._child import Child, Program
from cathedra.adapters.processes._lock import FolderLock
from cathedra.adapters.processes._records import end_strays
from cathedra.adapters.processes._tree import Tree

__all__ = ["Child", "FolderLock", "Program", "Tree", "end_strays"]
