"""One world for all classes: a person of each standing, things of their own, and things of others with marked words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cathedra.db.models import Account, Notice, Source, Upload
from cathedra.db.reads.retention import facts_of
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import captions, grants, ingest, library, metering, people, retention, scheduling, slides
from cathedra.db.writes import notes as note_writes
from cathedra.db.writes import notices as notice_writes
from cathedra.db.writes import policy as policy_writes
from cathedra.db.writes import scheduling as rooms
from cathedra.domain.access import ExemptionKind, FolderRole, GrantAsked, GrantPurpose, GrantRight
from cathedra.domain.ingest import Span
from cathedra.domain.library import CaptionOrigin, Chapter, CourseKind, Cue, FolderKind, Origin, Publication
from cathedra.domain.notices import WORDINGS, NoticeKind
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import CaseCause, HoldKind, HoldWish
from cathedra.domain.retention import Exempt, ExemptionReason, Joined, RunDay, RunKind, Why
from cathedra.domain.terms import AccountId, FolderId, GroupId, PrincipalId, RecordingId
from cathedra.web import api
from tests.agreements import AUP, publish
from tests.conftest import accept_terms
from tests.lectures import lecture
from tests.web.browsing import client, expired, forged

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
# R38: everybody who asks. The first six hold a role on the folder `home`, the next six on the platform.
FOLDER_ROLES = {
    "viewer": FolderRole.VIEWER,
    "creator": FolderRole.CREATOR,
    "publisher": FolderRole.PUBLISHER,
    "organizer": FolderRole.CONTENT_ORGANIZER,
    "analyst": FolderRole.ANALYTICS_MANAGER,
}
SYSTEM_ROLES = {
    "videographer": SystemRole.VIDEOGRAPHER,
    "scheduler": SystemRole.SCHEDULER,
    "caption_requester": SystemRole.CAPTION_REQUESTER,
    "service_admin": SystemRole.SERVICE_ADMIN,
    "sys_admin": SystemRole.SYS_ADMIN,
    "auditor": SystemRole.AUDITOR,
}
SIGNED_IN = (*FOLDER_ROLES, *SYSTEM_ROLES, "owner", "other")  # owner: of the recording at home, without a role
NOBODY = ("anonymous", "forged", "expired")
PEOPLE = (*SIGNED_IN, *NOBODY)
SITE_WIDE = ("service_admin", "sys_admin", "auditor")  # what they may do at home they may do everywhere
SECRET = "Quokka"  # stands in every text of every thing: an answer that refuses does not hold it


@dataclass
class World:
    """The people with their browsers, and the things by the name of a place in an address."""

    people: dict[str, AccountId] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    home: dict[str, Any] = field(default_factory=dict)
    foreign: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(
        self, who: str, method: str, address: str, body: Any = None, *, is_paced: bool = False, **options: Any
    ) -> Any:
        """The answer, its body in `taken`; whatever it changed is undone, and the browser keeps its cookies. What was
        asked before does not count for its pace unless that is wanted."""
        if not is_paced:
            api.PACE.forget()
        if address.startswith("/api/") and body is not None and method not in ("GET", "HEAD"):
            options["content_type"] = "application/json"
        verb = getattr(self.browsers[who], method.lower())
        with undone():
            answer = verb(address, body, **options) if body is not None else verb(address, **options)
            answer.taken = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer


class Quick(Client):
    """A browser that notes no templates and keeps no cookie that it is given: a fraction of the time of Django's own."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


def quick(browser: Client) -> Client:
    """The same browser, quick."""
    browser.__class__ = Quick
    return browser


WORDS = {"role": "auditor", "folder_role": "viewer", "external_id": "m:c_viewers", "kind": "N10", "name": "eula-1"}
WORDS |= {"number": "1", "document": "eula", "secret": "x" * 43, "licence_year": "2026-27"}
WORDS |= {"language": "en", "ending": "vtt"}
NO_ROOM = {"facility_id": 2**31, "recorder_id": 2**31}  # numbers of no room and no recorder


