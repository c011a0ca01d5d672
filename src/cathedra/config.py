"""One typed, documented, frozen object read from one TOML file and the environment.

Every value may stand in the TOML file as `[room] name = value`, or in the environment as `CATHEDRA_ROOM_NAME`, which
wins. A secret may be given as a file: `CATHEDRA_ROOM_NAME_FILE=/path`. `DATABASE_URL` is understood as
`CATHEDRA_DATABASE_URL`. The file is `CATHEDRA_CONFIG`, else `cathedra.toml` in the data folder.
`docs/config.md` is generated from the comments below.
"""

import os
import secrets
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

GIB = 1024**3


class WrongConfiguration(Exception):
    """The configuration cannot work; the message says which value and what to write instead."""


def _doc(default: Any, text: str, *, is_secret: bool = False) -> Any:
    return field(default=default, metadata={"doc": text, "is_secret": is_secret})


@dataclass(frozen=True, slots=True)
class Site:
    name: str = _doc("Cathedra", "What people see as the name of the service.")
    timezone: str = _doc("Europe/London", "Policy dates are evaluated in this time zone.")
    host: str = _doc("127.0.0.1", "Address that nginx listens on.")
    port: int = _doc(8080, "Port that nginx listens on: the one address for people.")
    public_url: str = _doc("", "What people type, when it differs from http://host:port (behind a proxy or with TLS).")
    trusted_proxies: str = _doc(
        "", "Addresses of proxies in front, comma-separated; only their X-Forwarded-For counts."
    )
    workers: int = _doc(1, "Processes that answer pages; each uses four threads.")
    help_contact: str = _doc("", "Where people are told to write when they are stuck.")

    @property
    def url(self) -> str:
        """The public address, without a closing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_secure(self) -> bool:
        return self.url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Database:
    url: str = _doc(
        "", "PostgreSQL, as postgresql://user:password@host/name; empty: an embedded server.", is_secret=True
    )
    pool_max: int = _doc(8, "Connections kept by one process at most.")


@dataclass(frozen=True, slots=True)
class Storage:
    kind: Literal["local", "s3"] = _doc("local", "Where media is kept: the data folder, or an S3 service.")
    s3_endpoint: str = _doc("", "Address of the S3 service.")
    s3_bucket: str = _doc("", "Bucket; must exist.")
    s3_region: str = _doc("us-east-1", "Region used for signatures.")
    s3_access_key: str = _doc("", "Access key.", is_secret=True)
    s3_secret_key: str = _doc("", "Secret key.", is_secret=True)


@dataclass(frozen=True, slots=True)
class Upload:
    max_bytes: int = _doc(50 * GIB, "Largest file that is accepted.")
    expire_hours: int = _doc(72, "An unfinished upload is kept this long after its last byte.")
    min_free_bytes: int = _doc(2 * GIB, "Uploads are refused when they would leave less than this free.")


@dataclass(frozen=True, slots=True)
class Encoding:
    ffmpeg: str = _doc("", "Path of ffmpeg; empty: the system's, else the one that came with Cathedra.")
    threads: int = _doc(0, "Threads one encode may use; 0: as many as there are cores.")
    probe_seconds: int = _doc(60, "Probing a file is stopped after this long.")
    probe_memory_bytes: int = _doc(2 * GIB, "Address space a probe may use.")
    max_duration_hours: int = _doc(24, "Longer media is refused.")
    attempts: int = _doc(3, "A step that fails is tried this often before the recording is marked failed (T17).")


@dataclass(frozen=True, slots=True)
class Worker:
    cpu_jobs: int = _doc(1, "Encodes that run at the same time.")
    io_jobs: int = _doc(4, "Light jobs that run at the same time.")
    stalled_seconds: int = _doc(10, "A worker that has not been heard of for this long is taken for dead.")


@dataclass(frozen=True, slots=True)
class Playback:
    authorise_cache_seconds: int = _doc(3, "nginx keeps a yes or no this long; withdrawn rights bite within 5 s.")


@dataclass(frozen=True, slots=True)
class Api:
    per_second: int = _doc(5, "Requests that one client may make to one address of the API in a second; 0: any.")
    per_minute: int = _doc(100, "The same in a minute.")
    per_hour: int = _doc(5000, "The same in an hour (R227).")


@dataclass(frozen=True, slots=True)
class Mail:
    host: str = _doc("", "SMTP server; empty: mail is written to the log.")
    port: int = _doc(25, "SMTP port.")
    user: str = _doc("", "SMTP user.")
    password: str = _doc("", "SMTP password.", is_secret=True)
    use_tls: bool = _doc(False, "Use STARTTLS.")
    sender: str = _doc("cathedra@localhost", "From address.")


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. `data_dir` holds the database, media, secrets and run files."""

    data_dir: Path
    secret_key: str = ""
    site: Site = field(default_factory=Site)
    database: Database = field(default_factory=Database)
    storage: Storage = field(default_factory=Storage)
    upload: Upload = field(default_factory=Upload)
    encoding: Encoding = field(default_factory=Encoding)
    worker: Worker = field(default_factory=Worker)
    playback: Playback = field(default_factory=Playback)
    api: Api = field(default_factory=Api)
    mail: Mail = field(default_factory=Mail)

    @property
    def media_dir(self) -> Path:
        """The local object store."""
        return self.data_dir / "media"

    @property
    def incoming_dir(self) -> Path:
        """Uploads that have not ended; on the same file system as `media_dir`."""
        return self.data_dir / "incoming"

    @property
    def work_dir(self) -> Path:
        """Temporary files of jobs; on the same file system as `media_dir`."""
        return self.data_dir / "work"

    @property
    def is_database_embedded(self) -> bool:
        """Whether we run the database ourselves."""
        return not self.database.url

    @property
    def database_url(self) -> str:
        """The database's address: the one given, else that of the embedded server's socket."""
        return self.database.url or f"postgresql://cathedra@/cathedra?host={self.run_dir / 'pg'}"

    @property
    def run_dir(self) -> Path:
        """Sockets and process files."""
        return self.data_dir / "run"


