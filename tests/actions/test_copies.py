"""What a copy by reference plays is changed by Creators of both alone (R201, R38 row 5)."""

import uuid

import pytest

from cathedra.actions import copies
from cathedra.db.models import Recording
from cathedra.db.writes import access
from cathedra.domain.access import FolderRole
from cathedra.domain.library import Origin
from cathedra.domain.terms import Actor, Channel, Code, PrincipalId, RecordingNotFound
from tests.lectures import lecture


def test_the_right_to_change_a_copy_is_that_to_change_both_and_leads_to_the_original_r201(cast, now):
    made = lecture(cast.chemistry, cast.alice, now=now)
    copy = lecture(cast.physics, cast.eve, now=now, reference_of_id=made, origin=Origin.REFERENCE_COPY)
    for who in (cast.eve, cast.alice):
        access.add_member(cast.physics, PrincipalId(who), FolderRole.CREATOR, now=now)

    def right(who, recording):
        actor = Actor(account_id=who, channel=Channel.WEB)
        found = copies.right_to_change(recording, otherwise="It is another’s.", actor=actor, now=now)
        return found.decision.code, found.media_id

    assert right(cast.alice, made) == (Code.ALLOW, made)
    assert right(cast.alice, copy) == (Code.ALLOW, made)
    assert right(cast.eve, copy) == (Code.NOT_PERMITTED, made)
    assert right(cast.ben, copy)[0] == Code.NO_PERMISSION, "who may not change the copy is told nothing of the other"
    access.add_member(cast.chemistry, PrincipalId(cast.eve), FolderRole.CREATOR, now=now)
    assert right(cast.eve, copy) == (Code.ALLOW, made)
    Recording.objects.filter(id=copy).delete()
    with pytest.raises(RecordingNotFound):
        right(cast.alice, uuid.uuid4())
