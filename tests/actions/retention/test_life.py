"""Two years of the sample university with `now` as input: every daily job on every day, both runs twice, both changes of
clocks twice; on every day each recording's state, every notice and the ledger are what a model says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import connection

from cathedra.actions import metering, people, retention, sample
from cathedra.actions.retention import Plea, Stores
from cathedra.adapters import sample_files
from cathedra.db.models import Account, Folder, Hold, RetentionItem, RetentionRun, Tombstone
from cathedra.db.reads import sample as sample_reads
from cathedra.domain.jobs import JobKind
from cathedra.domain.library import Keeping, MediaState, Publication, Standing, state_of
from cathedra.domain.people import StaffArea, SystemRole
from cathedra.domain.retention import Exempt, ExemptionReason
from cathedra.domain.terms import Actor, Channel, FolderId
from cathedra.worker.handlers import HANDLERS, PERIODIC
from tests.actions.retention.archives import LONDON, SYSTEM, by, kept, local, stores, tend
from tests.actions.retention.lives import SERVICE, Life, University

OPERATOR = Actor(account_id=None, channel=Channel.CLI)
FIRST, LAST = date(2026, 10, 1), date(2028, 9, 30)
DAY = timedelta(days=1)
MIDNIGHT = local(2027, 9, 1)
# Jobs by the clock that look after the queue, letters, files, words or who may look, and of which nothing is kept longer.
ELSEWHERE = {
    JobKind.RETRY_STALLED_JOBS,
    JobKind.SEND_NOTICES,
    JobKind.TEND_GRANTS,
    JobKind.READ_BOUNCES,
    JobKind.EXPIRE_UPLOADS,
    JobKind.FINISH_CAPTURES,
    JobKind.SWEEP_STRAY_FILES,
    JobKind.SWEEP_WORK_FOLDERS,
    JobKind.SWEEP_EDGES,
    JobKind.MEND_EDITS,
    JobKind.MEND_LADDERS,
    JobKind.CATCH_UP_CAPTIONS,
    JobKind.MEND_INDEX,
    JobKind.RENEW_VIEW_FIGURES,
}


def clock(entry: str) -> time:
    """When a job is first done on a day."""
    minute, hour = entry.split()[:2]
    first = {"*": 1}.get(minute, int(minute.split("/")[-1]) if minute != "*" else 1)
    return time(0 if hour == "*" else int(hour), first)


JOBS = sorted((clock(entry), kind) for kind, entry in PERIODIC.items() if kind not in ELSEWHERE)


@dataclass
class Years:
    """The university, its model, and what is going to happen."""

    model: University = field(default_factory=University)
    ids: dict[str, object] = field(default_factory=dict)
    acts: list[tuple[datetime, Callable[[datetime], object]]] = field(default_factory=list)
    told_until: datetime = field(default_factory=lambda: local(2026, 9, 30))
    where: Stores = field(default_factory=stores)
    accounts: dict[str, object] = field(default_factory=dict)

    def at(self, *moment: int) -> Callable:
        """What is decorated happens then, or at a moment given as such."""

        def put(act: Callable[[datetime], object]) -> Callable:
            self.acts.append((local(*moment), act))
            return act

        return put

    def make(self, name: str, at: datetime, owner: str, folder: FolderId, **facts: object) -> None:
        """A lecture comes at an instant; the model learns of it."""
        local_day = at.astimezone(LONDON).date()
        ready = facts.get("ready_at", at)
        state = facts.get("publication", Publication.PUBLISHED).value.lower()
        life = Life(owner, (owner,), local_day, local_day, ready.astimezone(LONDON).date(), state)
        life.late_for = life.ready if life.made < life.ready else None

        def come(_now: datetime) -> None:
            self.ids[name] = kept(
                SimpleNamespace(), self.where, at, title=name, owner=self.accounts[owner], folder=folder, **facts
            )
            self.model.lives[name] = life

        self.acts.append((max(at, ready), come))

    def states(self) -> dict[str, str]:
        """Of each recording, by the rule that everybody is shown."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT title, media_state, publication, keeping, EXISTS (SELECT FROM cathedra_hold h"
                " WHERE h.recording_id = r.id AND h.released_at IS NULL) FROM cathedra_recording r"
            )
            return {
                title: state_of(Standing(MediaState(media), Publication(how), Keeping(where), is_held=held)).value
                for title, media, how, where, held in cursor.fetchall()
            }

    def hours(self) -> Counter:
        """What the ledger says in all: seconds by category, those recorded by licence year."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT category, CASE WHEN category = 'RECORDED' THEN licence_year END, sum(delta_s)::bigint"
                " FROM cathedra_meterentry GROUP BY 1, 2"
            )
            return Counter({(category, year): seconds for category, year, seconds in cursor.fetchall() if seconds})

    def told(self) -> Counter:
        """Every notice since the last time: what, and to whom."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT n.kind, coalesce(a.login_name, n.address), max(n.created_at), count(*) FROM cathedra_notice n"
                " LEFT JOIN cathedra_account a ON a.id = n.recipient_id WHERE n.created_at > %s GROUP BY 1, 2",
                [self.told_until],
            )
            rows = cursor.fetchall()
        self.told_until = max([self.told_until, *(at for _kind, _who, at, _count in rows)])
        return Counter({(kind, who): count for kind, who, _at, count in rows})


