"""What can be set, room by room; the comments become docs/config.md."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cathedra.config._documented import documented as _doc
from cathedra.config._keeping import Bin, Licence, Limit, Meter, Restore, Retention

GIB = 1024**3


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
    def shown_url(self) -> str:
        """The address to tell people: by name on this machine, since a passkey belongs to a name and not to a number."""
        return self.url.replace("http://127.0.0.1:", "http://localhost:")

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
    s3_archive_class: str = _doc(
        "",
        "Storage class of archived originals, as STANDARD_IA; it must answer reads at once. Empty: the bucket's own.",
    )
    archive_dir: str = _doc("", "Folder of archived originals, as on a cheaper disk; empty: with the other media.")


@dataclass(frozen=True, slots=True)
class Upload:
    max_bytes: int = _doc(50 * GIB, "Largest file that is accepted.")
    expire_hours: int = _doc(72, "An unfinished upload is kept this long after its last byte.")
    finish_hours: int = _doc(12, "A recording in a browser that was silent so long ends with what came (T10).")
    min_free_bytes: int = _doc(2 * GIB, "Uploads are refused when they would leave less than this free.")


@dataclass(frozen=True, slots=True)
class Import:
    decide_days: int = _doc(
        30, "An imported recording that its owner neither keeps nor discards goes to the bin after so long (R93)."
    )


@dataclass(frozen=True, slots=True)
class Schedule:
    max_hours: int = _doc(8, "How long one scheduled recording may last (R151).")
    timetable_joint: bool = _doc(False, "Whether joint events of a timetable are scheduled too (R156).")
    timetable_several_rooms: bool = _doc(
        False, "Whether events of a timetable that are in several rooms are scheduled too, in all of them (R156)."
    )


@dataclass(frozen=True, slots=True)
class Encoding:
    ffmpeg: str = _doc("", "Path of ffmpeg; empty: the system's, else the one that came with Cathedra.")
    threads: int = _doc(0, "Threads one encode may use; 0: as many as there are cores.")
    probe_seconds: int = _doc(60, "Probing a file is stopped after this long, and after `probe_seconds_per_gib` more.")
    probe_seconds_per_gib: int = _doc(
        240, "What a large file may take longer to probe, for each GiB of it, up to `upload.max_bytes`."
    )
    probe_memory_bytes: int = _doc(2 * GIB, "Address space a probe may use.")
    max_duration_hours: int = _doc(24, "Longer media is refused.")
    slide_words: bool = _doc(
        True, "Words on slides are read, if a program is installed that can; about two CPU seconds a slide."
    )
    attempts: int = _doc(3, "A step that fails is tried this often before the recording is marked failed (T17).")


@dataclass(frozen=True, slots=True)
class Speech:
    listens: bool = _doc(True, "Whether recordings are listened to, where the extra `speech` is installed.")
    model_dir: str = _doc(
        "",
        "Folder of a Whisper model in CTranslate2 layout; empty: the one of the extra `speech`, which knows English. If "
        "it holds a SHA256SUMS, its files are checked against that at each use.",
    )
    threads: int = _doc(1, "Cores that the speech engine may use, at the lowest priority.")
    memory_bytes: int = _doc(6 * GIB, "Address space that the speech engine may use.")
    shows_automatic: bool = _doc(
        True, "Whether automatic captions are shown to viewers; if not, they serve the search only (R208)."
    )


@dataclass(frozen=True, slots=True)
class Worker:
    cpu_jobs: int = _doc(1, "Encodes that run at the same time.")
    io_jobs: int = _doc(4, "Light jobs that run at the same time.")
    stalled_seconds: int = _doc(10, "A worker that has not been heard of for this long is taken for dead.")


@dataclass(frozen=True, slots=True)
class Playback:
    authorise_cache_seconds: int = _doc(3, "nginx keeps a yes or no this long; withdrawn rights bite within 5 s.")


@dataclass(frozen=True, slots=True)
class Audit:
    years: int = _doc(7, "How long the audit trail is kept (R224). Nothing is deleted before that.")


@dataclass(frozen=True, slots=True)
class Api:
    per_second: int = _doc(5, "Requests that one client may make to one address of the API in a second; 0: any.")
    per_minute: int = _doc(100, "The same in a minute.")
    per_hour: int = _doc(5000, "The same in an hour (R227).")


@dataclass(frozen=True, slots=True)
class Mail:
    host: str = _doc("", "SMTP server; empty: notices stand on the site only, and mail about passwords is logged.")
    port: int = _doc(25, "SMTP port: usually 25 or 587, with security `tls` 465.")
    security: Literal["off", "starttls", "tls"] = _doc(
        "off", "How the line is secured; the server's certificate is always checked, and there is no way back to less."
    )
    ca_file: str = _doc("", "Certificates to trust beside the system's, as a PEM file.")
    user: str = _doc("", "SMTP user; not without security, except on this machine.")
    password: str = _doc("", "SMTP password.", is_secret=True)
    timeout_seconds: int = _doc(30, "A mail server that is silent for so long is given up, and tried again later.")
    sender: str = _doc("cathedra@localhost", "From address.")
    bounce_address: str = _doc("", "Where other servers return what they cannot deliver; empty: the sender.")
    bounce_folder: str = _doc(
        "", "Maildir of the bounce address, read every five minutes; or pipe each message into `cathedra mail bounce`."
    )


@dataclass(frozen=True, slots=True)
class Sharing:
    max_level: Literal["restricted", "organisation_unlisted", "organisation", "public_unlisted", "public"] = _doc(
        "organisation", "How far folders and recordings may be shared without an exemption (R33)."
    )


@dataclass(frozen=True, slots=True)
class Downloads:
    default: Literal["nobody", "creators", "viewers"] = _doc(
        "creators", "Who may download from folders that say nothing of their own (R204)."
    )


@dataclass(frozen=True, slots=True)
class Approval:
    allow_self: bool = _doc(
        True, "Whether somebody who is Creator and Publisher may approve their own recordings (R66)."
    )
    reapprove_on_media_edit: bool = _doc(
        False,
        "Whether a recording waits for approval again when somebody else than a Publisher changes its media (R73).",
    )
    allow_webcast: bool = _doc(
        False, "Whether recordings of folders with approval may be shown live, before anybody approves them (R51)."
    )


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. `data_dir` holds the database, media, secrets and run files."""

    data_dir: Path
    secret_key: str = ""
    site: Site = field(default_factory=Site)
    database: Database = field(default_factory=Database)
    storage: Storage = field(default_factory=Storage)
    upload: Upload = field(default_factory=Upload)
    import_: Import = field(default_factory=Import)  # a section is called as its field is, without the stroke
    schedule: Schedule = field(default_factory=Schedule)
    encoding: Encoding = field(default_factory=Encoding)
    speech: Speech = field(default_factory=Speech)
    worker: Worker = field(default_factory=Worker)
    playback: Playback = field(default_factory=Playback)
    sharing: Sharing = field(default_factory=Sharing)
    downloads: Downloads = field(default_factory=Downloads)
    approval: Approval = field(default_factory=Approval)
    audit: Audit = field(default_factory=Audit)
    licence: Licence = field(default_factory=Licence)
    meter: Meter = field(default_factory=Meter)
    limit: Limit = field(default_factory=Limit)
    retention: Retention = field(default_factory=Retention)
    bin: Bin = field(default_factory=Bin)
    restore: Restore = field(default_factory=Restore)
    api: Api = field(default_factory=Api)
    mail: Mail = field(default_factory=Mail)

    @property
    def media_dir(self) -> Path:
        """The local object store."""
        return self.data_dir / "media"

    @property
    def archive_dir(self) -> Path:
        """Where archived originals are, unless they are in an S3 service."""
        return Path(self.storage.archive_dir) if self.storage.archive_dir else self.media_dir

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
