"""Two years of a small library with `now` as input: both runs, both changes of clocks, and every hour accounted for."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cathedra.actions import metering, retention
from cathedra.actions.retention import Plea
from cathedra.db.models import Account, Hold, Notice, RetentionItem, RetentionRun, Tombstone
from cathedra.domain.library import Publication
from cathedra.domain.retention import Exempt, ExemptionReason
from tests.actions.retention.archives import SYSTEM, by, is_proved, keeping, kept, local, stores, tend, told

DAY = timedelta(days=1)
START, END = local(2026, 10, 1, 12), local(2028, 10, 1, 12)
RUNS = [(2027, 8, 31), (2027, 9, 1), (2028, 8, 31), (2028, 9, 1)]


def days_of_runs() -> list[datetime]:
    """The days on which a step is due, the nights of the runs at five past midnight, and the days after."""
    found = []
    for year, month, day in RUNS:
        at = local(year, month, day, 4, 30)
        found += [at - days * DAY for days in (90, 30, 7, 1)] + [local(year, month, day, 0, 5), at + DAY]
    return found


@pytest.mark.slow
def test_r113_to_r139_two_years_of_a_library(cast):
    where, there = stores(), {}

    def make(name: str, at: datetime, **facts) -> None:
        there[name] = kept(cast, where, at, title=name, **facts)

    def ask_exemption() -> None:
        plea = Plea(
            Exempt.ARCHIVE,
            ExemptionReason.ALTERNATE_YEAR,
            "Taught every other year.",
            local(2028, 9, 1),
            recording_id=there["exempt"],
        )
        made = retention.ask_exemption(plea, actor=by(cast.alice), now=local(2027, 7, 1))
        assert made.decision.is_permitted, made.decision
        given = retention.decide_exemption(
            made.exemption_id, is_granted=True, actor=by(cast.dev), now=local(2027, 7, 2)
        )
        assert given.is_permitted

    def restore(name: str, at: datetime, *, is_finished: bool) -> None:
        assert retention.request_restore(there[name], actor=by(cast.ben), now=at).is_permitted
        if is_finished:
            assert retention.restore_media(there[name], actor=SYSTEM, now=at + timedelta(hours=1), stores=where)

    def by_hand(name: str, at: datetime) -> None:
        assert retention.archive_recording(there[name], actor=by(cast.alice), now=at).is_permitted
        assert retention.archive_media(there[name], actor=by(cast.alice), now=at, stores=where) is None

    def recycle(name: str, at: datetime) -> None:
        assert retention.recycle_recording(there[name], actor=by(cast.alice), now=at).is_permitted

    midnight = local(2027, 9, 1)
    acts: list[tuple[datetime, Callable[[], object]]] = [
        (local(2026, 10, 2), lambda: make("old", local(2026, 10, 2))),
        (local(2026, 10, 25, 1, 30), lambda: make("autumn", local(2026, 10, 25, 1, 30))),
        (local(2027, 3, 28, 3, 30), lambda: make("spring", local(2027, 3, 28, 3, 30))),
        (local(2026, 11, 1), lambda: make("waiting", local(2026, 11, 1), publication=Publication.WAITING)),
        (local(2026, 11, 2), lambda: make("restored", local(2026, 11, 2))),
        (local(2026, 11, 3), lambda: make("asked", local(2026, 11, 3))),
        (local(2026, 11, 4), lambda: make("held", local(2026, 11, 4))),
        (local(2026, 11, 5), lambda: make("binned", local(2026, 11, 5))),
        (local(2026, 11, 6), lambda: make("exempt", local(2026, 11, 6))),
        (local(2026, 11, 7), lambda: make("nobody's", local(2026, 11, 7), owner=cast.eve, folder=cast.physics)),
        (local(2027, 1, 1), lambda: Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=START)),
        (local(2027, 7, 1), ask_exemption),
        (
            local(2027, 8, 1),
            lambda: Hold.objects.create(recording_id=there["held"], kind="legal", opened_at=local(2027, 8, 1)),
        ),
        (local(2027, 8, 30), lambda: recycle("binned", local(2027, 8, 30))),
        (midnight - timedelta(seconds=1), lambda: make("last", midnight - timedelta(seconds=1))),
        (midnight, lambda: make("first", midnight)),
        (
            midnight + timedelta(minutes=40),
            lambda: make("over", midnight - timedelta(minutes=30), ready_at=midnight + timedelta(minutes=40)),
        ),
        (local(2027, 10, 1), lambda: make("by hand", local(2027, 10, 1))),
        (local(2027, 11, 5), lambda: restore("restored", local(2027, 11, 5), is_finished=True)),
        (local(2028, 2, 1), lambda: by_hand("by hand", local(2028, 2, 1))),
        (local(2028, 8, 30, 23, 58), lambda: restore("asked", local(2028, 8, 30, 23, 58), is_finished=False)),
        (
            local(2028, 9, 2),
            lambda: retention.restore_media(there["asked"], actor=SYSTEM, now=local(2028, 9, 2), stores=where),
        ),
    ]
    acts += [(at, lambda at=at: tend(at, where)) for at in days_of_runs()]
    acts += [(at, lambda at=at: retention.tend_bins(actor=SYSTEM, now=at)) for at in (local(2027, 11, 15), local(2027, 11, 29))]  # fmt: skip
    acts.sort(key=lambda act: act[0])

    snapshots: dict[str, dict[str, str]] = {}
    marks = {"2027-09-02": local(2027, 9, 2, 12), "2028-08-30": local(2028, 8, 30, 12), "end": END - DAY}
    day = START
    while day < END:
        waiting = len(acts)
        while acts and acts[0][0] <= day:
            acts.pop(0)[1]()
        if len(acts) < waiting:  # on the other days nothing runs at all
            assert is_proved(day), day
        for name, at in marks.items():
            if at.date() == day.date():
                snapshots[name] = {title: keeping(one) for title, one in there.items()}
        day += DAY

    archived_in_2027 = {"old", "autumn", "spring", "waiting", "restored", "asked", "nobody's", "last"}
    after_first = snapshots["2027-09-02"]
    assert {name for name, tier in after_first.items() if tier == "ARCHIVED"} == archived_in_2027
    assert (after_first["held"], after_first["exempt"], after_first["binned"]) == ("ONLINE", "ONLINE", "RECYCLED")
    assert snapshots["2028-08-30"] == {
        **dict.fromkeys(archived_in_2027, "ARCHIVED"),
        "restored": "ONLINE",
        "held": "ONLINE",
        "exempt": "ONLINE",
        "binned": "PURGED",
        "first": "ONLINE",
        "over": "ONLINE",
        "by hand": "ARCHIVED",
    }
    assert snapshots["end"] == {
        **dict.fromkeys(archived_in_2027, "PURGED"),
        "restored": "ARCHIVED",  # R133: again, by the run after its restore
        "asked": "ONLINE",  # R122: asked for before the day, honoured after it
        "held": "ONLINE",
        "exempt": "ARCHIVED",  # R128: until the run after next, and not longer
        "binned": "PURGED",
        "first": "ARCHIVED",
        "over": "ARCHIVED",
        "by hand": "ARCHIVED",  # R123: a full year first
    }
    check_media(where, there, snapshots["end"])
    check_runs(cast, there)
    assert metering.gauges(END)[1].used_s == 60 * sum(tier == "ONLINE" for tier in snapshots["end"].values())


def check_media(where, there, tiers) -> None:
    """Archived: the original in the archive, the poster of what was made; live: the original; purged: nothing."""
    for title, one in there.items():
        archive = {key for key in where.archive.objects if str(one) in key}
        media = {key.split("/")[-1] if key.startswith("stream") else "original" for key in where.media.objects if str(one) in key}  # fmt: skip
        match tiers[title]:
            case "ARCHIVED":
                assert (len(archive), media) == (1, {"poster.jpg"}), title
            case "PURGED":
                assert (archive, media) == (set(), set()), title
            case _:
                assert archive == set(), title
                assert "original" in media, title
    assert Tombstone.objects.count() == sum(tier == "PURGED" for tier in tiers.values())


def check_runs(cast, there) -> None:
    """R125, R126: who was told, how often, and what each run did."""
    runs = {row.day.isoformat(): row for row in RetentionRun.objects.exclude(ended_at=None)}
    assert set(runs) == {"2027-08-31", "2027-09-01", "2028-08-31", "2028-09-01"}
    assert [sorted(runs[day].told, key=int) for day in sorted(runs)] == [["1", "7", "30", "90"], ["7", "30"]] * 2
    alice, dev = str(cast.alice), str(cast.dev)
    deletion = Notice.objects.filter(kind="N37", event__contains=str(runs["2028-08-31"].id))
    assert sorted(str(row.recipient_id) for row in deletion) == sorted([alice, dev] * 4)  # nobody's: the service
    assert {row.values["count"] for row in deletion.filter(recipient_id=cast.alice)} == {"6"}
    assert told("N38") == sorted([alice, dev])
    assert told("N39") == [alice]
    assert told("N48") == [dev] * 4
    skipped = dict(RetentionItem.objects.filter(state="SKIPPED").values_list("recording_id", "why"))
    assert skipped == {there["binned"]: "IN_BIN", there["asked"]: "RESTORING"}
    late = RetentionItem.objects.filter(joined="LATE", state="DONE").values_list("recording_id", flat=True)
    assert there["last"] in late