def load(years: Years) -> dict[str, FolderId]:
    """The sample university as `cathedra demo` loads it; small files stand in for the media of its lectures."""
    university = sample_files.university()
    start = local(2026, 10, 1, 0, 0, 30)
    assert sample.load_sample_university(university, actor=OPERATOR, now=start)
    years.accounts = dict(Account.objects.values_list("login_name", "id"))
    for shipped in sample_files.lectures():
        place = sample_reads.find_course_folder(shipped.course, shipped.folder)
        years.make(shipped.title, local(2026, 10, 1, 12), shipped.owner, place)
    return {
        "chem": sample_reads.find_course_folder("chem-1a", "Lectures"),
        "ib": sample_reads.find_course_folder("chem-1b", "Lectures"),
        "practicals": sample_reads.find_course_folder("chem-1a", "Practicals"),
        "own": FolderId(Folder.objects.get(name="Dr Tomas Lindqvist's folder").id),
    }


def bring(years: Years, folders: dict[str, FolderId]) -> None:
    """Recordings of each kind."""
    chem = folders["chem"]
    years.make("old", local(2026, 10, 2), "alice", chem)
    years.make("autumn", local(2026, 10, 25, 1, 30), "alice", chem)  # an hour that comes twice
    years.make("spring", local(2027, 3, 28, 3, 30), "alice", chem)
    handed_in = local(2027, 8, 10, 9)
    years.make("waiting", handed_in, "alice", chem, publication=Publication.WAITING, submitted_at=handed_in)
    years.make("rejected", local(2026, 11, 2, 10), "alice", chem, publication=Publication.REJECTED)
    for day, name in enumerate(("restored", "asked", "held", "released", "binned", "theirs", "exempt"), start=2):
        years.make(name, local(2026, 11, day, 12), "alice", chem)
    years.make("personal", local(2026, 11, 9), "tomas", folders["own"])
    years.make("submission", local(2026, 11, 10), "ben", folders["practicals"])
    years.make("nobody's", local(2026, 11, 11), "noor", folders["ib"])
    years.make("last", MIDNIGHT - timedelta(seconds=1), "alice", chem)
    years.make("first", MIDNIGHT, "alice", chem)
    years.make("over", MIDNIGHT - timedelta(minutes=30), "alice", chem, ready_at=MIDNIGHT + timedelta(minutes=40))
    years.make("by hand", local(2027, 10, 1), "alice", chem)
    years.make("new", local(2028, 3, 26, 0, 59), "tomas", folders["own"])