def for_children(config: Config) -> dict[str, str]:
    """The environment that makes a child process read the same configuration, whatever its parent was told."""
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "CATHEDRA_DATA_DIR": str(config.data_dir),
        "CATHEDRA_SITE_HOST": config.site.host,
        "CATHEDRA_SITE_PORT": str(config.site.port),
    }


def default_data_dir() -> Path:
    """`CATHEDRA_DATA_DIR`, else the main installation's folder."""
    return _given_data_dir() or _home() / "main"


def demo_data_dir() -> Path:
    """`CATHEDRA_DATA_DIR`, else a folder of the demo's own beside the main installation's."""
    return _given_data_dir() or _home() / "demo"


def _given_data_dir() -> Path | None:
    given = os.environ.get("CATHEDRA_DATA_DIR")
    return Path(given).absolute() if given else None


def _home() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/cathedra")  # the database's own user can pass there, which it may not in root's home
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "cathedra"


def load(data_dir: Path | None = None, environment: Mapping[str, str] | None = None) -> Config:
    """Read file and environment. Raises WrongConfiguration with a sentence."""
    environment = os.environ if environment is None else environment
    data_dir = data_dir or default_data_dir()
    path = Path(environment.get("CATHEDRA_CONFIG") or data_dir / "cathedra.toml")
    text = _read_toml(path, is_required="CATHEDRA_CONFIG" in environment)
    rooms = {f.name: get_type_hints(Config)[f.name] for f in fields(Config) if f.name not in ("data_dir", "secret_key")}
    unknown = set(text) - set(rooms)
    if unknown:
        raise WrongConfiguration(f"{path}: [{sorted(unknown)[0]}] is not a section. Sections are: {', '.join(rooms)}.")
    values = {name: _room(name, kind, text.get(name, {}), environment, path) for name, kind in rooms.items()}
    config = Config(data_dir=data_dir, secret_key=_secret_key(data_dir, environment), **values)
    _check(config)
    return config


