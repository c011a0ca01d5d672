"""Levels, extra viewers, restricting to some, exemptions: R24, R31 to R33, R35, D6."""

from datetime import UTC, datetime, timedelta

import pytest

from cathedra.actions import access as actions
from cathedra.actions import metering, publishing, retention
from cathedra.db.models import Department, Exemption, Folder, MeterEntry, Recording, SearchDocument
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import search
from cathedra.db.writes.transaction import transaction
from cathedra.domain import access
from cathedra.domain.access import Action, FolderRole, SharingLevel
from cathedra.domain.metering import Cause
from cathedra.domain.search import SPEECH, Line, Said, build
from cathedra.domain.terms import PrincipalId
from tests.actions.access.conftest import acting, events, told
from tests.lectures import lecture
from tests.overtaking import overtake

LEVEL = SharingLevel


def code(viewer, recording, now, action=Action.VIEW):
    return access.decide(reads.recording_facts(viewer, recording), action, now).code


def shown(viewer, recording, now):
    return Recording.objects.filter(reads.may(viewer, Action.LIST, now), id=recording).exists()


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def test_a_level_counts_in_check_and_list_at_once_r31_r33_d6(cast, inner, made, now):
    below = lecture(inner, cast.alice, title="Below", now=now)
    table = [
        (LEVEL.ORGANISATION_UNLISTED, "ALLOW", "ALLOW", False),
        (LEVEL.ORGANISATION, "ALLOW", "ALLOW", True),
        (LEVEL.RESTRICTED, "ALLOW", "NO_PERMISSION", False),
        (LEVEL.PUBLIC, "ILLEGAL_TRANSITION", "NO_PERMISSION", False),
    ]
    for level, decided, seen, is_shown in table:
        decision = actions.set_folder_level(cast.chemistry, level, actor=acting(cast.alice), now=now)
        assert decision.code == decided, level
        for each in (made, below):
            assert (code(cast.eve, each, now), shown(cast.eve, each, now)) == (seen, is_shown), level
    assert [(e.before, e.after) for e in events("folder:set_level")][-1] == (
        {"sharing": "organisation"},
        {"sharing": "restricted"},
    )
    assert (
        actions.set_folder_level(inner, LEVEL.ORGANISATION, actor=acting(cast.alice), now=now).reasons[0].rule == "R29"
    )
    for who in (cast.ben, cast.chloe):
        decision = actions.set_folder_level(cast.chemistry, LEVEL.ORGANISATION, actor=acting(who), now=now)
        assert decision.code == "NO_PERMISSION"


def test_a_recordings_level_joins_that_of_its_folder_r32(cast, made, now):
    def set_to(level, by=cast.alice):
        return actions.set_recording_level(made, level, actor=acting(by), now=now).code

    assert (set_to(LEVEL.ORGANISATION), code(cast.eve, made, now)) == ("ALLOW", "ALLOW")
    assert (set_to(None), code(cast.eve, made, now)) == ("ALLOW", "NO_PERMISSION")
    actions.set_folder_level(cast.chemistry, LEVEL.ORGANISATION, actor=acting(cast.alice), now=now)
    assert (set_to(LEVEL.RESTRICTED), code(cast.eve, made, now)) == ("ALLOW", "ALLOW")
    assert set_to(LEVEL.PUBLIC) == "ILLEGAL_TRANSITION"
    assert set_to(None, cast.ben) == "NO_PERMISSION"
    assert [event.after["sharing"] for event in events("recording:set_level")] == ["organisation", None, "restricted"]


def test_beyond_the_cap_only_while_an_exemption_lasts_r33(cast, made, now):
    def give(by, **target):
        return actions.give_exemption(
            **target, reason=" Open  day ", expires_at=now + timedelta(days=30), actor=acting(by), now=now
        )

    assert give(cast.alice, folder_id=cast.chemistry).code == "NO_PERMISSION"
    assert give(cast.dev).code == "BAD_REQUEST"
    assert give(cast.dev, folder_id=cast.chemistry).is_permitted
    assert actions.set_folder_level(cast.chemistry, LEVEL.PUBLIC, actor=acting(cast.alice), now=now).is_permitted
    assert (code(None, made, now), code(None, made, now + timedelta(days=31))) == ("ALLOW", "SIGN_IN")
    row = Exemption.objects.get()
    assert (row.reason, events("exemption:give")[0].reason) == ("Open day", "Open day")
    assert actions.end_exemption(row.id, actor=acting(cast.alice), now=now).code == "NO_PERMISSION"
    assert actions.end_exemption(row.id, actor=acting(cast.dev), now=now).is_permitted
    assert code(None, made, now) == "SIGN_IN"
    assert actions.end_exemption(row.id, actor=acting(cast.dev), now=now).code == "CONFLICT"
    assert give(cast.dev, recording_id=made).is_permitted
    assert actions.set_recording_level(made, LEVEL.PUBLIC, actor=acting(cast.alice), now=now).is_permitted
    assert code(None, made, now) == "ALLOW"