def happen(years: Years) -> None:
    """What people do in these two years, and what the rules say comes of it at once."""
    model, accounts = years.model, years.accounts

    def life(name: str) -> Life:
        return model.lives[name]

    def close(login: str, now: datetime, *answering: str) -> None:
        assert people.set_account_active(accounts[login], is_active=False, actor=OPERATOR, now=now).is_permitted
        for one in model.lives.values():
            if one.owner == login:
                one.tells = answering

    years.at(2027, 1, 1, 12)(lambda now: close("noor", now, "alice"))  # R126: the other Creator

    @years.at(2027, 2, 1, 12)  # nobody else: the department, to which no letter goes out here
    def _(now):
        close("mei", now, "office@chemistry.example")
        life("Lecture 6: Eigenvectors").is_proven = False
        model.left_out["Lecture 6: Eigenvectors"] = "NOT_TOLD"

    @years.at(2027, 8, 13, 5, 20)  # R75: three working days
    def _(_now):
        model.tell("N13", "chloe")

    @years.at(2027, 8, 19, 5, 20)  # and seven
    def _(_now):
        model.tell("N13", "chloe", "alice", "office@chemistry.example")

    @years.at(2027, 7, 1, 12)
    def _(now):
        plea = Plea(Exempt.ARCHIVE, ExemptionReason.ALTERNATE_YEAR, "Taught every other year.", local(2028, 9, 1), recording_id=years.ids["exempt"])  # fmt: skip
        made = retention.ask_exemption(plea, actor=by(accounts["alice"]), now=now)
        assert made.decision.is_permitted, made.decision
        given = retention.decide_exemption(made.exemption_id, is_granted=True, actor=by(accounts["ada"]), now=now)
        assert given.is_permitted
        life("exempt").keep_from_archive = date(2028, 9, 1)
        model.tell("EXEMPTION_ASKED", *SERVICE)
        model.tell("EXEMPTION_ANSWERED", "alice")

    for moment in ((2028, 7, 3, 4, 25), (2028, 8, 18, 4, 25)):  # N52: 60 and 14 days before it ends
        years.at(*moment)(lambda _now: model.tell("N52", "alice"))

    def hold(name: str, now: datetime) -> None:
        Hold.objects.create(recording_id=years.ids[name], kind="legal", opened_at=now)
        life(name).is_held = True

    years.at(2027, 7, 31, 12)(lambda now: hold("held", now))
    years.at(2027, 7, 31, 13)(lambda now: hold("released", now))

    @years.at(2027, 8, 20, 12)  # R127: the plan stands without it, so the run leaves it out
    def _(now):
        Hold.objects.filter(recording_id=years.ids["released"]).update(released_at=now)
        life("released").is_held = False
        model.left_out["released"] = "NOT_PLANNED"

    def recycle(name: str, who: str, now: datetime, told: tuple[str, ...]) -> None:
        why = "It names a patient." if who == "samir" else ""  # R38 row 7
        assert retention.recycle_recording(years.ids[name], actor=by(accounts[who]), now=now, reason=why).is_permitted
        life(name).state, life(name).recycled = "recycled", now.astimezone(LONDON).date()
        model.tell("N35", *told)

    years.at(2027, 8, 30, 3)(lambda now: recycle("binned", "alice", now, ()))
    years.at(2026, 12, 20, 3)(lambda now: recycle("theirs", "samir", now, ("alice",)))
    years.at(2027, 8, 30, 3)(lambda _now: model.left_out.update({"binned": "IN_BIN"}))

    def ask(name: str, now: datetime) -> None:
        assert retention.request_restore(years.ids[name], actor=by(accounts["ben"]), now=now).is_permitted
        life(name).state = "restoring"
        model.tell("N32", "ben")

    def come_back(name: str, now: datetime) -> None:
        assert retention.restore_media(years.ids[name], actor=SYSTEM, now=now, stores=years.where)
        life(name).state, life(name).archived, life(name).made = "published", None, now.astimezone(LONDON).date()
        model.tell("N33", "ben", "alice")

    years.at(2027, 11, 5, 12)(lambda now: ask("restored", now))
    years.at(2027, 11, 5, 13)(lambda now: come_back("restored", now))
    years.at(2028, 8, 30, 23, 58)(lambda now: ask("asked", now))  # R122, R133: honoured, though the run comes first
    years.at(2028, 8, 30, 23, 59)(lambda _now: model.left_out.update({"asked": "RESTORING"}))
    years.at(2028, 9, 2, 0, 2)(lambda _now: model.tell("N34_LATE", "ben", "alice", *SERVICE))  # R120: 48 hours
    years.at(2028, 9, 3, 12)(lambda now: come_back("asked", now))

    @years.at(2028, 2, 1, 12)
    def _(now):
        alice = by(accounts["alice"])
        assert retention.archive_recording(years.ids["by hand"], actor=alice, now=now).is_permitted
        assert retention.archive_media(years.ids["by hand"], actor=alice, now=now, stores=years.where) is None
        life("by hand").state, life("by hand").archived = "archived", date(2028, 2, 1)

    @years.at(2026, 11, 10, 12)  # R129: until a year after the end of the year in which it was handed in
    def _(now):
        alice = by(accounts["alice"])
        practicals = sample_reads.find_course_folder("chem-1a", "Practicals")
        assert retention.set_summative(practicals, True, actor=alice, now=now).is_permitted
        life("submission").keep_from_deletion = date(2028, 9, 1)

    keep_roles(years)


