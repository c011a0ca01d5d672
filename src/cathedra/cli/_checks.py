"""What `cathedra check` looks at, one function a subject."""

import ctypes
import os
import shutil
import smtplib
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from cathedra import wiring
from cathedra.adapters import ffmpeg as ffmpeg_adapter
from cathedra.adapters import front_check, nginx, smtp
from cathedra.adapters.processes import FolderLock
from cathedra.cli.up import is_port_free
from cathedra.config import Config, for_children
from cathedra.domain.terms import UnableTo

OLDEST_DATABASE = 150000
EXTENSIONS = ("ltree", "pg_trgm", "unaccent")
MOST_SKEW_S = 2.0
_TIME_ERROR = 5
_MAIL_PATIENCE_S = 5
_OTHER_FFMPEG = "Install Debian's ffmpeg, or set CATHEDRA_ENCODING_FFMPEG."

# What to do when a check could not be made at all.
_REMEDIES = {
    "folder": "Let the account that runs Cathedra write there, or set CATHEDRA_DATA_DIR.",
    "web server": "Install Debian's nginx.",
    "ffmpeg": _OTHER_FFMPEG,
    "database": "Install Debian's postgresql, or set DATABASE_URL.",
    "migrations": "Look at the log of `cathedra up`.",
    "storage": "Check the store's disk or service, and the [storage] settings.",
    "disk": "Check the disk that the data folder is on.",
    "clock": "Check DATABASE_URL and that the server runs.",
    "strangers": "Do not let anybody in until a start of `cathedra up` ends without this.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `remedy` is what to do."""

    subject: str
    is_well: bool
    says: str
    remedy: str = ""


def all_findings(config: Config) -> Iterator[Finding]:
    """Every check in turn, each bounded in time; what one cannot do is its own finding, never the end."""
    is_running = _is_running(config)
    checks: list[Callable[[Config, bool], Finding]] = [
        folder, port, web_server, ffmpeg, database, migrations, storage, disk, mail, clock, strangers,
    ]  # fmt: skip
    for check in checks:
        try:
            yield check(config, is_running)
        except (UnableTo, OSError, psycopg.Error, subprocess.SubprocessError) as error:
            subject = _subject(check)
            yield Finding(subject, False, str(error).strip().splitlines()[0], _REMEDIES.get(subject, ""))


def _subject(check: Callable[[Config, bool], Finding]) -> str:
    return check.__name__.replace("_", " ")


def _is_running(config: Config) -> bool:
    lock = FolderLock(config.run_dir / "lock")
    try:
        holder = lock.take()
    except OSError:  # the data folder's own check says so
        return False
    lock.release()
    return holder is not None


def folder(config: Config, is_running: bool) -> Finding:
    """May we write?"""
    probe = config.data_dir / f".check-{uuid.uuid4().hex}"
    probe.write_bytes(b"")
    probe.unlink()
    return Finding("data folder", True, f"{config.data_dir} can be written")


def port(config: Config, is_running: bool) -> Finding:
    """Is the port ours, or free to become so?"""
    where = f"{config.site.host}:{config.site.port}"
    if is_running:
        return Finding("port", True, f"Cathedra runs at {config.site.url}")
    if is_port_free(config.site.host, config.site.port):
        return Finding("port", True, f"{where} is free")
    return Finding(
        "port", False, f"{where} is taken by another program", "Stop it, or set CATHEDRA_SITE_PORT to another port."
    )


def web_server(config: Config, is_running: bool) -> Finding:
    """Is there an nginx that can ask for permission?"""
    return Finding("web server", True, f"nginx with auth_request: {nginx.find_program().path}")


def ffmpeg(config: Config, is_running: bool) -> Finding:
    """Can it do what the ladder needs?"""
    program = ffmpeg_adapter.find_program(config.encoding.ffmpeg)
    if missing := ffmpeg_adapter.missing(program):
        return Finding("ffmpeg", False, f"{program} lacks {', '.join(missing)}", _OTHER_FFMPEG)
    return Finding("ffmpeg", True, f"{program} has every encoder and filter that is used")


def database(config: Config, is_running: bool) -> Finding:
    """Does it answer, is it new enough, has it the extensions?"""
    if config.is_database_embedded and not is_running:
        programs = wiring.cluster(config).programs
        return Finding(
            "database", True, f"embedded, PostgreSQL {programs.major} in {programs.folder}; starts with Cathedra"
        )
    try:
        connection = psycopg.connect(config.database_url, connect_timeout=5)
    except psycopg.OperationalError as error:
        return Finding(
            "database", False, f"does not answer: {str(error).strip().splitlines()[0]}",
            "Check DATABASE_URL and that the server runs." if not is_running else "Look at the log of `cathedra up`.",
        )  # fmt: skip
    with connection:
        offered = {name for (name,) in connection.execute("SELECT name FROM pg_available_extensions")}
        version = connection.info.server_version
    if version < OLDEST_DATABASE:
        return Finding("database", False, f"PostgreSQL {version // 10000} is too old", "Use PostgreSQL 15 or newer.")
    if missing := [name for name in EXTENSIONS if name not in offered]:
        return Finding(
            "database", False, f"PostgreSQL {version // 10000} has no {', '.join(missing)}",
            "Install its contrib package (Debian: postgresql-contrib).",
        )  # fmt: skip
    return Finding("database", True, f"PostgreSQL {version // 10000} with {', '.join(EXTENSIONS)}")


def migrations(config: Config, is_running: bool) -> Finding:
    """Are the tables those of this version?"""
    if not _answers(config):
        return Finding("migrations", True, "brought up to date at every start")
    asked = subprocess.run(
        [sys.executable, "-m", "cathedra.cli", "prepare", "--check"],
        env=for_children(config), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    if asked.returncode:
        return Finding(
            "migrations", False, "the tables are of another version", "Stop and start Cathedra: it migrates then."
        )
    return Finding("migrations", True, "all applied")


def _answers(config: Config) -> bool:
    try:
        psycopg.connect(config.database_url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def storage(config: Config, is_running: bool) -> Finding:
    """Does what is put away come back, and go when told?"""
    store, key, data = wiring.object_store_of(config), f"check/{uuid.uuid4()}", os.urandom(1024)
    store.put_bytes(key, data)
    try:
        with store.local_copy(key) as path:
            came_back = path.read_bytes() == data
    finally:
        store.delete(key)
    if not came_back or store.exists(key):
        return Finding(
            "storage", False, "an object did not come back as it was put", "Check the store's disk or service."
        )
    where = (
        f"{config.storage.s3_endpoint}/{config.storage.s3_bucket}" if config.storage.kind == "s3" else config.media_dir
    )
    return Finding("storage", True, f"put, read and removed an object in {where}")


def disk(config: Config, is_running: bool) -> Finding:
    """Is there room for uploads?"""
    free = shutil.disk_usage(config.data_dir).free
    says = f"{free / 1e9:.1f} GB free in {config.data_dir}"
    if free < config.upload.min_free_bytes:
        return Finding("disk", False, f"{says}; uploads are refused below {config.upload.min_free_bytes / 1e9:.1f} GB",
                       "Make room, or lower upload.min_free_bytes.")  # fmt: skip
    return Finding("disk", True, says)


def mail(config: Config, is_running: bool) -> Finding:
    """Does the mail server take us?"""
    if not config.mail.host:
        return Finding("mail", True, "no server is set: notices stand on the site only, no e-mail is sent")
    where = f"{config.mail.host}:{config.mail.port}"
    try:
        with smtp.connect(replace(config.mail, timeout_seconds=_MAIL_PATIENCE_S)) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return Finding("mail", False, f"{where} {_mail_trouble(error)}", "Check the [mail] settings.")
    if config.mail.bounce_folder and not (Path(config.mail.bounce_folder) / "new").is_dir():
        return Finding(
            "mail", False, f"{where} takes mail, but {config.mail.bounce_folder} is not a Maildir",
            "Set mail.bounce_folder to the folder that holds `new`, `cur` and `tmp`.",
        )  # fmt: skip
    return Finding("mail", True, f"{where} takes mail")


def _mail_trouble(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"answers: {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return f"does not take us: {error}"


def clock(config: Config, is_running: bool) -> Finding:
    """Does the time agree with the database's, and does the kernel say that it is kept?"""
    if _answers(config):
        with psycopg.connect(config.database_url, connect_timeout=5) as connection:
            row = connection.execute("SELECT clock_timestamp()").fetchone()
        skew = abs((datetime.now(UTC) - row[0]).total_seconds()) if row else 0.0
        if skew > MOST_SKEW_S:
            return Finding(
                "clock", False, f"differs from the database's by {skew:.0f} s", "Keep both machines' time by NTP."
            )
    if ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(512)) == _TIME_ERROR:
        return Finding("clock", True, "runs; this machine does not say that it is kept by NTP")
    return Finding("clock", True, "kept in step")


def strangers(config: Config, is_running: bool) -> Finding:
    """Security class 32, on the running system."""
    if not is_running:
        return Finding("strangers", True, "tried at every start: whether media can be fetched without signing in")
    front_check.refuse_leaks(config, wiring.object_store_of(config))
    return Finding("strangers", True, "a protected file could not be fetched without signing in")
