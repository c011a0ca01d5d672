"""The view decision: the table of section 25, every refusal of R41 in its order, and what passes what (R43, R71)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain.access import (
    Action,
    Availability,
    Downloads,
    FolderRole,
    FolderStart,
    GrantRight,
    RecordingStart,
    SharingLevel,
    Standing,
    as_told,
    decide,
    decide_folder,
    decide_follow,
    submits,
)
from cathedra.domain.library import State
from cathedra.domain.terms import Code
from tests.domain.access.people import HOUR, NOW, facts, grant, media

VIEWER, CREATOR, PUBLISHER = FolderRole.VIEWER, FolderRole.CREATOR, FolderRole.PUBLISHER
ORGANIZER, ANALYTICS = FolderRole.CONTENT_ORGANIZER, FolderRole.ANALYTICS_MANAGER
SERVICE_ADMIN = {"appointments": frozenset({Standing.SERVICE_ADMIN}), "is_staff": True}
TOMORROW = Availability(start=RecordingStart.DATE, starts_at=NOW + timedelta(days=1))
NEVER = Availability(folder_start=FolderStart.NEVER_UNLESS_SESSION)
AT_ONCE = Availability(folder_start=FolderStart.WHEN_APPROVED, start=RecordingStart.IMMEDIATELY)


def view(known, now=NOW):
    return decide(known, Action.VIEW, now).code


# Every line of the table "View decision" of section 25, in its order.
SECTION_25 = [
    ("enrolled student, published", facts(VIEWER), Code.ALLOW),
    ("enrolled student, EULA not accepted", facts(VIEWER, is_gated=True), Code.EULA_REQUIRED),
    ("enrolled student, waiting", facts(VIEWER, state="waiting"), Code.WAITING_APPROVAL),
    ("Publisher of the folder, not Creator, waiting", facts(PUBLISHER, state="waiting"), Code.ALLOW),
    ("student not on the course, Restricted", facts(), Code.NO_PERMISSION),
    ("not on the course, by the link", facts(level=SharingLevel.ORGANISATION_UNLISTED), Code.ALLOW),
    (
        "enrolled, session Restricted in an Organisation folder",
        facts(VIEWER, level=SharingLevel.ORGANISATION, own_level=SharingLevel.RESTRICTED),
        Code.ALLOW,
    ),
    (
        "anybody signed in, session Restricted in an Organisation folder",
        facts(level=SharingLevel.ORGANISATION, own_level=SharingLevel.RESTRICTED),
        Code.ALLOW,
    ),
    ("enrolled student, starts tomorrow", facts(VIEWER, availability=TOMORROW), Code.NOT_YET),
    ("enrolled student, never unless session", facts(VIEWER, availability=NEVER), Code.NEVER),
    (
        "enrolled student, folder when approved, session immediately, not approved",
        facts(VIEWER, state="waiting", availability=AT_ONCE),
        Code.WAITING_APPROVAL,
    ),
    ("enrolled student, archived", facts(VIEWER, state="archived"), Code.ARCHIVED),
    ("who can view its folder, purged", facts(VIEWER, state="purged"), Code.GONE),
    ("its owner, purged", facts(state="purged", owner=True), Code.GONE),
    ("anyone else, purged", facts(state="purged"), Code.NOT_FOUND),
    ("service_admin, no grant", facts(**SERVICE_ADMIN), Code.NO_PERMISSION),
    ("service_admin with a live grant", facts(**SERVICE_ADMIN, grants=(grant(),)), Code.ALLOW),
    ("student A, student B's submission", facts(), Code.NO_PERMISSION),
    ("un-enrolled 16 minutes ago", facts(), Code.NO_PERMISSION),
]


@pytest.mark.parametrize(("who", "known", "code"), SECTION_25, ids=[line[0] for line in SECTION_25])
def test_view_decision_table_of_section_25(who, known, code):
    assert view(known) is code


def test_without_a_grant_a_service_admin_sees_the_metadata_page_only_section_25_r26():
    told = {action: decide(facts(**SERVICE_ADMIN), action, NOW).code for action in Action}
    assert (told[Action.VIEW], told[Action.SEE_METADATA]) == (Code.NO_PERMISSION, Code.ALLOW)
    assert told[Action.DOWNLOAD] is told[Action.LIST] is Code.NO_PERMISSION


def test_a_publisher_does_not_upload_section_25():
    assert decide_folder(facts(PUBLISHER), Action.CREATE_RECORDING, NOW).code is Code.NO_PERMISSION
    assert decide_folder(facts(CREATOR), Action.CREATE_RECORDING, NOW).is_permitted


@pytest.mark.parametrize(("roles", "is_assignment", "is_enrolled", "may"), [
    ((VIEWER,), True, True, True), ((VIEWER,), True, False, False), ((VIEWER,), False, True, False),
    ((), True, True, False), ((PUBLISHER,), True, True, False), ((CREATOR,), True, False, True),
])  # fmt: skip
def test_t1_r82_a_viewer_submits_to_an_assignment_folder_of_a_course_they_are_enrolled_on(
    roles, is_assignment, is_enrolled, may
):
    known = facts(*roles, is_assignment=is_assignment, is_enrolled=is_enrolled)
    assert decide_folder(known, Action.CREATE_RECORDING, NOW).is_permitted == may
    assert submits(known) == (is_assignment and is_enrolled and CREATOR not in roles)


def test_r183_in_an_assignment_folder_a_viewer_has_only_what_is_theirs():
    everyone = {"level": SharingLevel.PUBLIC, "max_level": SharingLevel.PUBLIC, "is_assignment": True}
    for action in (Action.VIEW, Action.LIST, Action.KEEP_NOTES, Action.COMMENT, Action.RESTORE_FROM_ARCHIVE):
        assert decide(facts(VIEWER), action, NOW).is_permitted, action
        assert decide(facts(VIEWER, is_assignment=True), action, NOW).code is Code.NO_PERMISSION, action
        assert decide(facts(**everyone), action, NOW).code is Code.NO_PERMISSION, action
        assert decide(facts(VIEWER, is_assignment=True, owner=True), action, NOW).is_permitted, action
        for seen_by in (CREATOR, PUBLISHER):
            assert decide(facts(VIEWER, seen_by, is_assignment=True), action, NOW).is_permitted, action
        assert decide(facts(VIEWER, is_assignment=True, is_named_viewer=True), action, NOW).is_permitted, action
    assert decide(facts(own_level=SharingLevel.ORGANISATION, is_assignment=True), Action.VIEW, NOW).is_permitted
    assert decide_folder(facts(VIEWER, is_assignment=True), Action.SEE_FOLDER, NOW).is_permitted


def test_unlisted_is_absent_from_results_and_plays_by_the_link_section_25():
    by_link = facts(level=SharingLevel.ORGANISATION_UNLISTED)
    assert view(by_link) is Code.ALLOW
    assert decide(by_link, Action.LIST, NOW).code is Code.NO_PERMISSION
    assert decide(replace(by_link, level=SharingLevel.ORGANISATION), Action.LIST, NOW).is_permitted
    assert decide_folder(by_link, Action.SEE_FOLDER, NOW).is_permitted
    assert not decide_folder(by_link, Action.LIST_FOLDER, NOW).is_permitted


# R41, every code, in its order: each line adds what an earlier step would refuse for to what the next line is refused for.
UNAVAILABLE = Availability(folder_start=FolderStart.NEVER_UNLESS_SESSION)
PAST = Availability(end="date", ends_at=NOW)
R41 = [
    (Code.EULA_REQUIRED, facts(is_gated=True, state="purged")),
    (Code.SIGN_IN, facts(signed_in=False, state="held", availability=UNAVAILABLE)),
    (Code.NO_PERMISSION, facts(state="held", availability=UNAVAILABLE)),
    (Code.GONE, facts(VIEWER, state="purged", availability=UNAVAILABLE)),
    (Code.NOT_FOUND, facts(VIEWER, state="recycled", availability=UNAVAILABLE)),
    (Code.RECYCLED, facts(CREATOR, state="recycled")),
    *((Code.NOT_READY, facts(VIEWER, CREATOR, state=state)) for state in (
        "draft", "scheduled", "recording", "uploaded", "processing", "failed", "cancelled", "missed",
    )),
    (Code.HELD, facts(VIEWER, CREATOR, PUBLISHER, state="held")),
    (Code.ARCHIVED, facts(VIEWER, CREATOR, state="archived")),
    (Code.RESTORING, facts(VIEWER, CREATOR, state="restoring")),
    (Code.WAITING_APPROVAL, facts(VIEWER, state="waiting", availability=UNAVAILABLE)),
    (Code.REJECTED, facts(VIEWER, state="rejected", availability=UNAVAILABLE)),
    (Code.NOT_YET, facts(VIEWER, availability=replace(TOMORROW, end="date", ends_at=NOW))),
    (Code.EXPIRED, facts(VIEWER, availability=replace(PAST, start=RecordingStart.NEVER))),
    (Code.NEVER, facts(VIEWER, availability=UNAVAILABLE)),
    (Code.ALLOW, facts(VIEWER)),
]  # fmt: skip


RULES = {
    Code.EULA_REQUIRED: "R9",
    Code.GONE: "R58",
    Code.ARCHIVED: "R121",
    Code.RESTORING: "R120",
    Code.WAITING_APPROVAL: "R63",
    Code.REJECTED: "R63",
    **dict.fromkeys((Code.NOT_YET, Code.EXPIRED, Code.NEVER), "R44"),
}  # the others are told by R41 itself


@pytest.mark.parametrize(("code", "known"), R41, ids=[f"{n}-{line[0]}" for n, line in enumerate(R41)])
def test_every_code_of_r41_with_its_rule_and_in_its_order(code, known):
    decision = decide(known, Action.VIEW, NOW)
    assert decision.code is code
    rules = [reason.rule for reason in decision.reasons]
    assert rules == ([] if code is Code.ALLOW else [RULES.get(code, "R41")])


def test_insiders_and_the_owner_pass_approval_and_availability_r43():
    for insider in (facts(CREATOR), facts(PUBLISHER), facts(owner=True)):
        for state in ("waiting", "rejected"):
            assert view(replace(insider, media=media(state, is_owner=insider.is_owner))) is Code.ALLOW
        for settings in (TOMORROW, NEVER, PAST):
            assert view(replace(insider, availability=settings)) is Code.ALLOW
    for outsider in (facts(VIEWER), facts(ORGANIZER), facts(is_named_viewer=True)):
        assert view(replace(outsider, media=media("waiting"))) is Code.WAITING_APPROVAL
        assert view(replace(outsider, availability=NEVER)) is Code.NEVER


def test_the_owner_plays_and_downloads_what_is_held_unless_the_hold_is_legal_r43():
    for action in (Action.VIEW, Action.DOWNLOAD):
        assert decide(facts(state="held", owner=True), action, NOW).is_permitted
        assert decide(facts(state="held", owner=True, legal=True), action, NOW).code is Code.HELD


def test_a_hold_does_not_make_playable_what_is_not_there_r43():
    def held(**more):
        return replace(facts(), media=media("held", is_owner=True, **more))

    assert view(held(keeping="ARCHIVED")) is Code.ARCHIVED
    assert view(held(keeping="RECYCLED")) is Code.RECYCLED
    assert view(held(is_ready=False)) is Code.NOT_READY


def test_nothing_makes_a_waiting_or_returned_item_viewable_by_viewers_r71():
    """No level, no window, no name on it, no download policy, no copy."""
    for state, code in (("waiting", Code.WAITING_APPROVAL), ("rejected", Code.REJECTED)):
        for level in SharingLevel:
            reached = facts(
                VIEWER,
                ORGANIZER,
                state=state,
                level=level,
                own_level=SharingLevel.PUBLIC,
                max_level=SharingLevel.PUBLIC,
                is_named_viewer=True,
                availability=AT_ONCE,
                downloads=Downloads.VIEWERS,
            )
            for action in (Action.VIEW, Action.DOWNLOAD, Action.KEEP_NOTES, Action.COMMENT, Action.LIST):
                assert decide(reached, action, NOW).code is code, (action, level)
        copy = facts(VIEWER, CREATOR, original=media(state))
        assert view(copy) is code


def test_a_reference_copy_plays_only_what_its_original_would_r140():
    told = {
        "published": Code.ALLOW,
        "purged": Code.ORIGINAL_DELETED,
        "recycled": Code.ORIGINAL_DELETED,
        "held": Code.HELD,
        "archived": Code.ARCHIVED,
        "restoring": Code.RESTORING,
        "processing": Code.NOT_READY,
    }
    for state, code in told.items():
        assert view(facts(VIEWER, original=media(state))) is code, state
    assert view(facts(VIEWER, state="held", original=media())) is Code.HELD
    assert view(facts(VIEWER, original=media("held", is_owner=True))) is Code.ALLOW


def test_r121_r119_a_copy_of_what_is_archived_is_listed_and_had_back_by_its_viewers_r140():
    for state in ("archived", "restoring"):
        for action in (Action.LIST, Action.RESTORE_FROM_ARCHIVE):
            assert decide(facts(VIEWER, original=media(state)), action, NOW).is_permitted, (state, action)
            never = facts(VIEWER, original=media(state), availability=NEVER)
            assert decide(never, action, NOW).code is Code.NEVER, "as if it were here"
            held = facts(VIEWER, state="held", original=media(state))
            assert decide(held, action, NOW).code is Code.HELD
            returned = facts(VIEWER, original=media(state, publication="WAITING"))
            assert not decide(returned, action, NOW).is_permitted, "R71: what was not approved is reached by no copy"
    assert decide(facts(original=media("archived")), Action.RESTORE_FROM_ARCHIVE, NOW).code is Code.NO_PERMISSION


DELAYED = Availability(is_capture=True, release_delay_hours=24)
ASKED = {"needs_approval": True}
LET = {"needs_approval": True, "may_webcast": True}
# Who watches what is being recorded and was asked to be webcast: each line of R51, with R9, R41, R43, R49, R55.
LIVE = [
    ("a Viewer", facts(VIEWER), Code.ALLOW, ""),
    ("nobody", facts(signed_in=False), Code.SIGN_IN, "R41"),
    ("a stranger", facts(), Code.NO_PERMISSION, "R41"),
    ("before the terms", facts(VIEWER, is_gated=True), Code.EULA_REQUIRED, "R9"),
    ("approval folder", facts(VIEWER, **ASKED), Code.NOT_READY, "R51"),
    ("approval folder, its Publisher", facts(PUBLISHER, **ASKED), Code.NOT_READY, "R51"),
    ("approval folder, its Creator", facts(CREATOR, **ASKED), Code.NOT_READY, "R51"),
    ("approval folder that may", facts(VIEWER, **LET), Code.ALLOW, ""),
    ("approval folder that may, a stranger", facts(**LET), Code.NO_PERMISSION, "R41"),
    ("the site lets approval folders, this is none", facts(VIEWER, may_webcast=True), Code.ALLOW, ""),
    ("starts tomorrow", facts(VIEWER, availability=TOMORROW), Code.NOT_YET, "R44"),
    ("never", facts(VIEWER, availability=NEVER), Code.NEVER, "R44"),
    ("ended", facts(VIEWER, availability=Availability(end="date", ends_at=NOW)), Code.EXPIRED, "R44"),
    ("ended, its Creator", facts(CREATOR, availability=Availability(end="date", ends_at=NOW)), Code.ALLOW, ""),
    ("released a day later", facts(VIEWER, availability=DELAYED), Code.NOT_READY, "R49"),
    ("released a day later, its Creator", facts(CREATOR, availability=DELAYED), Code.ALLOW, ""),
    ("at once all the same", facts(VIEWER, availability=replace(DELAYED, start="immediately")), Code.ALLOW, ""),
]  # fmt: skip


def test_who_watches_live_r51():
    for who, known, code, rule in LIVE:
        live = replace(known, media=media("recording", is_live=True))
        found = decide(live, Action.VIEW, NOW)
        assert (found.code, found.reasons[0].rule if rule else "") == (code, rule), who
        held = decide(replace(live, media=media("recording", is_live=True, has_hold=True)), Action.VIEW, NOW)
        is_in = code not in (Code.SIGN_IN, Code.NO_PERMISSION, Code.EULA_REQUIRED)
        assert held.code is (Code.HELD if is_in else code), f"{who}: a hold stops it at once (R55)"
        later = decide(replace(live, media=media("recording")), Action.VIEW, NOW)  # stopped, or never asked to be live
        assert later.code is (Code.NOT_READY if is_in else code), who
    owner = facts(owner=True, **LET)
    assert view(replace(owner, media=media("recording", is_owner=True, is_live=True))) is Code.ALLOW
    assert view(replace(facts(VIEWER), media=media("processing", is_live=True))) is Code.NOT_READY


def test_when_the_end_comes_no_new_play_starts_and_what_was_sent_was_sent_before_it_r47():
    """Every segment is asked for by itself, so the last one let through is the last before the end."""
    ends = facts(VIEWER, availability=Availability(end="date", ends_at=NOW))
    asked = [NOW - timedelta(seconds=8 - 2 * segment) for segment in range(6)]
    assert [view(ends, now=at) for at in asked] == [Code.ALLOW] * 4 + [Code.EXPIRED] * 2
    begins = facts(VIEWER, availability=Availability(start="date", starts_at=NOW))
    assert [view(begins, now=at) for at in asked] == [Code.NOT_YET] * 4 + [Code.ALLOW] * 2


def test_a_grant_counts_while_it_is_live_and_only_for_staff_r143_r146_r149():
    def by(*grants, is_staff=True, now=NOW):
        return view(facts(is_staff=is_staff, grants=grants), now)

    assert by(grant()) is Code.ALLOW
    assert by(grant(told=False)) is Code.NO_PERMISSION
    assert by(grant(begins=HOUR, ends=2 * HOUR)) is Code.NO_PERMISSION
    assert by(grant(ends=timedelta(0))) is Code.NO_PERMISSION
    assert by(grant(), now=NOW + HOUR) is Code.NO_PERMISSION
    assert by(grant(), is_staff=False) is Code.NO_PERMISSION
    assert by(replace(grant(), live_since=NOW + HOUR / 2)) is Code.NO_PERMISSION


def test_a_grant_shows_what_waits_but_not_what_is_held():
    def granted(state):
        return facts(is_staff=True, grants=(grant(GrantRight.MANAGE),), state=state)

    assert view(granted("waiting")) is Code.ALLOW
    assert view(granted("held")) is Code.HELD


def test_in_the_archive_nothing_is_edited_copied_or_downloaded_r121():
    archived = facts(CREATOR, state="archived")
    for action in (Action.EDIT_MEDIA, Action.EDIT_RECORDING, Action.COPY, Action.DOWNLOAD):
        assert decide(archived, action, NOW).code is Code.ARCHIVED, action
    for action in (Action.MOVE, Action.DELETE, Action.SHARE, Action.RESTORE_FROM_ARCHIVE, Action.LIST):
        assert decide(archived, action, NOW).is_permitted, action


def test_whoever_may_view_it_may_restore_it_r119():
    archived = facts(VIEWER, state="archived")
    assert decide(archived, Action.RESTORE_FROM_ARCHIVE, NOW).is_permitted
    waiting = replace(archived, media=media("archived", publication="WAITING"))
    assert decide(waiting, Action.RESTORE_FROM_ARCHIVE, NOW).code is Code.WAITING_APPROVAL
    assert decide(facts(state="archived"), Action.RESTORE_FROM_ARCHIVE, NOW).code is Code.NO_PERMISSION
    assert decide(facts(state="archived", **SERVICE_ADMIN), Action.RESTORE_FROM_ARCHIVE, NOW).is_permitted
    held = facts(VIEWER, state="held")
    assert decide(held, Action.RESTORE_FROM_ARCHIVE, NOW).code is Code.HELD


def test_in_the_bin_only_taking_out_and_purging_are_left_r135():
    binned = facts(CREATOR, owner=True, state="recycled")
    left = {action for action in Action if decide(binned, action, NOW).is_permitted}
    assert {Action.RESTORE_FROM_BIN, Action.PURGE} <= left
    assert not left & {Action.VIEW, Action.LIST, Action.EDIT_RECORDING, Action.MOVE, Action.SHARE, Action.DELETE}


def test_lists_show_insiders_what_is_on_its_way_and_others_what_plays():
    for state in ("processing", "waiting", "held", "failed"):
        assert decide(facts(CREATOR, state=state), Action.LIST, NOW).is_permitted
        assert not decide(facts(VIEWER, state=state), Action.LIST, NOW).is_permitted
    assert decide(facts(VIEWER, state="archived"), Action.LIST, NOW).is_permitted
    assert decide(facts(ANALYTICS), Action.LIST, NOW).code is Code.NO_PERMISSION


def test_who_may_not_know_of_a_deletion_is_told_what_everybody_outside_is_told_r42():
    hidden = decide(facts(state="purged"), Action.VIEW, NOW)
    assert as_told(hidden) == as_told(decide(facts(), Action.VIEW, NOW))
    assert view(facts(state="purged", signed_in=False)) is Code.SIGN_IN
    for told in (Code.GONE, Code.NOT_FOUND):
        known = facts(VIEWER, state="purged" if told is Code.GONE else "recycled")
        assert as_told(decide(known, Action.VIEW, NOW)).code is told


def test_whom_its_own_level_let_in_is_told_that_it_was_deleted_r131():
    by_link = {"own_level": SharingLevel.ORGANISATION_UNLISTED, "state": "purged"}
    assert view(facts(**by_link)) is Code.GONE
    assert view(facts(**by_link, signed_in=False)) is Code.SIGN_IN
    public = {"own_level": SharingLevel.PUBLIC, "exempt_until": NOW + HOUR, "signed_in": False}
    assert view(facts(**public, state="purged")) is Code.GONE
    assert decide(facts(**by_link), Action.LIST, NOW).code is not Code.ALLOW


def test_a_refusal_tells_when_r42():
    later = decide(facts(VIEWER, availability=TOMORROW), Action.VIEW, NOW)
    assert later.reasons[0].values == {"from_at": "2026-11-03T10:00:00+00:00"}
    over = decide(facts(VIEWER, availability=PAST), Action.VIEW, NOW)
    assert over.reasons[0].values == {"until_at": "2026-11-02T10:00:00+00:00"}


def test_the_gate_stands_before_everything_and_not_before_nobody_r9_r13():
    assert decide_folder(facts(CREATOR, is_gated=True), Action.CREATE_RECORDING, NOW).code is Code.EULA_REQUIRED
    anybody = facts(signed_in=False, is_gated=True, level=SharingLevel.PUBLIC, max_level=SharingLevel.PUBLIC)
    assert view(anybody) is Code.ALLOW


roles = st.frozensets(st.sampled_from(FolderRole))
states = st.sampled_from([state.value for state in State])


@given(roles, roles, states, st.booleans())
def test_one_more_role_never_takes_the_right_to_view_away(held, more, state, owner):
    if view(facts(*held, state=state, owner=owner)) is Code.ALLOW:
        assert view(facts(*held, *more, state=state, owner=owner)) is Code.ALLOW


@given(states, st.sampled_from(Action), st.booleans())
def test_a_stranger_learns_nothing_from_the_state_r42(state, action, signed_in):
    told = as_told(decide(facts(state=state, signed_in=signed_in), action, NOW))
    assert told == as_told(decide(facts(signed_in=signed_in), action, NOW))


def test_what_a_recording_has_of_its_own_is_given_up_by_who_may_change_it_r50():
    table = [  # level, schedule: the Organizer shares, the Publisher sets times, the Creator both, the Viewer neither
        (True, False, (True, False, True, False)),
        (False, True, (False, True, True, False)),
        (True, True, (False, False, True, False)),
        (False, False, (True, True, True, False)),
    ]
    roles = (FolderRole.CONTENT_ORGANIZER, FolderRole.PUBLISHER, FolderRole.CREATOR, FolderRole.VIEWER)
    for has_level, has_schedule, wanted in table:
        for role, may in zip(roles, wanted, strict=True):
            found = decide_follow(facts(role), has_level=has_level, has_schedule=has_schedule, now=NOW)
            assert found.is_permitted is may, (has_level, has_schedule, role)
            assert may or found.code is Code.NO_PERMISSION