def keep_roles(years: Years) -> None:
    """R27: the service team looks at its pages each month, and is reminded and reviewed in time (N46)."""
    for month in range(24):
        year, number = divmod(2026 * 12 + 9 + month, 12)
        for login, area in (("ada", StaffArea.PEOPLE), ("ada", StaffArea.RETENTION), ("samir", StaffArea.RETENTION)):
            years.at(year, number + 1, 15, 10)(
                lambda now, login=login, area=area: people.enter_staff(by(years.accounts[login]), area, now=now)
            )

    def renew(now: datetime, until: date) -> None:
        held = (("ada", SystemRole.SYS_ADMIN), ("ada", SystemRole.SERVICE_ADMIN), ("samir", SystemRole.SERVICE_ADMIN))
        for login, role in held:
            decision = people.renew_role(
                years.accounts[login], role, reason="They run the service.", review_date=until, actor=OPERATOR, now=now
            )
            assert decision.is_permitted, decision

    years.at(2027, 9, 25, 12)(lambda now: renew(now, date(2028, 9, 24)))
    years.at(2028, 9, 18, 12)(lambda now: renew(now, date(2029, 9, 17)))
    for moment in ((2027, 9, 1), (2027, 9, 24), (2028, 8, 25), (2028, 9, 17)):  # 30 and 7 days before each review
        years.at(*moment, 0, 10)(lambda _now: years.model.tell("N46", "ada", "ada", "ada", "samir"))


def do(kind: JobKind, where: Stores, now: datetime) -> None:
    """What the worker does when a job's hour has come."""
    if kind is JobKind.TEND_RETENTION:
        tend(now, where)
    elif kind is JobKind.PROVE_METERS:
        assert not metering.prove_meters(actor=SYSTEM, now=now), f"ledger and library differ on {now}"
    else:
        HANDLERS[kind](SimpleNamespace(actor=SYSTEM, now=now), {})


def check_day(day: date, years: Years) -> None:
    """States, notices, hours; that the ledger is what the library says was proved in the night."""
    model = years.model
    assert years.states() == {name: life.shown for name, life in model.lives.items()}, day
    assert years.told() == model.told, day
    model.told.clear()
    assert years.hours() == sum((life.hours for life in model.lives.values()), Counter()), day


@pytest.mark.slow
def test_r113_to_r139_every_day_of_two_years_of_the_sample_university(db):
    years = Years()
    folders = load(years)
    bring(years, folders)
    happen(years)
    years.acts.sort(key=lambda act: act[0])
    day = FIRST
    while day <= LAST:
        midnight = datetime.combine(day, time(), LONDON)
        today = [(midnight + timedelta(seconds=90), lambda _now, day=day: years.model.night(day))]
        today += [(datetime.combine(day, at, LONDON), partial(do, kind, years.where)) for at, kind in JOBS]
        while years.acts and years.acts[0][0] < datetime.combine(day + DAY, time(), LONDON):
            today.append(years.acts.pop(0))
        for moment, act in sorted(today, key=lambda one: one[0].astimezone(UTC)):
            act(moment.astimezone(UTC))
        check_day(day, years)
        day += DAY
    assert not years.acts
    check_ends(years)


def check_ends(years: Years) -> None:
    """What is there after two years: each kind of end, every file, and each run once."""
    model = years.model
    assert {life.shown for life in model.lives.values()} == {"published", "archived", "purged", "held"}
    assert {model.lives[name].shown for name in ("submission", "restored", "by hand", "exempt", "released")} == {"archived"}  # fmt: skip
    for name, life in model.lives.items():
        check_media(name, str(years.ids[name]), life.state, years.where)
    purged = {name for name, life in model.lives.items() if life.state == "purged"}
    assert set(Tombstone.objects.values_list("title", flat=True)) == purged
    assert len(purged) > 8
    skipped = dict(RetentionItem.objects.filter(state="SKIPPED").values_list("recording_id", "why"))
    assert skipped == {years.ids[name]: why for name, why in model.left_out.items()}
    runs = RetentionRun.objects.exclude(ended_at=None).order_by("day").values_list("day", flat=True)
    assert [day.isoformat() for day in runs] == ["2027-08-31", "2027-09-01", "2028-08-31", "2028-09-01"]


def check_media(name: str, one: str, state: str, where) -> None:
    """Archived: the original in the archive, the poster of what was made; live: the original; purged: nothing."""
    archive = {key for key in where.archive.objects if one in key}
    media = {key.split("/")[-1] if key.startswith("stream") else "original" for key in where.media.objects if one in key}  # fmt: skip
    match state:
        case "archived":
            assert (len(archive), media) == (1, {"poster.jpg"}), name
        case "purged":
            assert (archive, media) == (set(), set()), name
        case _:
            assert archive == set(), name
            assert "original" in media, name
