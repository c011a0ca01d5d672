"""The edited recording as one file, made when somebody asks for it (R204); test_cut.py looks at what is in it."""

import uuid

import pytest

from cathedra.actions import editing, playback
from cathedra.actions.encoding import Outcome
from cathedra.db.models import AuditEvent, Folder
from cathedra.db.reads import playback as playback_reads
from cathedra.domain.access import Downloads
from cathedra.domain.playback import Part
from cathedra.domain.terms import Code
from tests.actions.editing.conftest import acting
from tests.actions.editing.test_show import SYSTEM, save, show
from tests.actions.test_encoding import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_viewer_asks_for_it_waits_and_gets_it(room, cast, now):
    Folder.objects.filter(id=cast.chemistry).update(downloads=Downloads.VIEWERS)
    save(room, cast, now)
    show(room, now)
    file = playback_reads.find_edited(room.id)

    def take(source_id, who=cast.ben):
        return playback.take_original(
            room.id, source_id, part=Part.BEGINNING, actor=acting(who), now=now, store=room.tools.store
        )

    whole = playback_reads.list_originals(room.id)[0].id
    assert take(whole).decision.reasons[0].rule == "R204"  # holds what was cut
    assert (take(file.id).decision.code, jobs()[-1][0]) == (Code.NOT_READY, "JOIN_EDITED")
    joined = {"actor": SYSTEM, "now": now, "tools": room.tools}
    assert editing.join_edited(room.id, attempt=uuid.uuid4(), **joined) is Outcome.DONE
    assert editing.join_edited(room.id, attempt=uuid.uuid4(), **joined) is Outcome.NOTHING_TO_DO
    assert AuditEvent.objects.filter(action="recording:join_edited").count() == 1
    taken = take(file.id)
    assert (taken.decision.is_permitted, taken.file.object_key) == (True, f"originals/{room.id}/edited-1")
    assert AuditEvent.objects.get(action="recording:download").actor_id == cast.ben
    save(room, cast, now, cuts=(), version=1)
    show(room, now)
    assert playback_reads.find_edited(room.id) is None
    assert take(whole).decision.reasons[0].rule == "R61"  # nothing is cut now; it is only not put away yet