def build() -> World:
    """Make it, in the transaction that is open."""
    world = World()
    for name in (*SIGNED_IN, "recluse"):
        world.people[name] = _account(name)
    publish(now=NOW)
    publish(AUP, now=NOW)
    accept_terms(*world.people.values(), now=NOW)
    department = library.add_department("Chemistry")
    root = library.add_folder("Chemistry", kind=FolderKind.DEPARTMENT, department_id=department, now=NOW)
    world.home = _things(world, "owner", root)
    for name, role in FOLDER_ROLES.items():
        access_writes.add_member(world.home["folder_id"], PrincipalId(world.people[name]), role, now=NOW)
    for name, role in SYSTEM_ROLES.items():
        scoped = role in (SystemRole.VIDEOGRAPHER, SystemRole.SCHEDULER)
        scopes = [world.home["folder_id"]] if scoped else []
        people.give_system_role(world.people[name], role, reason="x", now=timezone.now(), scopes=scopes)
    for name in ("other", "recluse"):
        world.foreign[name] = _things(world, name, root)
        standing = FolderRole.CREATOR if name != "recluse" else FolderRole.VIEWER
        access_writes.add_member(world.foreign[name]["folder_id"], PrincipalId(world.people[name]), standing, now=NOW)
    world.browsers = {name: client(world.people[name]) for name in SIGNED_IN}
    world.browsers |= {"anonymous": client(), "forged": forged(), "expired": expired(world.people["creator"])}
    world.browsers = {name: quick(browser) for name, browser in world.browsers.items()}
    return world


def _account(name: str) -> AccountId:
    made = people.add_account(
        name, full_name=f"{name.title()} Wombat", email=f"{name}@example.org", affiliation=_affiliation(name), password=None,
        now=NOW,
    )  # fmt: skip
    return made


def _affiliation(name: str) -> Affiliation:
    return Affiliation.STUDENT if name in ("viewer", "other") else Affiliation.UNIVERSITY_STAFF


def _things(world: World, owner: str, root: FolderId) -> dict[str, Any]:
    """A folder, a recording, a notice, a group, an upload of one owner; named as the places of addresses are."""
    whose = world.people[owner]
    folder = library.add_folder(
        f"{SECRET} folder of {owner}", kind=FolderKind.COURSE, parent_id=root, inherits=False, now=NOW
    )
    note_writes.set_public_notes(folder, True)  # so that a note is never refused for being public
    standing = Publication.DRAFT if owner == "recluse" else Publication.PUBLISHED
    made = lecture(
        folder,
        whose,
        title=f"{SECRET} lecture of {owner}",
        description=f"{SECRET} words",
        publication=standing,
        now=NOW,
    )
    captions.set_track(
        made, "en", cues=[Cue(0, 900, SECRET)], origin=CaptionOrigin.UPLOADED, expected=0, is_spoken=True, now=NOW
    )
    group: GroupId = people.add_group(f"{SECRET} group of {owner}", kind=GroupKind.INTERNAL)
    holder = _account(f"holder-{owner}")
    people.give_system_role(holder, SystemRole.AUDITOR, reason=SECRET, now=timezone.now())
    people.add_members(group, [whose, holder])
    giver = _account(f"giver-{owner}")
    access_writes.add_member(folder, PrincipalId(holder), FolderRole.VIEWER, now=NOW)
    access_writes.add_member(folder, PrincipalId(giver), FolderRole.PUBLISHER, now=NOW)  # the service approves nothing
    access_writes.add_viewers(made, [PrincipalId(holder)], by=None, now=NOW)
    recorder = _schedule(world, made, giver, owner)
    facility = rooms.add_facility(
        f"{SECRET} hall of {owner}", department_id=library.add_department(f"{SECRET} hall host of {owner}"), now=NOW
    )
    return {
        **WORDS,
        "facility_id": facility,
        "recorder_id": rooms.add_recorder(facility, f"{SECRET} recorder of {owner}", now=NOW),
        **_passes(folder, made, holder, giver),
        "feed_id": rooms.add_run([{"event": SECRET, "title": SECRET}], by=giver, is_trial=True, now=NOW),
        "principal": holder,
        "department_id": library.add_department(f"{SECRET} department of {owner}"),
        "presenter": holder,
        "recorders": recorder,
        "recording": made,
        "grantee_id": holder,
        "folder_id": folder,
        "recording_id": made,
        "source_id": Source.objects.get(recording_id=made).id,
        "account_id": holder,
        "principal_id": holder,
        "group_id": group,
        "notice_id": _notice(whose),
        "upload_id": _upload(whose, made),
        "import_id": _import(folder, whose),
        "note_id": note_writes.add_note(made, whose, at_ms=0, text=SECRET, is_public=False, now=NOW),
        "bookmark_id": note_writes.add_bookmark(made, whose, at_ms=0, title=SECRET, now=NOW)[0],
    }


