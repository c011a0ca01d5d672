"""Where the values come from: the file, the environment, files that hold secrets; what cannot work is refused."""

import os
import re
import secrets
import tomllib
import zoneinfo
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from cathedra.config._rooms import Config, Mail


class WrongConfiguration(Exception):
    """The configuration cannot work; the message says which value and what to write instead."""


def for_children(config: Config) -> dict[str, str]:
    """The environment that makes a child process read the same configuration, whatever its parent was told."""
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "CATHEDRA_DATA_DIR": str(config.data_dir),
        "CATHEDRA_SITE_HOST": config.site.host,
        "CATHEDRA_SITE_PORT": str(config.site.port),
    }


def hand_down(config: Config) -> None:
    """Make this process's own environment that of its children: whoever asks after this reads the same configuration."""
    os.environ.update(for_children(config))


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
    sections = {name: name.rstrip("_") for name in rooms}
    unknown = set(text) - set(sections.values())
    if unknown:
        known = ", ".join(sections.values())
        raise WrongConfiguration(f"{path}: [{sorted(unknown)[0]}] is not a section. Sections are: {known}.")
    values = {
        name: _room(sections[name], kind, text.get(sections[name], {}), environment, path)
        for name, kind in rooms.items()
    }
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
    try:
        return _kept_secret_key(data_dir)
    except OSError as error:
        raise WrongConfiguration(
            f"The data folder {data_dir} cannot be used: {error.strerror}. Let the account that runs Cathedra write "
            "there, or set CATHEDRA_DATA_DIR to another."
        ) from error


def _kept_secret_key(data_dir: Path) -> str:
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
    _check_mail(config.mail)
    _check_day(config.licence.year_start, "licence.year_start")
    _check_retention(config)
    limits = (config.licence.recorded_hours, config.licence.stored_hours, config.meter.archived_licensed_hours)
    if min(limits) < 0:
        raise WrongConfiguration("licence, meter: hours are nought or more; 0 means that there is no limit.")
    if config.site.host in ("0.0.0.0", "::", "*") and not config.site.public_url:  # noqa: S104 - asked about, not listened on
        raise WrongConfiguration(
            f"site.host is {config.site.host}: say in site.public_url which address people type, as "
            f"http://lectures.example.org:{config.site.port}."
        )
    if config.site.public_url and not config.site.public_url.startswith(("http://", "https://")):
        raise WrongConfiguration("site.public_url must begin with http:// or https://.")


def _check_mail(mail: Mail) -> None:
    is_here = mail.host in ("localhost", "127.0.0.1", "::1")
    if mail.user and mail.security == "off" and not is_here:
        raise WrongConfiguration(
            "mail.user is set: set mail.security too, or the password would go over the net as it is."
        )
    if not 1 <= mail.timeout_seconds <= 60:
        raise WrongConfiguration("mail.timeout_seconds must be 1 to 60.")
    for name, value in (("sender", mail.sender), ("bounce_address", mail.bounce_address)):
        if value and (value.count("@") != 1 or not value.isascii() or any(c in value for c in " <>\r\n\t")):
            raise WrongConfiguration(f"mail.{name} is {value!r}; it must be an address alone, as lectures@example.org.")


_FOLDER_PROFILE = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}=(calendar|none|(age|last_view):[1-9][0-9]{0,4})"
)


def _check_day(text: str, name: str) -> None:
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise WrongConfiguration(f"{name} is {text!r}; it must be a month and a day, as 09-01.") from None


def _check_retention(config: Config) -> None:
    found = config.retention
    _check_day(found.archive_date, "retention.archive_date")
    _check_day(found.delete_date, "retention.delete_date")
    if found.profile in ("age", "last_view") and found.days < 1:
        raise WrongConfiguration(f"retention.profile is {found.profile}: say in retention.days after how many days.")
    for part in filter(None, (one.strip() for one in found.folder_profiles.split(","))):
        if not _FOLDER_PROFILE.fullmatch(part):
            raise WrongConfiguration(
                f"retention.folder_profiles holds {part!r}; it must be a folder's id=calendar, =none, =age:DAYS or"
                " =last_view:DAYS."
            )
    least = {
        "retention.plan_tolerance_percent": (found.plan_tolerance_percent, 0),
        "retention.tombstone_years": (found.tombstone_years, 1),
        "retention.assessment_keep_months": (found.assessment_keep_months, 0),
        "bin.days": (config.bin.days, 1),
        "import.decide_days": (config.import_.decide_days, 1),
        "upload.finish_hours": (config.upload.finish_hours, 1),
        "restore.max_hours": (config.restore.max_hours, 1),
    }
    for name, (value, fewest) in least.items():
        if value < fewest:
            raise WrongConfiguration(f"{name} must be {fewest} or more.")
    if not 1 <= config.schedule.max_hours <= 24:
        raise WrongConfiguration("schedule.max_hours must be 1 to 24.")
    if config.storage.archive_dir and not config.storage.archive_dir.startswith("/"):
        raise WrongConfiguration("storage.archive_dir must be a whole path, beginning with a slash.")