def test_extra_viewers_see_one_recording_r24_n9(cast, made, now):
    other = lecture(cast.chemistry, cast.alice, title="Other", now=now)
    add = {"principals": [PrincipalId(cast.eve)], "is_told": True, "now": now}
    assert actions.share_recording(made, actor=acting(cast.chloe), **add).code == "NO_PERMISSION"
    assert actions.share_recording(made, actor=acting(cast.alice), **add).is_permitted
    assert (code(cast.eve, made, now), code(cast.eve, other, now)) == ("ALLOW", "NO_PERMISSION")
    assert (shown(cast.eve, made, now), told("N9")) == (True, ["eve"])
    assert events("recording:share")[0].after == {"role": "viewer", "members": [str(cast.eve)]}
    gone = {"principal_id": PrincipalId(cast.eve), "now": now}
    assert actions.unshare_recording(made, actor=acting(cast.ben), **gone).code == "NO_PERMISSION"
    for _ in range(2):
        assert actions.unshare_recording(made, actor=acting(cast.alice), **gone).is_permitted
    assert code(cast.eve, made, now) == "NO_PERMISSION"
    assert len(events("recording:unshare")) == 1


def test_restricting_moves_into_a_folder_of_those_alone_r35(cast, made, now):
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation", start="when_approved")
    Recording.objects.filter(id=made).update(sharing="organisation")
    writes.add_viewers(made, [PrincipalId(cast.eve)], by=cast.alice, now=now)

    def restrict(recording, by=cast.alice, name="Some students", who=cast.dev):
        return actions.restrict_recording(
            recording, principals=[PrincipalId(who)], name=name, actor=acting(by), now=now
        )

    for who in (cast.ben, cast.chloe):
        assert restrict(made, by=who).decision.code == "NO_PERMISSION"
    assert restrict(made, name=" ").decision.code == "BAD_REQUEST"
    assert Recording.objects.get(id=made).folder_id == cast.chemistry, "all or nothing"
    outcome = restrict(made)
    assert (outcome.decision.code, outcome.is_new) == ("ALLOW", True)
    row, folder = Recording.objects.get(id=made), Folder.objects.get(id=outcome.folder_id)
    assert (row.folder_id, row.sharing) == (outcome.folder_id, None)
    assert (folder.parent_id, folder.inherits, folder.sharing) == (cast.chemistry, False, "restricted")
    assert folder.start == "when_approved", "approval goes along (R71)"
    seen = {who: code(getattr(cast, who), made, now) for who in ("alice", "chloe", "dev", "ben", "eve")}
    assert seen == {
        "alice": "ALLOW",
        "chloe": "ALLOW",
        "dev": "ALLOW",
        "ben": "NO_PERMISSION",
        "eve": "NO_PERMISSION",
    }
    assert events("recording:restrict")[0].after["members"] == [str(cast.dev)]
    second = lecture(cast.chemistry, cast.alice, title="Second", now=now, publication="WAITING", submitted_at=now)
    assert restrict(second, name="Another name").folder_id == outcome.folder_id, "used again for the same people"
    assert Recording.objects.get(id=second).publication == "WAITING", "not approved by being restricted (R71, R72)"
    assert code(cast.dev, second, now) == "WAITING_APPROVAL"
    third = lecture(cast.chemistry, cast.alice, title="Third", now=now)
    assert restrict(third, who=cast.eve).decision.reasons[0].rule == "R4", "the name is taken by other people's folder"
    assert reads.roles_on(cast.alice, outcome.folder_id) == {FolderRole.CREATOR}