@cache
def get() -> Config:
    """The configuration of this process, read once."""
    return load()


def _read_toml(path: Path, *, is_required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except FileNotFoundError:
        if is_required:
            raise WrongConfiguration(f"CATHEDRA_CONFIG names {path}, which does not exist.") from None
        return {}
    except tomllib.TOMLDecodeError as error:
        raise WrongConfiguration(f"{path} is not valid TOML: {error}.") from error


def _room(name: str, kind: type, table: Mapping[str, Any], environment: Mapping[str, str], path: Path) -> Any:
    hints = get_type_hints(kind)
    unknown = set(table) - set(hints)
    if unknown:
        raise WrongConfiguration(f"{path}: {name}.{sorted(unknown)[0]} is not a setting. See docs/config.md.")
    values = {}
    for key, wanted in hints.items():
        variable = f"CATHEDRA_{name}_{key}".upper()
        if (given := _from_environment(variable, environment)) is not None:
            values[key] = _parse(variable, given, wanted)
        elif key in table:
            values[key] = _parse(f"{path}: {name}.{key}", table[key], wanted)
    return kind(**values)


def _from_environment(variable: str, environment: Mapping[str, str]) -> str | None:
    if variable == "CATHEDRA_DATABASE_URL" and variable not in environment:
        variable = "DATABASE_URL"
    if variable in environment:
        return environment[variable]
    if file := environment.get(variable + "_FILE"):
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise WrongConfiguration(f"{variable}_FILE: {error}.") from error
    return None


def _parse(where: str, given: Any, wanted: Any) -> Any:
    if get_origin(wanted) is Literal:
        if given not in get_args(wanted):
            raise WrongConfiguration(f"{where} is {given!r}; it must be one of {', '.join(get_args(wanted))}.")
        return given
    if wanted is bool:
        if str(given).lower() not in ("true", "false", "1", "0", "yes", "no"):
            raise WrongConfiguration(f"{where} is {given!r}; it must be true or false.")
        return str(given).lower() in ("true", "1", "yes")
    try:
        return wanted(given)
    except ValueError as error:
        raise WrongConfiguration(f"{where} is {given!r}; it must be {wanted.__name__}.") from error


def _secret_key(data_dir: Path, environment: Mapping[str, str]) -> str:
    """Given, else made at first start and kept with mode 600 (security class 22)."""
    if given := _from_environment("CATHEDRA_SECRET_KEY", environment):
        return given
    path = data_dir / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # the first of two starts wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_text().strip()


def _check(config: Config) -> None:
    try:
        zoneinfo.ZoneInfo(config.site.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
        raise WrongConfiguration(f"site.timezone: there is no time zone {config.site.timezone!r}.") from error
    if config.storage.kind == "s3" and not (config.storage.s3_endpoint and config.storage.s3_bucket):
        raise WrongConfiguration("storage.kind is s3: give storage.s3_endpoint and storage.s3_bucket too.")
    if not 0 <= config.playback.authorise_cache_seconds <= 4:
        raise WrongConfiguration("playback.authorise_cache_seconds must be 0 to 4: withdrawn rights bite within 5 s.")
    if config.site.host in ("0.0.0.0", "::", "*") and not config.site.public_url:  # noqa: S104
        raise WrongConfiguration(
            f"site.host is {config.site.host}: say in site.public_url which address people type, as "
            f"http://lectures.example.org:{config.site.port}."
        )
    if config.site.public_url and not config.site.public_url.startswith(("http://", "https://")):
        raise WrongConfiguration("site.public_url must begin with http:// or https://.")
