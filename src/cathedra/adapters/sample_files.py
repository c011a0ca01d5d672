"""The sample university and its lectures, as shipped in the package."""

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample university; `shown_as` is empty for those the demo does not name. Who has
    not accepted the terms of use meets them at the first sign-in."""

    login: str
    name: str
    affiliation: str
    department: str
    roles: tuple[str, ...] = ()
    shown_as: str = ""
    has_accepted: bool = True


@dataclass(frozen=True, slots=True)
class SampleCourse:
    """A course with its people by login name and the subfolders of its folder."""

    id: str
    short: str
    name: str
    kind: str
    department: str
    creators: tuple[str, ...]
    publishers: tuple[str, ...]
    viewers: tuple[str, ...]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleFacility:
    """A place with recorders, and its people by login name."""

    name: str
    department: str
    schedulers: tuple[str, ...]
    technicians: tuple[str, ...]
    recorders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleUniversity:
    """Everything `cathedra demo` loads but the media."""

    password: str
    academic_year: str
    departments: tuple[tuple[str, str], ...]  # name, contact address
    people: tuple[SamplePerson, ...]
    courses: tuple[SampleCourse, ...]
    facilities: tuple[SampleFacility, ...]


@dataclass(frozen=True, slots=True)
class SampleLecture:
    """A short lecture: files by position, first the slides, then the camera."""

    title: str
    course: str
    folder: str
    owner: str
    files: tuple[str, ...]


def _root() -> Any:
    return files("cathedra").joinpath("sample")


def university() -> SampleUniversity:
    """Read `university.toml`."""
    text = tomllib.loads(_root().joinpath("university.toml").read_text())
    return SampleUniversity(
        password=text["password"],
        academic_year=text["academic_year"],
        departments=tuple((d["name"], d["contact"]) for d in text["department"]),
        people=tuple(SamplePerson(**_tuples(p)) for p in text["person"]),
        courses=tuple(SampleCourse(**_tuples(c)) for c in text["course"]),
        facilities=tuple(SampleFacility(**_tuples(f)) for f in text["facility"]),
    )


def lectures() -> tuple[SampleLecture, ...]:
    """Read `lectures.json`, which says which files there are."""
    listed = json.loads(_root().joinpath("lectures.json").read_text())["lectures"]
    return tuple(
        SampleLecture(
            title=each["title"],
            course=each["course"],
            folder=each["folder"],
            owner=each["owner"],
            files=tuple(file["name"] for file in each["files"]),
        )
        for each in listed
    )


@contextmanager
def lecture_file(name: str) -> Iterator[Path]:
    """One of the shipped media files, on disk."""
    with as_file(_root().joinpath(name)) as path:
        yield path


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