@pytest.mark.parametrize(
    "unlike",
    [
        {"start": "when_approved"},
        {"start": "date", "starts_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"start": "never_unless_session"},
        {"end": "date", "ends_at": datetime(2030, 1, 1, tzinfo=UTC)},
        {"release_delay_hours": 24},
    ],
)
@pytest.mark.parametrize("is_inside", [True, False])
def test_a_folder_with_another_approval_or_availability_is_not_used_again_r35_r72(cast, made, now, unlike, is_inside):
    """Whichever of the two has it, the folder inside or the one that the recording comes from."""
    who, actor = [PrincipalId(cast.eve)], acting(cast.alice)
    first = actions.restrict_recording(made, principals=who, name="Seminar", actor=actor, now=now).folder_id
    Folder.objects.filter(id=first if is_inside else cast.chemistry).update(**unlike)
    second = lecture(cast.chemistry, cast.alice, title="Second", now=now)
    refused = actions.restrict_recording(second, principals=who, name="Seminar", actor=actor, now=now)
    assert refused.decision.reasons[0].rule == "R4", "the name is taken"
    other = actions.restrict_recording(second, principals=who, name="Another", actor=actor, now=now)
    assert (other.decision.code, other.is_new, other.folder_id != first) == ("ALLOW", True, True)
    assert Recording.objects.get(id=second).publication == "PUBLISHED"
    kept = Folder.objects.filter(id=other.folder_id).values(*unlike).get()
    assert (kept == unlike) is not is_inside, "it is as available as it was"


def test_a_folder_in_the_bin_is_not_used_again_r35_r138(cast, made, now):
    who, actor = [PrincipalId(cast.eve)], acting(cast.alice)
    first = actions.restrict_recording(made, principals=who, name="Seminar", actor=actor, now=now).folder_id
    assert retention.recycle_folder(first, actor=actor, now=now).decision.is_permitted
    second = lecture(cast.chemistry, cast.alice, title="Second", now=now)
    outcome = actions.restrict_recording(second, principals=who, name="Another", actor=actor, now=now)
    assert (outcome.is_new, outcome.folder_id != first) == (True, True)
    assert (code(cast.eve, second, now), Recording.objects.get(id=second).keeping) == ("ALLOW", "ONLINE")


def test_what_is_restricted_is_found_and_metered_where_it_is_now_r35_r104(cast, made, now):
    who, actor = [PrincipalId(cast.eve)], acting(cast.alice)
    first = actions.restrict_recording(made, principals=who, name="Seminar", actor=actor, now=now).folder_id
    Folder.objects.filter(id=first).update(department=Department.objects.create(name="Law"))
    second = lecture(cast.chemistry, cast.alice, title="Second", now=now)
    document = build(Said("Entropy", speech=(Line(SPEECH, 0, "heat"),)))
    assert search.store(second, document, content_version=1, now=now)
    with transaction():
        metering.settle([second], cause=Cause.READY, now=now)
    Folder.objects.filter(id=cast.chemistry).update(newest_at=now)
    assert actions.restrict_recording(second, principals=who, name="Seminar", actor=actor, now=now).folder_id == first
    assert SearchDocument.objects.get().folder_id == first
    assert MeterEntry.objects.filter(recording_id=second, cause="MOVED").exists()
    newest = dict(Folder.objects.values_list("id", "newest_at"))
    assert (newest[cast.chemistry], newest[first]) == (None, Recording.objects.get(id=second).created_at)


def test_a_service_administrator_shares_and_restricts_for_others_only_r26_r35_r38_rows_12_and_14(cast, made, now):
    def share(who):
        return actions.share_recording(made, principals=[PrincipalId(who)], actor=acting(cast.dev), now=now)

    def restrict(who):
        return actions.restrict_recording(
            made, principals=[PrincipalId(who)], name="Seminar", actor=acting(cast.dev), now=now
        )

    for refused in (share(cast.dev), restrict(cast.dev).decision):
        assert (refused.code, refused.reasons[0].rule) == ("SIGHT_NEEDED", "R26")
    assert share(cast.eve).is_permitted
    outcome = restrict(cast.eve)
    assert (outcome.decision.code, outcome.is_new) == ("ALLOW", True)
    assert (code(cast.eve, made, now), code(cast.ben, made, now)) == ("ALLOW", "NO_PERMISSION")
    assert code(cast.dev, made, now) == "NO_PERMISSION"
    assert [event.actor_id for event in events("recording:restrict")] == [cast.dev]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_restricting_loses_the_race_against_a_move_r35(cast, inner, made, calendar, now):
    """The folder is held by who moves the recording out of it; who restricts it has looked where it is, and waits."""
    outcomes = []

    def move():
        moved = publishing.move_recording(made, inner, calendar=calendar, actor=acting(cast.alice), now=now)
        assert moved.is_permitted, moved

    def restrict():
        who = [PrincipalId(cast.eve)]
        outcomes.append(
            actions.restrict_recording(made, principals=who, name="Seminar", actor=acting(cast.alice), now=now)
        )

    overtake(move, restrict, table="cathedra_recording")
    (outcome,) = outcomes
    assert (outcome.decision.code, outcome.decision.reasons[0].rule) == ("CONFLICT", "R35")
    assert Recording.objects.get(id=made).folder_id == inner
    assert events("recording:restrict") == []
