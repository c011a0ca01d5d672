"""Builds adapters from the configuration; the only place that chooses an implementation."""

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import django
from django import db
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_supported_language_variant, gettext, override, to_locale
from django.utils.translation.trans_real import parse_accept_lang_header

from cathedra import config
from cathedra.adapters import delivery_reports, mail_folder, policy_files, postgres, smtp, speech
from cathedra.adapters.deck import DeckReader
from cathedra.adapters.ffmpeg import Ffmpeg, find_program
from cathedra.adapters.first_run import FirstRunCode
from cathedra.adapters.object_store import LocalStore, ObjectStore
from cathedra.adapters.ocr import Reader, find_reader
from cathedra.adapters.probe import Prober
from cathedra.adapters.slides import Camera
from cathedra.adapters.spool import Spool
from cathedra.db import hot, kept
from cathedra.domain.access import CoursePolicy, GrantPolicy, parse_course_policy, parse_grant_policy
from cathedra.domain.encoding import Ladder, parse_ladder
from cathedra.domain.notices import Report, Site
from cathedra.domain.policy import Terms, UsePolicy, WrongTerms, WrongUsePolicy, parse_terms, parse_use_policy
from cathedra.domain.terms import UnableTo

T = TypeVar("T")

_DAY, _INSTANT = "D j M Y", "D j M Y, H:i"  # Mon 31 Aug 2026, 14:05


def configuration() -> config.Config:
    """The configuration of this process."""
    return config.get()


def start_database() -> None:
    """Make the tables' layer ready in a process that does not speak HTTP through Django (edge, worker, cli)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cathedra.settings")
    django.setup()


def in_database(question: Callable[[], T]) -> T:
    """Call an action or a read in a thread of a door that is not Django's: a connection that is too old or broken is
    replaced first. Raises UnableTo when the database does not answer."""
    db.close_old_connections()
    kept.look_at_kept()
    try:
        return question()
    except (db.OperationalError, db.InterfaceError) as error:
        raise UnableTo("The database does not answer.") from error


@cache
def spool() -> Spool:
    """Where uploads wait until their recording has them."""
    return Spool(config.get().incoming_dir)


def first_run_code(configured: config.Config) -> FirstRunCode:
    """The one-time code of this data folder."""
    return FirstRunCode(configured.data_dir / "first_run_code")


@cache
def ladder() -> Ladder:
    """The shipped policy on renditions."""
    return parse_ladder(policy_files.read("ladder"))


def known_terms() -> tuple[Terms, ...]:
    """The versions of the documents that people agree to: shipped ones, and those in `terms/` of the data folder, which
    win. Raises UnableTo for a file that is not one."""
    found = [read_terms(path) for path in policy_files.terms_files(config.get().data_dir / "terms")]
    return tuple({terms.name: terms for terms in found}.values())


def read_terms(path: Path) -> Terms:
    """One version from its file. Raises UnableTo with a sentence."""
    try:
        return parse_terms(policy_files.read_file(path))
    except WrongTerms as error:
        raise UnableTo(f"{path}: {error}.") from error


def use_policy_files() -> list[Path]:
    """The versions of the acceptable use policy as rules: shipped ones, then those in `acceptable-use/` of the data
    folder."""
    return policy_files.use_policy_files(config.get().data_dir / "acceptable-use")


def read_use_policy(path: Path) -> UsePolicy:
    """One version of the acceptable use policy from its file. Raises UnableTo with a sentence."""
    return use_policy(use_policy_text(path), str(path))


def use_policy_text(path: Path) -> str:
    """The very text of a version. Raises UnableTo with a sentence."""
    return policy_files.text_of(path)


def use_policy(text: str, name: str) -> UsePolicy:
    """A version of the acceptable use policy from its text; `name` says which. Raises UnableTo with a sentence."""
    try:
        return parse_use_policy(policy_files.read_text(text, name))
    except WrongUsePolicy as error:
        raise UnableTo(f"{name}: {error}.") from error


@dataclass(frozen=True, slots=True)
class UseFile:
    """A file that may hold a version of the acceptable use policy: its very text, and the version, or what is wrong."""

    name: str
    text: str
    version: UsePolicy | None
    problem: str


def known_use_policies() -> tuple[UseFile, ...]:
    """Every version that there is a file of, those that cannot be read too: the next one is chosen among them."""
    return tuple(_use_file(path) for path in use_policy_files())


def _use_file(path: Path) -> UseFile:
    try:
        text = use_policy_text(path)
        return UseFile(path.name, text, use_policy(text, path.name), "")
    except UnableTo as error:
        return UseFile(path.name, "", None, str(error).replace(str(path), path.name))


@cache
def course_policy() -> CoursePolicy:
    """The shipped policy on how long recordings of a course stay."""
    return parse_course_policy(policy_files.read("availability"))


@cache
def grant_policy() -> GrantPolicy:
    """The shipped policy on administrative access."""
    return parse_grant_policy(policy_files.read("access-grants"))


def prober() -> Prober:
    """What looks into files."""
    return Prober(config.get().encoding, config.get().upload)


def renderer() -> Ffmpeg:
    """What makes renditions and stills. Raises UnableTo when there is no ffmpeg."""
    return Ffmpeg(config.get().encoding, ladder())


def has_speech_engine() -> bool:
    """Whether recordings can be listened to: the extra `speech` is installed and not switched off, and there is a model."""
    try:
        return _speech_model() is not None
    except UnableTo:
        return False


def speech_engine() -> speech.Engine | None:
    """What hears words; None when the extra `speech` is not installed, or switched off. Raises UnableTo when its model is
    not there."""
    model = _speech_model()
    return speech.Engine(config.get().speech, renderer(), model) if model else None


def _speech_model() -> speech.Model | None:
    settings = config.get().speech
    return speech.find_model(settings) if settings.listens and speech.is_installed() else None


def slide_camera() -> Camera:
    """What looks for slides and takes their pictures. Raises UnableTo when there is no ffmpeg."""
    return Camera(find_program(config.get().encoding.ffmpeg))


def slide_reader() -> Reader | None:
    """What reads the words on slides, if anything is installed that can and it is not switched off."""
    return find_reader() if config.get().encoding.slide_words else None


def deck_reader() -> DeckReader:
    """What reads the decks that people add."""
    return DeckReader()


def cluster(configured: config.Config) -> postgres.Cluster:
    """The embedded database of a data folder. Raises UnableTo when there is no PostgreSQL to run it with."""
    return postgres.Cluster(
        programs=postgres.find_programs(configured.data_dir / "programs"),
        data_dir=configured.data_dir / "db",
        socket_dir=configured.run_dir / "pg",
    )


def hot_connections() -> hot.Pool:
    """The hot door's own connections, closed; open them inside its event loop."""
    return hot.pool(config.get().database_url, most=config.get().database.pool_max)


