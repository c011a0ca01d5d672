"""Plans, proof of notices, extras, the tolerance, a stopped run, dry runs (R125 to R127, N48)."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import retention
from cathedra.actions.retention import Stores
from cathedra.db.models import (
    Account,
    AuditEvent,
    Department,
    Hold,
    Letter,
    Notice,
    RetentionExemption,
    RetentionItem,
    RetentionRun,
    Source,
    UnreachableAddress,
)
from cathedra.db.reads import retention as reads
from cathedra.db.writes import library
from cathedra.domain.library import FolderKind
from cathedra.domain.notices import LetterState
from cathedra.domain.retention import Profile, Rule, RunKind, Why
from cathedra.domain.terms import Actor, Channel, Code
from tests.actions.retention.archives import SYSTEM, Killed, by, dying, events, keeping, kept, local, stores, tend, told
from tests.fakes.object_store import MemoryStore

SPRING = local(2027, 1, 10)
FREEZE, NIGHT = local(2027, 8, 2, 4), local(2027, 9, 1, 0, 5)


def why(recording_id) -> str:
    return RetentionItem.objects.values_list("why", flat=True).get(recording_id=recording_id)


def archived(cast, where, *titles: str, **facts) -> list:
    made = [kept(cast, where, SPRING, title=title, **facts) for title in titles]
    tend(FREEZE, where)
    tend(NIGHT, where)
    assert {keeping(one) for one in made} == {"ARCHIVED"}
    return made


@pytest.mark.slow
def test_r127_the_dry_run_says_what_the_run_then_does_and_changes_nothing(cast):
    where = stores()
    made, held = [kept(cast, where, SPRING, title=title) for title in ("A", "B")], kept(cast, where, SPRING, title="C")
    Hold.objects.create(recording_id=held, kind="legal", opened_at=SPRING)
    new = kept(cast, where, local(2027, 8, 10), title="D")
    found = retention.dry_run(RunKind.ARCHIVE, now=local(2027, 8, 20))
    assert (found.taken.recordings, found.taken.seconds, found.taken.owners) == (3, 180, {cast.alice})
    assert dict(found.left) == {Why.HELD: 1}
    assert not RetentionRun.objects.exists()
    assert not Notice.objects.exists()
    assert retention.dry_run(RunKind.ARCHIVE, now=local(2027, 8, 20), rule=Rule(Profile.NONE)).taken.recordings == 0
    tend(FREEZE, where)
    tend(NIGHT, where)
    assert {keeping(one) for one in (*made, new)} == {"ARCHIVED"}
    assert keeping(held) == "ONLINE"
    years = {tally.run.name: tally.recordings for tally in retention.simulate(Rule(), now=local(2027, 10, 1))}
    assert years["deletion-2028"] == 3


@pytest.mark.slow
def test_r127_once_a_plan_stands_the_dry_run_and_the_simulator_leave_out_what_the_run_skips(cast):
    """Of both runs: what was there when the plan was frozen and is not in it is skipped, so it is not promised."""
    where = stores()
    planned, held, binned = (kept(cast, where, SPRING, title=title) for title in ("Planned", "Held", "Binned"))
    Hold.objects.create(recording_id=held, kind="legal", opened_at=SPRING)
    assert retention.recycle_recording(binned, actor=by(cast.alice), now=local(2027, 7, 1)).is_permitted
    tend(FREEZE, where)
    Hold.objects.update(released_at=FREEZE)
    assert retention.take_back_recording(binned, actor=by(cast.alice), now=local(2027, 8, 10)).is_permitted
    new = kept(cast, where, local(2027, 8, 12), title="New")
    found = retention.dry_run(RunKind.ARCHIVE, now=local(2027, 8, 20))
    assert (found.taken.recordings, dict(found.left)) == (2, {Why.NOT_PLANNED: 2})
    tried = [one for one in retention.simulate(Rule(), now=local(2027, 8, 20)) if one.run.kind is RunKind.ARCHIVE]
    assert [(one.run.name, one.recordings) for one in tried][:2] == [("archive-2027", 2), ("archive-2028", 2)]
    tend(NIGHT, where)
    assert [keeping(one) for one in (planned, new, held, binned)] == ["ARCHIVED", "ARCHIVED", "ONLINE", "ONLINE"]
    found = retention.dry_run(RunKind.ARCHIVE, now=NIGHT + timedelta(hours=9))
    assert (found.run.name, found.taken.recordings) == ("archive-2028", 2), "today's has ended, so it is the next one's"
    tried = retention.simulate(Rule(), now=NIGHT + timedelta(hours=9))
    assert {one.run.name: one.recordings for one in tried}["archive-2027"] == 0
    exempt = RetentionExemption.objects.create(
        recording_id=new, what="deletion", reason_kind="legal", reason="It is asked for.", asked_by_id=cast.alice,
        is_granted=True, asked_at=NIGHT, decided_at=NIGHT, expires_at=local(2029, 1, 1),
    )  # fmt: skip
    tend(local(2028, 6, 2, 4), where)
    tend(local(2028, 8, 1, 4), where)
    RetentionExemption.objects.filter(id=exempt.id).update(ended_at=local(2028, 8, 5))
    found = retention.dry_run(RunKind.DELETION, now=local(2028, 8, 20))
    assert (found.taken.recordings, dict(found.left)) == (1, {Why.NOT_PLANNED: 1})
    tend(local(2028, 8, 31, 0, 5), where)
    assert [keeping(one) for one in (planned, new)] == ["PURGED", "ARCHIVED"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(RunKind))
def test_r132_a_run_whose_day_the_site_gives_up_before_it_begins_does_nothing_on_that_day(cast, site_says, kind):
    """Everything is told and planned anew for the new day; a run that has begun goes on to its end."""
    where, is_deletion = stores(), kind is RunKind.DELETION
    (made,) = archived(cast, where, "A") if is_deletion else [kept(cast, where, SPRING, title="A")]
    if is_deletion:
        tend(local(2028, 6, 2, 4), where)
    frozen, night = (local(2028, 8, 1, 4), local(2028, 8, 31, 0, 5)) if is_deletion else (FREEZE, NIGHT)
    tend(frozen, where)
    stood = keeping(made)
    told = Notice.objects.filter(kind="N37" if is_deletion else "N30")
    before = told.count()
    given = {"RETENTION_DELETE_DATE": "12-20"} if is_deletion else {"RETENTION_ARCHIVE_DATE": "10-20"}
    with site_says(**given):
        tend(night, where)
        assert keeping(made) == stood, "nothing on the day that it was planned for"
        assert retention.dry_run(kind, now=night).run.day.month in (10, 12)
        last = local(2028, 12, 20, 4) if is_deletion else local(2027, 10, 20, 4)
        for days in (90, 30) if is_deletion else (30,):
            tend(last - timedelta(days=days), where)
        assert told.count() == before + (2 if is_deletion else 1)
        assert keeping(made) == stood
        tend(last, where)
        assert keeping(made) == ("PURGED" if is_deletion else "ARCHIVED")
    first = RetentionRun.objects.filter(kind=kind).order_by("-day")[1]
    assert (first.frozen_at, first.began_at) == (frozen, None)


@pytest.mark.slow
def test_r125_n30_whoever_has_only_what_came_since_the_plan_is_told_seven_days_before(cast):
    where = stores()
    kept(cast, where, SPRING, title="Planned")
    left = kept(cast, where, SPRING, title="Held when the plan was frozen", owner=cast.chloe)
    Hold.objects.create(recording_id=left, kind="legal", opened_at=SPRING)
    tend(FREEZE, where)
    assert told("N30") == [str(cast.alice)]
    Hold.objects.update(released_at=FREEZE)
    new = kept(cast, where, local(2027, 8, 12), title="New", owner=cast.ben)
    tend(local(2027, 8, 25, 4), where)
    assert told("N30") == sorted([str(cast.alice), str(cast.alice), str(cast.ben)]), "not of what the run will skip"
    tend(NIGHT, where)
    assert [keeping(one) for one in (new, left)] == ["ARCHIVED", "ONLINE"]


@pytest.mark.slow
def test_r125_whoever_has_many_folders_is_told_that_there_are_more_than_are_named(cast):
    where = stores()
    for number in range(22):
        folder = library.add_folder(f"Course {number}", kind=FolderKind.COURSE, now=SPRING)
        kept(cast, where, SPRING, title=str(number), folder=folder)
    tend(FREEZE, where)
    (notice,) = Notice.objects.filter(kind="N30")
    named, others = notice.values["folders"]
    assert (notice.values["count"], named.count("(1)"), others["values"]) == ("22", 20, {"count": "2"})


@pytest.mark.slow
def test_r132_the_simulator_keeps_the_rules_of_single_folders_whichever_rule_is_tried(cast, site_says):
    where = stores()
    kept(cast, where, SPRING, title="Elsewhere")
    kept(cast, where, SPRING, title="Here", folder=cast.physics)
    rule, own = Rule(Profile.AGE, 10), f"{cast.physics}=none"
    with site_says(RETENTION_FOLDER_PROFILES=own):
        tried = retention.simulate(rule, now=FREEZE)
        assert {one.run.name: one.recordings for one in tried}["archive-2027"] == 1
        assert retention.ask_trial(rule, actor=by(cast.dev), now=FREEZE).is_permitted
        assert retention.make_trial(reads.find_trial(rule).id, now=FREEZE)
        assert [one.recordings for one in reads.find_trial(rule).tallies] == [one.recordings for one in tried]
    with site_says(RETENTION_FOLDER_PROFILES=own, RETENTION_PROFILE="age", RETENTION_DAYS="10"):
        tend(FREEZE, where)
        tend(NIGHT, where)
    assert sorted(RetentionItem.objects.values_list("state", flat=True)) == ["DONE"]


@pytest.mark.slow
def test_r127_each_is_judged_anew_at_its_turn_and_not_as_its_page_was_read(cast):
    where = stores()
    first, second, third = sorted(kept(cast, where, SPRING, title=title) for title in ("A", "B", "C"))
    tend(FREEZE, where)
    Hold.objects.create(recording_id=second, kind="legal", opened_at=FREEZE)

    turns = []

    class Meanwhile(MemoryStore):
        def put_file(self, key, path):
            turns.append(left[0])
            if key.startswith(f"archive/{first}/"):  # the page is read, and the first one is on its way
                Hold.objects.filter(recording_id=second).update(released_at=NIGHT)
                Hold.objects.create(recording_id=third, kind="legal", opened_at=NIGHT)
            super().put_file(key, path)

    meanwhile = Stores(media=where.media, archive=Meanwhile())
    with dying(10_000) as left:
        tend(NIGHT, meanwhile)
    assert turns[1] - turns[2] <= 18, "statements of one recording: a run asks them a hundred thousand times"
    assert [keeping(one) for one in (first, second, third)] == ["ARCHIVED", "ARCHIVED", "ONLINE"]
    assert why(third) == "HELD"
    assert {key.split("/")[1] for key in meanwhile.archive.objects} == {str(first), str(second)}


@pytest.mark.slow
def test_r132_a_rule_is_tried_by_a_job_and_says_what_the_run_then_does(cast, now):
    where = stores()
    for title in ("A", "B"):
        kept(cast, where, SPRING, title=title)
    rule = Rule(Profile.AGE, 10)
    refused = retention.ask_trial(rule, actor=by(cast.alice), now=NIGHT)
    assert (refused.code, reads.find_trial(rule)) == (Code.NO_PERMISSION, None)
    assert not retention.ask_trial(rule, actor=SYSTEM, now=NIGHT).is_permitted
    for _turn in range(2):  # R53: the one that is on its way goes on
        assert retention.ask_trial(rule, actor=by(cast.dev), now=NIGHT).is_permitted
    assert retention.ask_trial(None, actor=by(cast.dev), now=NIGHT).is_permitted
    tasks = ProcrastinateJob.objects.filter(task_name="TRY_RETENTION").order_by("id")
    assert [(job.lock, job.queueing_lock) for job in tasks] == [("retention-trial", None)] * 2
    asked = reads.find_trial(rule)
    assert tasks[0].args == {"trial_id": str(asked.id)}
    assert (asked.recordings, asked.looked_at, asked.percent, asked.ended_at) == (2, 0, 0, None)
    event = AuditEvent.objects.filter(action="run:try").order_by("id").first()
    assert (event.actor_id, event.facts) == (cast.dev, {"profile": "age", "days": 10})
    for turn in count():  # it is broken off on the way, and begins again
        try:
            with dying(turn):
                retention.make_trial(asked.id, now=NIGHT)
        except Killed:
            continue
        break
    assert turn > 3, "it was broken off on the way"
    found = reads.find_trial(rule)
    wanted = retention.simulate(rule, now=NIGHT)
    said = [(one.kind, one.day, one.recordings, one.seconds, one.people) for one in found.tallies]
    assert said == [(one.run.kind, one.run.day, one.recordings, one.seconds, len(one.owners)) for one in wanted]
    assert (found.percent, found.ended_at, sum(one.recordings for one in wanted)) == (100, NIGHT, 4)
    assert not retention.make_trial(asked.id, now=NIGHT), "once"
    assert not retention.make_trial(uuid4(), now=NIGHT)
    other = reads.find_trial(None)
    assert [retention.abandon_trial(other.id, now=NIGHT) for _turn in range(2)] == [True, False]
    assert (reads.find_trial(None).tallies, reads.find_trial(None).ended_at) == (None, NIGHT)
    later = NIGHT + timedelta(days=31)
    assert retention.ask_trial(rule, actor=by(cast.dev), now=later).is_permitted, "it is asked for anew"
    assert retention.ask_trial(rule, actor=by(cast.dev), now=later + timedelta(hours=2)).is_permitted, "it was lost"
    assert tasks.all().count() == 4
    with pytest.raises(reads.TrialNotFound):
        reads.get_trial(asked.id)


@pytest.mark.slow
def test_r127_what_was_there_and_not_planned_is_left_out_and_reported(cast):
    where = stores()
    kept(cast, where, SPRING, title="Planned")
    held = kept(cast, where, SPRING, title="Held when the plan was frozen")
    Hold.objects.create(recording_id=held, kind="aup_referred", opened_at=SPRING)
    tend(FREEZE, where)
    Hold.objects.update(released_at=local(2027, 8, 20))
    tend(NIGHT, where)
    assert (keeping(held), why(held)) == ("ONLINE", "NOT_PLANNED")
    assert events(held) == []
    end = Notice.objects.get(kind="N48", event__contains=str(RetentionRun.objects.get(kind="ARCHIVE").id))
    assert (end.values["done"], end.values["skipped"]) == ("1", "1")
    assert "More was found" in end.values["remark"]["sentence"]


@pytest.mark.slow
def test_r116_what_changes_between_the_plan_and_its_turn_is_left_alone_and_says_why(cast):
    where = stores()
    held, gone, broken = (kept(cast, where, SPRING, title=title) for title in ("Held", "Gone", "Broken"))
    tend(FREEZE, where)
    Hold.objects.create(recording_id=held, kind="legal", opened_at=FREEZE)
    assert retention.recycle_recording(gone, actor=by(cast.alice), now=FREEZE).is_permitted
    key = next(key for key in where.media.objects if key.startswith(f"originals/{broken}"))
    Source.objects.filter(recording_id=broken).update(sha256="0" * 64)
    tend(NIGHT, where)
    assert {one: why(one) for one in (held, gone, broken)} == {held: "HELD", gone: "IN_BIN", broken: "DAMAGED"}
    assert key in where.media.objects
    assert where.archive.objects == {}
    assert events(broken) == ["recording:skip"]


@pytest.mark.slow
def test_r126_without_proof_that_somebody_was_told_nothing_is_deleted(cast):
    where = stores()
    (bounced,) = archived(cast, where, "Bounced")
    tend(local(2028, 8, 1, 4), where)
    assert told("N37") == [str(cast.alice)]
    UnreachableAddress.objects.create(address="alice@example.org", reason="no such box", since_at=local(2028, 8, 3))
    tend(local(2028, 8, 24, 4), where)
    assert told("N37") == sorted([str(cast.alice), str(cast.dev)]), "nobody else creates there, so the service is told"
    tend(local(2028, 8, 31, 0, 5), where)
    assert (keeping(bounced), set(RetentionItem.objects.values_list("why", flat=True))) == (
        "ARCHIVED",
        {"", "NOT_TOLD"},
    )


@pytest.mark.slow
def test_r126_a_notice_that_went_too_late_is_no_proof(cast):
    where = stores()
    (made,) = archived(cast, where, "Told late")
    tend(local(2028, 8, 2, 4), where)  # the day before would have been in time
    assert told("N37") == [str(cast.alice)]
    tend(local(2028, 8, 31, 0, 5), where)
    assert keeping(made) == "ARCHIVED"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("letter", "is_deleted"),
    [(LetterState.SENT, True), (LetterState.FAILED, False), (LetterState.UNSURE, False), (None, False)],
    ids=str,
)
def test_r126_an_address_outside_is_told_only_by_a_letter_that_its_server_took(cast, letter, is_deleted):
    """The contact of a department has no account, so nothing stands on the site for them: neither where there is no mail
    server, nor where it took nothing."""
    where = stores()
    Department.objects.update(contact_email="office@chemistry.example.org")
    bare = library.add_folder("Bare", kind=FolderKind.DEPARTMENT, department_id=Department.objects.get().id, now=SPRING)
    (made,) = archived(cast, where, "Office's", owner=cast.eve, folder=bare)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=SPRING)
    at = local(2028, 8, 1, 4)
    tend(at, where)
    assert told("N37") == ["office@chemistry.example.org"]
    if letter is not None:
        sent = Letter.objects.create(
            address="office@chemistry.example.org",
            state=letter,
            window_at=at,
            created_at=at,
            due_at=at,
            sent_at=at if letter is LetterState.SENT else None,
        )
        Notice.objects.filter(kind="N37").update(letter=sent)
    tend(local(2028, 8, 31, 0, 5), where)
    assert keeping(made) == ("PURGED" if is_deleted else "ARCHIVED")


@pytest.mark.slow
def test_r126_creators_then_the_department_then_the_service_answer_for_an_owner_who_left(cast):
    where = stores()
    Department.objects.update(contact_email="office@chemistry.example.org")
    bare = library.add_folder("Bare", kind=FolderKind.DEPARTMENT, department_id=Department.objects.get().id, now=SPRING)
    by_creator = kept(cast, where, SPRING, title="Creator's", owner=cast.eve)
    by_office = kept(cast, where, SPRING, title="Office's", owner=cast.eve, folder=bare)
    by_service = kept(cast, where, SPRING, title="Service's", owner=cast.eve, folder=cast.physics)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=SPRING)
    tend(FREEZE, where)
    assert told("N30") == sorted([str(cast.alice), "office@chemistry.example.org", str(cast.dev)])
    assert {keeping(one) for one in (by_creator, by_office, by_service)} == {"ONLINE"}
    row = Notice.objects.get(kind="N30", recipient_id=cast.alice)
    assert (row.values["count"], row.values["folders"], row.values["day"]) == (
        "1",
        "Part IA (1)",
        {"day": "2027-09-01"},
    )


class StoppingStore(MemoryStore):
    """Somebody presses the button while the first file is worked on."""

    stop = staticmethod(lambda: None)

    def put_bytes(self, key, data):
        super().put_bytes(key, data)
        self.stop()

    def delete_prefix(self, prefix):
        super().delete_prefix(prefix)
        self.stop()


@pytest.mark.slow
@pytest.mark.parametrize("kind", RunKind)
def test_n48_a_run_that_is_stopped_in_the_middle_takes_no_other_recording(cast, kind):
    where = Stores(media=MemoryStore(), archive=StoppingStore())
    made = [kept(cast, where, SPRING, title=title) for title in "ABC"]
    night, taken = NIGHT, "ARCHIVED"
    tend(FREEZE, where)
    if kind is RunKind.DELETION:
        tend(NIGHT, where)
        tend(local(2028, 8, 1, 4), where)
        night, taken = local(2028, 8, 31, 0, 5), "PURGED"
    run = RetentionRun.objects.filter(kind=kind).latest("day")

    def press() -> None:  # as `stop_run` leaves it: this is called inside a transaction of the run
        RetentionRun.objects.filter(id=run.id, began_at__isnull=False).update(stopped_at=night)

    where.archive.stop = press
    tend(night, where)
    assert sorted(map(keeping, made)).count(taken) == 1
    assert RetentionRun.objects.get(id=run.id).ended_at is None
    where.archive.stop = lambda: None
    assert retention.resume_run(run.id, actor=by(cast.dev), now=night).is_permitted
    tend(night, where)
    assert {keeping(one) for one in made} == {taken}, "and goes on where it was"


@pytest.mark.slow
def test_r127_a_stopped_run_does_nothing_until_somebody_lets_it_go_on(cast):
    where = stores()
    made = kept(cast, where, SPRING)
    tend(FREEZE, where)
    run = RetentionRun.objects.get(kind="ARCHIVE")
    for actor, reason, code in (
        (by(cast.alice), "Wait", Code.NO_PERMISSION),
        (SYSTEM, "Wait", Code.NO_PERMISSION),
        (by(cast.dev), " ", Code.BAD_REQUEST),
        (Actor(None, Channel.CLI), "Exams are marked late.", Code.ALLOW),
    ):
        assert retention.stop_run(run.id, reason=reason, actor=actor, now=FREEZE).code is code, actor
    tend(NIGHT, where)
    assert keeping(made) == "ONLINE"
    assert events("archive-2027") == ["run:freeze", "run:tell", "run:stop"]
    assert "was stopped" in Notice.objects.get(kind="N48", event__contains=str(run.id)).values["remark"]["sentence"]
    assert retention.resume_run(run.id, actor=by(cast.dev), now=NIGHT).is_permitted
    tend(NIGHT, where)
    assert keeping(made) == "ARCHIVED"
    assert retention.stop_run(run.id, reason="Too late", actor=by(cast.dev), now=NIGHT).code is Code.ILLEGAL_TRANSITION


@pytest.mark.slow
def test_a_run_goes_in_portions_and_with_profile_none_there_is_no_archive_run(cast, site_says):
    where = stores()
    made = [kept(cast, where, SPRING, title=title) for title in "ABC"]
    tend(FREEZE, where)
    first = tend(NIGHT, where, most=2)
    assert (first.items, first.is_more, RetentionRun.objects.get(kind="ARCHIVE").ended_at) == (2, True, None)
    second = tend(NIGHT, where, most=2)
    assert (second.items, second.is_more) == (1, False)
    assert {keeping(one) for one in made} == {"ARCHIVED"}
    with site_says(RETENTION_PROFILE="none"):
        tend(local(2028, 8, 20), where)
    assert not RetentionRun.objects.filter(kind="ARCHIVE", day="2028-09-01").exists()
