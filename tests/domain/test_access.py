"""The view decision of R41 and the capabilities of R18 to R23, in the simple form: folder role or owner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cathedra.domain.access import Action, FolderFacts, FolderRole, RecordingFacts, decide, decide_folder
from cathedra.domain.library import State
from cathedra.domain.terms import Code

STRANGER: frozenset[FolderRole] = frozenset()
VIEWER = frozenset({FolderRole.VIEWER})
CREATOR = frozenset({FolderRole.CREATOR})
PUBLISHER = frozenset({FolderRole.PUBLISHER})


def view(roles, state, *, owner=False, signed_in=True):
    return decide(RecordingFacts(signed_in, owner, roles, state), Action.VIEW).code


# The rows of the view table of behaviour section 25 that need no sharing level, availability or grant.
@pytest.mark.parametrize(
    ("roles", "state", "code"),
    [
        (VIEWER, State.PUBLISHED, Code.ALLOW),
        (VIEWER, State.WAITING, Code.WAITING_APPROVAL),
        (PUBLISHER, State.WAITING, Code.ALLOW),
        (STRANGER, State.PUBLISHED, Code.NO_PERMISSION),
        (VIEWER, State.ARCHIVED, Code.ARCHIVED),
        (VIEWER, State.PURGED, Code.GONE),
        (STRANGER, State.PURGED, Code.NO_PERMISSION),
        (VIEWER, State.PROCESSING, Code.NOT_READY),
        (CREATOR, State.RECYCLED, Code.RECYCLED),
        (VIEWER, State.RECYCLED, Code.NOT_FOUND),
        (CREATOR, State.HELD, Code.HELD),
        (CREATOR, State.REJECTED, Code.ALLOW),
    ],
)
def test_view_decision_table(roles, state, code):
    assert view(roles, state) is code


def test_a_publisher_alone_may_not_upload_r20():
    assert decide_folder(FolderFacts(True, PUBLISHER), Action.CREATE_RECORDING).code is Code.NO_PERMISSION
    assert decide_folder(FolderFacts(True, CREATOR), Action.CREATE_RECORDING).is_permitted


def test_the_owner_of_a_held_recording_may_play_it_r43():
    assert view(STRANGER, State.HELD, owner=True) is Code.ALLOW


roles = st.frozensets(st.sampled_from(FolderRole))


@given(roles, st.sampled_from(State), st.booleans(), st.sampled_from(Action))
def test_nobody_who_is_not_signed_in_may_do_anything(held, state, owner, action):
    assert decide(RecordingFacts(False, owner, held, state), action).code is Code.SIGN_IN


@given(roles, roles, st.sampled_from(State), st.booleans())
def test_one_more_role_never_takes_a_right_away(held, more, state, owner):
    if view(held, state, owner=owner) is Code.ALLOW:
        assert view(held | more, state, owner=owner) is Code.ALLOW


@given(st.sampled_from(State), st.sampled_from(Action))
def test_a_stranger_learns_nothing_from_the_state_r42(state, action):
    assert decide(RecordingFacts(True, False, STRANGER, state), action).code is Code.NO_PERMISSION