def _passes(folder: FolderId, made: RecordingId, holder: AccountId, giver: AccountId) -> dict[str, UUID]:
    """Somebody asks for access, somebody has a grant, the folder an exemption, the recording a case of the policy."""
    now = timezone.now()
    later = now + timedelta(days=10)
    asked = GrantAsked(
        purpose=GrantPurpose.MANAGE_SYSTEM, explanation=SECRET, rights=frozenset({GrantRight.VIEW}), starts_at=now,
        ends_at=later, is_giver_service_admin=True, is_own=False, affiliation=Affiliation.UNIVERSITY_STAFF,
        is_active=True, recording_count=1, folder_count=0,
    )  # fmt: skip
    return {
        "request_id": access_writes.add_request(holder, folder_id=folder, recording_id=None, message=SECRET, now=now),
        "exemption_id": access_writes.add_exemption(
            ExemptionKind.PUBLIC_SHARING, folder_id=folder, recording_id=None, reason=SECRET, by=giver, expires_at=later,
            now=now,
        ),
        "case_id": policy_writes.add_case(made, CaseCause.REPORTED, by=None, now=now),
        "grant_id": grants.add_grant(asked, grantee=holder, giver=giver, recordings=[made], folders=[], now=now),
        "run_id": _run(made, now),
        "plea_id": retention.add_exemption(
            folder_id=folder, recording_id=None, what=Exempt.ARCHIVE, reason_kind=ExemptionReason.LEGAL, reason=SECRET,
            by=giver, expires_at=later, now=now,
        ),
        "unit_id": _unit(folder, giver, now),
        "chapter_id": slides.add_chapter(made, Chapter(1_000, SECRET)),
        "trial_id": retention.add_trial(None, recordings=1, by=giver, now=now),
        "allocation_id": metering.set_allocation(
            department_id=None, folder_id=folder, recorded_s=None, stored_s=9, is_enforced=False, by=giver, now=now
        ),
        "standing_id": _standing(folder, giver, now),
        "hold_id": _hold(made, giver, now),
        "exception_id": metering.ask_exception(holder, SECRET, now=now)[0],
    }  # fmt: skip


def _schedule(world: World, made: RecordingId, giver: AccountId, owner: str) -> int:
    """It was made in a room where those may schedule who make recordings, and somebody else scheduled it."""
    names = ("creator", "videographer", "scheduler") if owner not in ("other", "recluse") else (owner,)
    makers = [world.people[name] for name in names]
    department = library.add_department(f"{SECRET} host of {owner}")
    facility = scheduling.add_facility(
        f"{SECRET} facility of {owner}", department_id=department, schedulers=makers, now=NOW
    )
    recorder = scheduling.add_recorder(facility, f"{SECRET} recorder", now=NOW)
    span = Span(NOW, NOW + timedelta(hours=1))
    scheduling.add_schedule(scheduling.NewSchedule(made, span, (recorder,), giver))
    return recorder


