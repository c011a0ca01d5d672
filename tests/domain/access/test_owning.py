"""Who may make somebody else the owner, and whom (R219)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cathedra.domain.access import FolderRole, Media, RecordingFacts, Standing, Successor, decide_owner
from cathedra.domain.terms import Code

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
CREATOR = Successor("Mei", is_person=True, is_creator=True, is_owner=False, is_actor=False)
STRANGER = replace(CREATOR, is_creator=False)


def facts(*roles, owner=False, service=False, hold=False, keeping="ONLINE", **more):
    state = "held" if hold else "recycled" if keeping == "RECYCLED" else "published"
    media = Media(state, keeping=keeping, is_owner=owner, has_hold=hold)
    appointments = frozenset({Standing.SERVICE_ADMIN}) if service else frozenset()
    return RecordingFacts(True, frozenset(roles), media=media, appointments=appointments, **more)


def asked(who, to):
    decision = decide_owner(who, to, NOW)
    return decision.code if decision.is_permitted else (decision.code, decision.reasons[0].rule)


def test_owner_and_creators_hand_it_to_a_creator_of_its_folder_and_the_service_to_anybody_r219():
    creator, owner, service = facts(FolderRole.CREATOR), facts(owner=True), facts(service=True)
    assert [asked(who, CREATOR) for who in (creator, owner, service)] == [Code.ALLOW] * 3
    assert [asked(who, STRANGER) for who in (creator, owner)] == [(Code.BAD_REQUEST, "R219")] * 2
    assert asked(service, STRANGER) is Code.ALLOW


@pytest.mark.parametrize(
    "role", [FolderRole.VIEWER, FolderRole.PUBLISHER, FolderRole.CONTENT_ORGANIZER, FolderRole.ANALYTICS_MANAGER]
)
def test_nobody_else_does_r219(role):
    assert asked(facts(role), CREATOR) == (Code.NO_PERMISSION, "R41")


def test_a_closed_account_and_a_program_own_nothing_r219():
    for who in (facts(FolderRole.CREATOR), facts(service=True)):
        assert asked(who, replace(CREATOR, is_person=False)) == (Code.BAD_REQUEST, "R219")


def test_whose_it_is_already_is_told_that_all_is_well_r53():
    assert asked(facts(FolderRole.CREATOR), replace(STRANGER, is_owner=True)) is Code.ALLOW


def test_the_service_makes_nothing_its_own_that_it_may_not_watch_r26():
    itself = replace(STRANGER, is_actor=True)
    assert asked(facts(service=True), itself) == (Code.SIGHT_NEEDED, "R26")
    assert asked(facts(FolderRole.VIEWER, service=True), itself) is Code.ALLOW


def test_what_is_on_hold_changes_hands_by_a_disinterested_service_alone_r43():
    for who in (facts(FolderRole.CREATOR, hold=True), facts(owner=True, hold=True)):
        assert asked(who, CREATOR) == (Code.HELD, "R43")
    assert asked(facts(service=True, owner=True, hold=True), CREATOR) == (Code.HELD, "R43")
    assert asked(facts(service=True, hold=True), CREATOR) is Code.ALLOW


def test_a_submission_stays_whose_it_is_r183():
    assert asked(facts(FolderRole.CREATOR, is_assignment=True), CREATOR) == (Code.ILLEGAL_TRANSITION, "R183")
    assert asked(facts(service=True, is_assignment=True), CREATOR) is Code.ALLOW


def test_an_import_is_kept_first_and_what_lies_in_the_bin_is_taken_out_first_r93_r135():
    assert asked(facts(owner=True, is_in_intake=True), CREATOR) == (Code.NOT_READY, "R93")
    assert asked(facts(FolderRole.CREATOR, keeping="RECYCLED"), CREATOR)[0] is Code.RECYCLED
