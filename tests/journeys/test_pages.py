"""The pages in a browser: both themes, both widths, no violation of any impact; by keyboard; without JavaScript."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cathedra.actions import people as people_actions
from cathedra.actions import policy as policy_actions
from cathedra.actions import scheduling
from cathedra.actions import search as search_actions
from cathedra.actions import viewing as viewing_actions
from cathedra.db.models import AudioDescription, Department, Edit, Folder, Kept, Recording, Source, Upload
from cathedra.db.reads.retention import facts_of, left_out_among
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import audit, people
from cathedra.db.writes import captions as caption_writes
from cathedra.db.writes import library as writes
from cathedra.db.writes import notices as notice_writes
from cathedra.db.writes import playback as playback_writes
from cathedra.db.writes import retention as retention_writes
from cathedra.db.writes import saving as saving_writes
from cathedra.db.writes import scheduling as rooms
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest import Repeat, Span
from cathedra.domain.ingest.timetable import FeedRules
from cathedra.domain.library import CaptionOrigin, Cue, FolderKind, Keeping, MediaState, Publication, SpokenWord
from cathedra.domain.notices import WORDINGS, NoticeKind
from cathedra.domain.people import Affiliation, Details, GroupKind, SystemRole
from cathedra.domain.policy import HoldKind, HoldWish
from cathedra.domain.retention import Joined, RunDay, RunKind, Why
from cathedra.domain.terms import AccountId, Actor, Channel, FolderId, GroupId, PrincipalId, RecordingId
from tests import lectures
from tests.conftest import PASSWORD
from tests.giving import give, somebody
from tests.journeys.conftest import sign_in
from tests.journeys.looking import problems_of
from tests.policies import USE
from tests.said import cut, say
from tests.watching import watch
from tests.web.scheduling.rooms import LONDON

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
# Names that offer no place to break a line: pages still fit.
UNBROKEN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3


@dataclass(frozen=True)
class Shelf:
    folder: FolderId
    ready: RecordingId
    processing: RecordingId
    failed: RecordingId
    unbroken: RecordingId
    ben: AccountId
    strict: FolderId
    waiting: RecordingId
    olga: AccountId
    group: GroupId
    invitation: str
    kim: AccountId  # has accepted nothing yet
    grant: UUID
    hold: UUID
    held: RecordingId
    practicals: FolderId  # where work is handed in
    run: UUID  # has left something out
    archived: RecordingId
    cut: RecordingId  # viewers have it without a part
    saved: RecordingId  # is being saved anew
    scheduled: RecordingId  # in a room, whose names offer no place to break a line
    missed: RecordingId
    facility: int
    recorder: int  # something waits for it
    tried: UUID  # a timetable


def _timetabled(cast, folder: FolderId, now: datetime) -> tuple[RecordingId, RecordingId]:
    """A weekly one in a room that Alice schedules, and one of which nothing ever came."""
    department = writes.add_department(UNBROKEN)
    facility = rooms.add_facility(UNBROKEN, department_id=department, schedulers=[cast.alice], now=now)
    recorders = tuple(rooms.add_recorder(facility, name, now=now) for name in ("LB 1", UNBROKEN))
    start = (now + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
    repeat = Repeat(frozenset({start.weekday()}), (start + timedelta(weeks=2)).date())
    first = None
    for title, weekly in (("Adsorption", repeat), (UNBROKEN, None)):
        span = Span(start, start + timedelta(hours=1))
        start += timedelta(hours=2)
        wish = scheduling.ScheduleWish(folder, title, span, recorders, use=USE, repeat=weekly)
        found = scheduling.schedule_recordings(
            wish, actor=Actor(cast.alice, Channel.WEB), now=now, max_hours=8, zone=LONDON
        )
        assert isinstance(found, scheduling.Scheduled)
        first = first or found.recordings[0][0]
    missed = found.recordings[0][0]
    Recording.objects.filter(id=missed).update(media_state=MediaState.MISSED)
    return first, missed


@pytest.fixture(scope="module")
def shelf(running) -> Shelf:
    """A folder of its own, where Alice creates and Ben views, with recordings in every standing that has a page."""
    cast = running.cast
    with running.database():
        folder = writes.add_folder("Thermodynamics", kind=FolderKind.COURSE, now=NOW)
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
        access_writes.add_member(folder, PrincipalId(cast.ben), FolderRole.VIEWER, now=NOW)
        strict = writes.add_folder("Thermodynamics, approved", kind=FolderKind.COURSE, now=NOW)
        access_writes.add_member(strict, PrincipalId(cast.alice), FolderRole.CREATOR, now=NOW)
        access_writes.add_member(strict, PrincipalId(cast.chloe), FolderRole.PUBLISHER, now=NOW)
        Folder.objects.filter(id=strict).update(start="when_approved")
        waiting = lectures.lecture(
            strict, cast.alice, title="Fugacity", now=NOW, publication=Publication.WAITING, submitted_at=NOW,
            submitted_by_id=cast.alice, approval="submitted", approval_at=NOW,
        )  # fmt: skip
        writes.add_folder("Problem classes", kind=FolderKind.COURSE, parent_id=folder, now=NOW)
        series = [
            lectures.lecture(
                folder,
                cast.alice,
                title=f"Lecture {place}: the long way to the second law",
                now=NOW - timedelta(days=place),
            )
            for place in range(5)
        ]
        Source.objects.filter(recording_id__in=series[:2]).update(object_key="originals/shelf", size_bytes=2_000_000)
        practicals = writes.add_folder("Practicals", kind=FolderKind.ASSIGNMENT, parent_id=folder, now=NOW)
        run = retention_writes.open_run(RunDay(RunKind.ARCHIVE, date(2026, 9, 1), NOW))
        left = [(facts, Joined.EXTRA) for facts in facts_of(series[:3])]
        retention_writes.add_items(run, left, now=NOW, skipped=Why.NOT_PLANNED)
        done = left_out_among(run, series[:1]).values()
        retention_writes.deal_with(done, note="It is taught again, and stays.", by=cast.dev, now=NOW)
        ready = lectures.lecture(folder, cast.alice, title="Entropy", description="What it is.\n\nAnd why.", now=NOW)
        search_actions.index_recording(ready, now=NOW)
        edited = [
            lectures.lecture(folder, cast.alice, title=title, now=NOW, duration_ms=5_400_000)
            for title in ("Heat", "Ice")
        ]
        Source.objects.filter(recording_id__in=edited).update(object_key="originals/shelf")
        for one in edited:
            cut(one, (0, 1_800_000), now=NOW)
        Edit.objects.filter(recording_id__in=edited).update(is_made=True)
        saving_writes.begin(edited[1], version=1, by=cast.alice, now=NOW)
        processing = lectures.lecture(
            folder, cast.alice, title="Kinetics", media=MediaState.PREPARING, now=NOW, stage="Looking at the file",
            stage_percent=20, stage_estimate_s=40,
        )  # fmt: skip
        failed = lectures.lecture(folder, cast.alice, title="Catalysis", media=MediaState.FAILED, now=NOW)
        Source.objects.create(
            recording_id=failed, position=0, original_name="catalysis.mp4", size_bytes=1, object_key="x", received_at=NOW,
            problem="The file holds neither sound nor pictures.",
        )  # fmt: skip
        unbroken = lectures.lecture(folder, cast.alice, title=UNBROKEN, description=UNBROKEN, now=NOW)
        lectures.lecture(
            folder, cast.alice, title=UNBROKEN, media=MediaState.FAILED, now=NOW,
            failure="The file {name} could not be read.", failure_values={"name": f"{UNBROKEN}.mp4"},
        )  # fmt: skip
        writes.add_folder(UNBROKEN, kind=FolderKind.COURSE, parent_id=folder, now=NOW)
        told = WORDINGS[NoticeKind.WAITING_FOR_APPROVAL].example
        notice_writes.add(
            NoticeKind.WAITING_FOR_APPROVAL, event="shelf", to=[cast.alice], values=told, link=f"/recordings/{ready}/",
            other_link="/upload/", now=NOW,
        )  # fmt: skip
        notice_writes.mark_unreachable("nobody@example.org", reason="550 5.1.1 no such person", now=NOW)
        playback_writes.set_position(cast.ben, ready, position_ms=20_000, now=NOW)
        heard = Cue(0, 900, "The enemy late", (SpokenWord(0, 400, "The", 0.9), SpokenWord(400, 900, "enemy", 0.2)))
        say(ready, now=NOW)
        for language, text, before in (("en", heard.text, 1), ("cy", UNBROKEN, 0)):
            caption_writes.set_track(
                ready, language, cues=[replace(heard, text=text)], origin=CaptionOrigin.EDITED, expected=before, is_spoken=True,
                by=cast.alice, now=NOW,
            )  # fmt: skip
        added = {"object_key": "k", "size_bytes": 30_000_000, "sha256": "", "added_by_id": cast.alice, "added_at": NOW}
        AudioDescription.objects.create(
            recording_id=ready, language="en-GB", original_name="Mix.flac", name="d0", codecs="mp4a.40.2", **added
        )
        AudioDescription.objects.create(
            recording_id=unbroken, language="cy", original_name=UNBROKEN, name="d0", problem="It lasts {said}.",
            problem_values={"said": UNBROKEN}, **added,
        )  # fmt: skip
        watch(ready, [cast.ben, cast.alice, None], now=NOW, until_ms=40_000)
        watch(ready, [somebody(f"watcher{place}", now=NOW) for place in range(5)], now=NOW, until_ms=20_000)
        viewing_actions.renew_figures(now=NOW)
        lectures.lecture(
            strict, cast.alice, title="Entropy again", now=NOW, origin="reference_copy", reference_of_id=ready
        )
        Recording.objects.filter(id=unbroken).update(end="forever")
        instant = timezone.now()
        playback_writes.set_position(cast.alice, unbroken, position_ms=20_000, now=NOW)
        for name in ("camera.mov", f"{UNBROKEN}.mov"):
            Upload.objects.create(
                account_id=cast.alice, kind="WHOLE", state="OPEN", original_name=name, length_bytes=10**9,
                offset_bytes=10**8, created_at=instant, updated_at=instant, expires_at=instant + timedelta(days=2),
            )  # fmt: skip
        olga = people.add_account(
            "olga", full_name="Olga Petrova", email="", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=NOW
        )
        people.give_system_role(olga, SystemRole.SYS_ADMIN, reason="runs the platform", now=instant)
        group = people.add_group("Thermodynamics helpers", kind=GroupKind.INTERNAL)
        people.add_members(group, [cast.ben, olga])
        invited = people_actions.invite_person(
            "pat", Details("Pat Moss", "", Affiliation.STUDENT), actor=Actor(None, Channel.CLI), now=instant
        )
        kim = people.add_account(
            "kim", full_name="Kim", email="", affiliation=Affiliation.STUDENT, password=None, now=NOW
        )
        change = {"before": {"title": "Heat"}, "after": {"title": "Entropy"}, "reason": "A better word."}
        for key, kind in ((ready, "recording"), (folder, "folder")):
            audit.record(
                Actor(cast.alice, Channel.WEB), "recording:edit", target_kind=kind, target_id=key, now=NOW, **change
            )
        morgan = somebody("morgan", now=instant)
        grant = give(morgan, cast.dev, now=instant, recordings=[ready]).grant_id
        give(morgan, cast.dev, now=instant, folders=[folder], is_notice_held=True)
        held = lectures.lecture(folder, cast.alice, title="Fugacity, held", now=NOW)
        archived = lectures.lecture(folder, cast.alice, title="Osmosis", now=NOW, keeping=Keeping.ARCHIVED)
        Kept.objects.create(recording_id=archived, archived_at=NOW)
        for title in ("Distillation", UNBROKEN):
            binned = lectures.lecture(folder, cast.alice, title=title, now=NOW, keeping=Keeping.RECYCLED)
            Kept.objects.create(recording_id=binned, recycled_at=instant)
        timetabled = _timetabled(cast, folder, instant)
        wanted = HoldWish(HoldKind.TAKEDOWN_LEGAL, "A claim.", "Write to legal@example.org.", "C-17")
        hold = policy_actions.open_hold(held, wanted, actor=Actor(cast.dev, Channel.WEB), now=instant).hold_id
        policy_actions.open_hold(
            lectures.lecture(strict, cast.alice, title=UNBROKEN, now=NOW),
            replace(wanted, kind=HoldKind.LEGAL, reason=UNBROKEN, reference=UNBROKEN, told=UNBROKEN),
            actor=Actor(cast.dev, Channel.WEB), now=instant,
        )  # fmt: skip
        chemistry = Department.objects.get(name="Chemistry").id
        facility = rooms.add_facility(
            "Anatomy Block", department_id=chemistry, schedulers=[cast.alice], technicians=[olga], now=instant
        )
        recorder = rooms.add_recorder(facility, "LB 1", now=instant)
        rooms.add_recorder(facility, UNBROKEN[:100], keeps_primary=False, now=instant)
        rooms.add_facility(UNBROKEN[:100], department_id=chemistry, now=instant)
        tried = _feeds(cast.dev, instant)
        for days, title in ((2, "Enthalpy"), (3, UNBROKEN)):
            booked = lectures.lecture(
                folder, cast.alice, title=title, now=NOW, media_state="SCHEDULED", publication="DRAFT"
            )
            starts = instant + timedelta(days=days)
            rooms.add_schedule(
                rooms.NewSchedule(booked, Span(starts, starts + timedelta(hours=1)), (recorder,), cast.alice)
            )
    return Shelf(
        folder, ready, processing, failed, unbroken, cast.ben, strict, waiting, olga, group, invited.path, kim, grant,
        hold, held, practicals, run, archived, *edited, *timetabled, facility, recorder, tried,
    )  # fmt: skip


def _feeds(sender: AccountId, now: datetime) -> UUID:
    """A timetable that failed, and one that was only tried."""
    told = {"event": "2026/CHEM/1", "title": "Entropy", "starts_at": "2026-12-01T09:00", "room": "LB 9"}
    told |= {"ends_at": "2026-12-01T10:00", "folder": "law-1a"}
    rules = FeedRules(8, LONDON)
    actor = Actor(sender, Channel.WEB)
    feed = [
        told,
        told | {"event": UNBROKEN, "title": UNBROKEN, "room": UNBROKEN},
        told | {"event": "3", "joint": "yes"},
    ]
    done = scheduling.receive_timetable(feed, is_trial=False, actor=actor, now=now, is_queued=False)
    tried = scheduling.receive_timetable(feed, is_trial=True, actor=actor, now=now, is_queued=False)
    for one in (done, tried):
        assert isinstance(one, UUID)
        scheduling.work_timetable(one, rules=rules, now=now)
    assert isinstance(tried, UUID)
    return tried


PAGES = [
    ("sign-in", None, "/account/login/"),
    ("new-password", None, "/account/password/reset/"),
    ("asked-to-sign-in", None, "/recordings/{ready}/"),
    ("terms", None, "/terms/"),
    ("terms-to-accept", "kim", "/terms/?next=/browse/"),
    ("terms-declined", "kim", "/terms/?declined=1"),
    ("policy-accepted", "alice", "/terms/acceptable-use/"),
    ("terms-versions", "dev", "/staff/terms/"),
    ("terms-compared", "dev", "/staff/terms/aup-1/"),
    ("home-creator", "alice", "/"),
    ("home-viewer", "ben", "/"),
    ("browse", "alice", "/browse/"),
    ("search", "alice", "/search/"),
    ("search-results", "alice", "/search/?q=entropy"),
    ("search-anybody", None, "/search/?q=entropy"),
    ("folder-creator", "alice", "/folders/{folder}/"),
    ("folder-viewer-cards", "ben", "/folders/{folder}/?view=cards"),
    ("folder-nothing-found", "ben", "/folders/{folder}/?q=zzz"),
    ("folder-filtered", "alice", "/folders/{folder}/?sort=state&state=published&q=l"),
    ("several-delete", "alice", "/folders/{folder}/several/?verb=recycle&recording={ready}&recording={unbroken}"),
    ("several-where", "alice", "/folders/{folder}/several/?verb=move&recording={ready}&recording={unbroken}"),
    ("several-move", "alice", "/folders/{folder}/several/?verb=move&recording={ready}&recording={failed}&to={strict}"),
    ("new-folder", "alice", "/folders/{folder}/new/"),
    ("choose-folder", "alice", "/upload/"),
    ("schedule", "alice", "/folders/{folder}/schedule/"),
    ("schedule-like", "alice", "/folders/{folder}/schedule/?like={scheduled}"),
    ("schedules-folder", "alice", "/folders/{folder}/schedules/"),
    ("schedules-folder-none", "chloe", "/folders/{strict}/schedules/"),
    ("schedules-own", "alice", "/schedules/"),
    ("schedules-own-past", "alice", "/schedules/?past=1"),
    ("schedules-own-none", "ben", "/schedules/"),
    ("scheduled", "alice", "/recordings/{scheduled}/"),
    ("schedule-one", "alice", "/recordings/{scheduled}/schedule/"),
    ("schedule-move", "alice", "/recordings/{scheduled}/schedule/move/"),
    ("schedule-call-off", "alice", "/recordings/{scheduled}/schedule/call-off/"),
    ("missed", "alice", "/recordings/{missed}/"),
    ("upload", "alice", "/folders/{folder}/upload/"),
    ("record", "alice", "/folders/{folder}/record/"),
    ("watch-creator", "alice", "/recordings/{ready}/"),
    ("transcript", "ben", "/recordings/{ready}/transcript/"),
    ("transcript-empty", "alice", "/recordings/{unbroken}/transcript/"),
    ("views", "alice", "/recordings/{ready}/views/"),
    ("folder-views", "alice", "/folders/{folder}/views/"),
    ("statistics", "alice", "/statistics/"),
    ("views-no-names", "dev", "/recordings/{ready}/views/"),
    ("folder-views-no-names", "dev", "/folders/{folder}/views/"),
    ("folder-creator-cards", "alice", "/folders/{folder}/?view=cards"),
    ("views-empty", "alice", "/recordings/{unbroken}/views/"),
    ("watch-unbroken", "alice", "/recordings/{unbroken}/"),
    ("edit-unbroken", "alice", "/recordings/{unbroken}/edit/"),
    ("processing", "alice", "/recordings/{processing}/"),
    ("failed", "alice", "/recordings/{failed}/"),
    ("failed-replace", "alice", "/recordings/{failed}/replace-file/"),
    ("failed-staff", "dev", "/staff/recordings/{failed}/"),
    ("not-ready", "ben", "/recordings/{processing}/"),
    ("refused", "eve", "/recordings/{ready}/"),
    ("edit", "alice", "/recordings/{ready}/edit/"),
    ("editor", "alice", "/recordings/{ready}/editor/"),
    ("save-anew", "alice", "/recordings/{cut}/save-anew/"),
    ("save-anew-nothing", "alice", "/recordings/{ready}/save-anew/"),
    ("save-anew-running", "alice", "/recordings/{saved}/save-anew/"),
    ("editor-captions", "alice", "/recordings/{ready}/editor/?tab=captions"),
    ("captions", "alice", "/recordings/{ready}/captions/"),
    ("captions-none", "alice", "/recordings/{unbroken}/captions/"),
    ("audio-description", "alice", "/recordings/{ready}/audio-description/"),
    ("audio-description-unbroken", "alice", "/recordings/{unbroken}/audio-description/"),
    ("audio-description-none", "alice", "/recordings/{cut}/audio-description/"),
    ("captions-edit", "alice", "/recordings/{ready}/captions/en/"),
    ("captions-begin", "alice", "/recordings/{ready}/captions/la/"),
    ("captions-edit-unbroken", "alice", "/recordings/{ready}/captions/cy/"),
    ("glossary", "alice", "/folders/{folder}/glossary/"),
    ("approvals", "chloe", "/approvals/"),
    ("approvals-none", "ben", "/approvals/"),
    ("return", "chloe", "/recordings/{waiting}/reject/"),
    ("watch-waiting", "alice", "/recordings/{waiting}/"),
    ("folder-approval-on", "alice", "/folders/{strict}/approval/"),
    ("folder-approval-off", "alice", "/folders/{folder}/approval/"),
    ("owner", "alice", "/recordings/{ready}/owner/"),
    ("move-where", "alice", "/recordings/{ready}/move/"),
    ("move-what", "alice", "/recordings/{ready}/move/?to={strict}"),
    ("copy-what", "alice", "/recordings/{ready}/copy/?to={strict}"),
    ("history-recording", "alice", "/recordings/{ready}/history/"),
    ("history-folder", "alice", "/folders/{folder}/history/"),
    ("history-account", "alice", "/account/history/"),
    ("own-approvals", "alice", "/account/approvals/"),
    ("audit", "dev", "/staff/audit/"),
    ("audit-nothing-found", "dev", "/staff/audit/?person=nobody&since=x"),
    ("staff-recordings", "dev", "/staff/recordings/?q=entropy"),
    ("staff-recording", "dev", "/staff/recordings/{ready}/"),
    ("staff-hours", "dev", "/staff/hours/"),
    ("staff-retention", "dev", "/staff/retention/?profile=calendar"),
    ("staff-retention-run", "dev", "/staff/retention/runs/{run}/?all=1"),
    ("folder-assessed", "alice", "/folders/{practicals}/access/"),
    ("keeping", "alice", "/recordings/{ready}/keeping/"),
    ("own-keeping", "alice", "/keeping/"),
    ("bin", "alice", "/bin/"),
    ("delete-folder", "alice", "/folders/{folder}/delete/"),
    ("staff-allocations", "dev", "/staff/hours/allocations/"),
    ("staff-limit-exceptions", "dev", "/staff/hours/exceptions/"),
    ("own-hours", "alice", "/account/hours/"),
    ("folder-hours", "alice", "/folders/{folder}/hours/"),
    ("hours-broken-down", "alice", "/folders/{folder}/hours/breakdown/?by=LAST_WATCHED"),
    ("staff-hours-broken-down", "dev", "/staff/hours/breakdown/?by=FOLDER"),
    ("staff-cases", "dev", "/staff/cases/"),
    ("staff-look-again", "dev", "/staff/cases/again/"),
    ("staff-holds", "dev", "/staff/holds/"),
    ("staff-hold", "dev", "/staff/holds/{hold}/"),
    ("staff-open-hold", "dev", "/staff/recordings/{ready}/hold/"),
    ("archived", "alice", "/recordings/{archived}/"),
    ("archived-viewer", "ben", "/recordings/{archived}/"),
    ("archived-keeping", "alice", "/recordings/{archived}/keeping/"),
    ("archived-own", "alice", "/keeping/"),
    ("staff-bins", "dev", "/staff/bins/"),
    ("empty-bin", "alice", "/bin/empty/"),
    ("staff-policy", "dev", "/staff/policy/"),
    ("held", "alice", "/recordings/{held}/"),
    ("held-keeping", "alice", "/recordings/{held}/keeping/"),
    ("staff-standing", "dev", "/staff/standing/"),
    ("intake", "alice", "/intake/"),
    ("recording-use", "alice", "/recordings/{ready}/use/"),
    ("report", "ben", "/recordings/{ready}/report/"),
    ("staff-grants", "dev", "/staff/grants/"),
    ("staff-grant", "dev", "/staff/grants/{grant}/"),
    ("staff-give-grant", "dev", "/staff/grants/new/?recording={ready}"),
    ("staff-grant-report", "dev", "/staff/grants/report/"),
    ("own-grants", "alice", "/account/grants/"),
    ("account", "dev", "/account/"),
    ("staff-start", "olga", "/staff/"),
    ("staff-people", "olga", "/staff/people/"),
    ("staff-person", "olga", "/staff/people/{ben}/"),
    ("staff-new-person", "olga", "/staff/people/new/"),
    ("staff-close", "olga", "/staff/people/{ben}/close/"),
    ("staff-roles", "olga", "/staff/roles/"),
    ("staff-give-role", "olga", "/staff/people/{ben}/roles/"),
    ("staff-facilities", "dev", "/staff/facilities/"),
    ("staff-new-facility", "dev", "/staff/facilities/new/"),
    ("staff-facility", "dev", "/staff/facilities/{facility}/"),
    ("staff-facility-schedulers", "dev", "/staff/facilities/{facility}/schedulers/"),
    ("staff-recorder-connection", "dev", "/staff/recorders/{recorder}/connection/"),
    ("staff-new-recorder", "dev", "/staff/facilities/{facility}/recorders/new/"),
    ("staff-recorder", "dev", "/staff/recorders/{recorder}/"),
    ("staff-timetable", "dev", "/staff/timetable/"),
    ("staff-timetable-run", "dev", "/staff/timetable/{tried}/"),
    ("staff-groups", "olga", "/staff/groups/"),
    ("staff-group", "olga", "/staff/groups/{group}/"),
    ("folder-sharing", "alice", "/folders/{folder}/access/"),
    ("folder-availability", "alice", "/folders/{folder}/availability/"),
    ("folder-explained", "alice", "/folders/{folder}/access/explained/?person=eve"),
    ("recording-sharing", "alice", "/recordings/{ready}/access/"),
    ("recording-restrict", "alice", "/recordings/{ready}/access/restrict/"),
    ("chapters", "alice", "/recordings/{ready}/chapters/"),
    ("recording-explained", "alice", "/recordings/{ready}/access/explained/?person=ben"),
    ("staff-exemptions", "dev", "/staff/exemptions/"),
    ("invitation", None, "{invitation}"),
    ("notices", "alice", "/notices/"),
    ("notices-none", "ben", "/notices/"),
    ("notice-choices", "alice", "/account/notices/"),
    ("staff-notices", "dev", "/staff/notices/"),
    ("staff-notice", "dev", "/staff/notices/N10/"),
    ("two-step", "alice", "/account/two-step/"),
    ("change-password", "alice", "/account/password/change/"),
    ("sign-out", "alice", "/account/logout/"),
    ("error-500", None, "/static/errors/500.html"),
]


# What a page's own script has made when it is done, of which nothing comes with the page.
ISLANDS = {
    "watch-creator": "#strip .strip-slide",
    "upload": "#upload .upload-zone",
    "record": "#record .record",
    "failed-replace": "#upload .upload-zone",
    "editor": ".said-text",
    "captions-edit": ".captions-list > *",
    "captions-edit-unbroken": ".captions-list > *",
}


def test_every_page_is_accessible_and_fits(running, shelf, context_for):
    people, problems = {}, []
    for place, (name, who, address) in enumerate(PAGES):
        if who not in people:
            account = getattr(running.cast, who, None) or getattr(shelf, who) if who else None
            people[who] = context_for(running, account, accepts=who != "kim").new_page()
        page = people[who]
        page.goto(address.format_map(vars(shelf)))
        page.evaluate("document.fonts.ready")
        if name in ISLANDS:
            page.locator(ISLANDS[name]).first.wait_for()
        problems += problems_of(page, name, turn=place % 2)
    assert not problems, "\n".join(problems)


# Which files the page asks for, without asking for any: the shelf's are not in the store.
FILES_ASKED = """() => {
    window.asked = [];
    document.addEventListener("click", (event) => {
        const file = event.target.closest("a[data-file]");
        if (file) { event.preventDefault(); window.asked.push(file.pathname); }
    }, true);
}"""


def test_r125_what_is_ticked_is_let_go_or_downloaded_from_a_page_of_its_files(running, shelf, page_for):
    page = page_for(running, running.cast.alice)
    page.goto("/keeping/")
    going = page.get_by_role("region", name="Goes to the archive on")
    for place in range(2):
        going.get_by_label(f"Tick “Lecture {place}: the long way to the second law”").press("Space")
    going.get_by_role("button", name="Download what is ticked").press("Enter")
    expect(page.get_by_role("heading", name="2 files")).to_be_visible()
    button = page.get_by_role("button", name="Download all, one after the other")
    page.evaluate(FILES_ASKED)
    button.press("Enter")
    expect(button).to_be_disabled()
    expect(button).to_be_enabled()
    listed = page.evaluate("[...document.querySelectorAll('a[data-file]')].map((one) => one.pathname)")
    assert (page.evaluate("window.asked"), len(listed)) == (listed, 2)
    assert not (found := problems_of(page, "own-files", turn=0)), "\n".join(found)


def test_a_link_leads_through_sign_in_to_the_recording(running, shelf, page_for):
    page = page_for(running)
    page.goto(f"/recordings/{shelf.ready}/")
    expect(page.get_by_role("heading", name="Sign in to go on")).to_be_visible()
    assert "Entropy" not in page.content()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(page, "ben")
    expect(page.get_by_role("heading", name="Entropy")).to_be_visible()


def test_a_wrong_password_is_told_in_a_summary_that_takes_the_focus(running, page_for):
    page = page_for(running)
    page.goto("/account/login/")
    page.get_by_label("Login name").fill("chloe")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error:"))


def test_the_theme_changes_at_once_stays_and_never_flashes(running, shelf, page_for):
    page = page_for(running, running.cast.ben, color_scheme="light")
    page.goto("/browse/")
    page.locator("summary").filter(has_text="Ben").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/browse/")
    answer = page.goto("/")
    assert 'data-theme="dark"' in answer.text()[:200]  # it comes with the first bytes
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark == "rgb(14, 16, 20)"


def focused(page: Page) -> tuple[str, bool]:
    return tuple(
        page.evaluate(
            """() => { const one = document.activeElement;
            const card = one.closest('.card'), near = [one, card, card?.querySelector('.poster')].filter(Boolean);
            const shown = near.map((part) => getComputedStyle(part));
            return [one.innerText?.trim() || one.name || one.id || one.tagName,
                shown.some((s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)]; }"""
        )
    )


def test_a_folder_is_walked_by_the_keyboard_alone_and_the_focus_is_always_seen(running, shelf, page_for):
    page = page_for(running, running.cast.alice)
    page.goto(f"/folders/{shelf.folder}/")
    seen = []
    while "Entropy" not in seen and len(seen) < 120:  # other journeys may have put recordings before it
        page.keyboard.press("Tab")
        name, is_shown = focused(page)
        assert is_shown, name
        seen.append(name)
    assert seen[0] == "Skip to the content"
    for wanted in ("Home", "Browse", "Upload", "New folder", "Problem classes", "Recording", "Entropy"):
        assert wanted in seen, (wanted, seen)


def test_a_folder_is_made_in_a_dialog_by_keyboard(running, shelf, page_for):
    page = page_for(running, running.cast.alice)
    page.goto(f"/folders/{shelf.folder}/")
    page.get_by_role("link", name="New folder").press("Enter")
    dialog = page.get_by_role("dialog", name="New folder")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="New folder").press("Enter")
    expect(dialog.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Made by keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Made by keyboard")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("The folder was made")


def test_everything_that_is_not_an_island_works_without_javascript(running, shelf, context_for):
    page = context_for(running, running.cast.alice, java_script_enabled=False).new_page()
    page.goto(f"/folders/{shelf.folder}/")
    page.get_by_role("link", name="New folder").click()
    page.get_by_label("Name").fill("Made without JavaScript")
    page.get_by_role("button", name="Make the folder").click()
    expect(page.get_by_role("heading", name="Made without JavaScript")).to_be_visible()
    page.goto(f"/folders/{shelf.folder}/")
    page.get_by_label("Order").select_option("title")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "sort=title" in page.url
    page.locator("summary").filter(has_text="Alice").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"/recordings/{shelf.failed}/edit/")
    page.get_by_label("Title").fill("Catalysis")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    page.locator("summary").filter(has_text="Alice").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/")
    expect(page.get_by_role("heading", name=re.compile("^Sign in to"))).to_be_visible()


def test_progress_is_live_and_the_player_comes_by_itself(running, shelf, page_for):
    with running.database():
        made = lectures.lecture(
            shelf.folder, running.cast.alice, title="Arrives", media=MediaState.PREPARING, now=NOW, stage="Looking",
            stage_percent=10,
        )  # fmt: skip
    page = page_for(running, running.cast.alice)
    page.goto(f"/recordings/{made}/")
    expect(page.get_by_role("progressbar", name="Preparing")).to_have_attribute("value", "10")
    with running.database():
        Recording.objects.filter(id=made).update(stage="Packing", stage_percent=70, stage_estimate_s=62)
    expect(page.get_by_text("Packing")).to_be_visible()
    expect(page.get_by_text("about 1 minute left")).to_be_visible()
    with running.database():
        Recording.objects.filter(id=made).update(
            media_state=MediaState.READY, publication=Publication.PUBLISHED, ready_at=NOW, duration_ms=1000,
            is_ladder_complete=True, stage="",
        )  # fmt: skip
    expect(page.locator("#player")).to_be_attached()


def test_a_passkey_is_made_and_signs_its_owner_in_without_a_password(running, context_for):
    """With Chromium's own virtual authenticator. A passkey belongs to a name, so the page is asked for by name."""
    context = context_for(running, base_url=running.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/account/login/?next=/account/two-step/")
    sign_in(page, "chloe")
    page.get_by_role("link", name="Add a key").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("This laptop")
    page.get_by_label("Sign in with it alone, without the password").check()
    page.get_by_role("button", name="Add it").click()
    expect(page).to_have_url(re.compile("recovery-codes|webauthn/$|two-step/$"))
    context.clear_cookies()
    page.goto("/account/login/?next=/browse/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/browse/$"))
    expect(page.locator("summary").filter(has_text="Chloe")).to_be_visible()