@cache
def archive_store() -> ObjectStore:
    """Where archived originals are kept: a folder of their own, or a storage class of their own in the same bucket."""
    return archive_store_of(config.get())


def archive_store_of(configured: config.Config) -> ObjectStore:
    """The archive that a configuration names."""
    if configured.storage.kind == "local":
        return LocalStore(configured.archive_dir)
    return _s3_store(configured, storage_class=configured.storage.s3_archive_class)


@cache
def object_store() -> ObjectStore:
    """Where media is kept. One a process; may be shared by threads."""
    return object_store_of(config.get())


def object_store_of(configured: config.Config) -> ObjectStore:
    """The store that a configuration names.

    The S3 store is imported only when it is wanted: boto3 costs 27 MiB and 0.2 s in every process that imports it.
    """
    if configured.storage.kind == "local":
        return LocalStore(configured.media_dir)
    return _s3_store(configured)


def _s3_store(configured: config.Config, *, storage_class: str = "") -> ObjectStore:
    s3 = importlib.import_module("cathedra.adapters.object_store._s3")
    store: ObjectStore = s3.S3Store(configured.storage, work_dir=configured.work_dir, storage_class=storage_class)
    return store


def postman() -> smtp.Postman | None:
    """What sends mail; None when no mail server is configured, and then notices stand on the site only."""
    configured = config.get()
    return smtp.Postman(configured.mail, site_name=configured.site.name) if configured.mail.host else None


def notices_site() -> Site:
    """Where links in letters lead, and the language that `in_words` speaks now: the source's where none is chosen."""
    language = to_locale(get_language() or "en-gb").replace("_", "-")
    return Site(config.get().site.name, config.get().site.url, language=language)


def in_words(said: str | date) -> str:
    """A sentence of ours in its reader's language; a day as the site writes it, and an instant in its time zone."""
    if isinstance(said, datetime):
        return date_format(localtime(said), _INSTANT)
    return date_format(said, _DAY) if isinstance(said, date) else gettext(said)


def speak(sentence: str, *, accepted: str) -> str:
    """A sentence of ours in the first language of an Accept-Language that there is, for a door that is not Django's."""
    for code, _weight in parse_accept_lang_header(accepted):
        with suppress(LookupError), override(get_supported_language_variant(code)):
            return gettext(sentence)
    return gettext(sentence)


def take_bounces(take: Callable[[Report], object]) -> int:
    """Give every delivery report of the configured folder to `take`. Returns how many messages there were."""
    folder = config.get().mail.bounce_folder
    if not folder:
        return 0

    def read(content: bytes) -> None:
        if (report := delivery_reports.read(content)) is not None:
            take(report)

    return mail_folder.take_each(Path(folder), read, most_bytes=delivery_reports.MOST_BYTES)