def _standing(folder: FolderId, giver: AccountId, now: datetime) -> UUID:
    """Somebody answers for the captures of a course that a folder inside is linked to."""
    department = library.add_department(f"{SECRET} department of {folder}")
    course = library.add_course(
        f"course-{folder}", short_name=SECRET, full_name=SECRET, kind=CourseKind.AWARD, department_id=department,
        academic_year="2026-27",
    )  # fmt: skip
    library.add_folder(f"{SECRET} course", kind=FolderKind.COURSE, parent_id=folder, course_id=course, now=NOW)
    return policy_writes.add_standing(course, "2026-27", version=1, by=giver, now=now)


def _run(made: RecordingId, now: datetime) -> UUID:
    """A run that has left the recording out."""
    run = retention.open_run(RunDay(RunKind.ARCHIVE, date(2026, 9, 1), now))
    retention.add_items(run, [(facts, Joined.EXTRA) for facts in facts_of([made])], now=now, skipped=Why.NOT_PLANNED)
    return run


def _hold(made: RecordingId, giver: AccountId, now: datetime) -> UUID:
    """It was on hold once."""
    hold = policy_writes.add_hold(made, HoldWish(HoldKind.LEGAL, SECRET, SECRET), by=giver, now=now)
    policy_writes.end_hold(hold, by=giver, reason=SECRET, now=now)
    return hold


def _unit(folder: FolderId, giver: AccountId, now: datetime) -> UUID:
    """The folder was in the bin once, and taken out again."""
    unit = retention.recycle_folders(folder, [], by=giver, now=now)
    retention.take_back_folders(unit, now=now)
    return unit


def _notice(whose: AccountId) -> UUID:
    kind = NoticeKind("N10")
    notice_writes.add(
        kind, event=f"x{whose}", to=[whose], values=dict.fromkeys(WORDINGS[kind].example, SECRET), link="/", now=NOW
    )
    return Notice.objects.get(recipient_id=whose).id


def _upload(whose: AccountId, recording: UUID) -> UUID:
    now = timezone.now()
    return Upload.objects.create(
        account_id=whose, recording_id=recording, kind="WHOLE", state="OPEN", original_name=f"{SECRET}.mp4",
        length_bytes=9, created_at=now, updated_at=now, expires_at=now + timedelta(days=1),
    ).id  # fmt: skip


def _import(folder: FolderId, whose: AccountId) -> UUID:
    """It waits in their intake list."""
    made = library.add_recording(
        folder, title=f"{SECRET} import", owner_id=whose, created_by_id=whose, origin=Origin.IMPORT, now=NOW
    )
    Source.objects.create(
        recording_id=made, position=0, original_name=f"{SECRET}.mp4", size_bytes=1, object_key="", received_at=NOW
    )
    ingest.add_to_intake(made, brought_by=_account(f"program-{whose}"), now=timezone.now())
    return made


PASSES = (
    "request_id", "exemption_id", "grant_id", "run_id", "plea_id", "allocation_id", "case_id", "unit_id", "exception_id",
    "chapter_id", "note_id", "bookmark_id", "trial_id", "import_id", "standing_id", "hold_id", "feed_id",
)  # fmt: skip


def nothing() -> dict[str, Any]:
    """Ids of no thing at all."""
    names = (
        "folder_id",
        "recording_id",
        "source_id",
        "account_id",
        "principal_id",
        "group_id",
        "department_id",
        "notice_id",
        "upload_id",
        *PASSES,
    )
    return {**WORDS, **NO_ROOM, **{name: uuid4() for name in names}}


def other_kind(world: World) -> dict[str, Any]:
    """Ids of things, each in the place of another kind."""
    home = world.home
    return {
        **WORDS,
        **NO_ROOM,
        **dict.fromkeys(("folder_id", "group_id", "department_id", "upload_id", *PASSES), home["recording_id"]),
        **dict.fromkeys(("recording_id", "source_id", "account_id", "principal_id", "notice_id"), home["folder_id"]),
    }


@contextmanager
def undone() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once for a module and undone at its end; each request is undone by itself."""
    with django_db_blocker.unblock(), undone():
        assert not Account.objects.exists()
        yield build()
