"""The policy of downloads is changed by those who set the folder up, and is on the audit trail (R204, R223)."""

from cathedra.actions import access as actions
from cathedra.db.models import Folder, Recording
from cathedra.db.reads import access as reads
from cathedra.domain import access
from cathedra.domain.access import Action, Downloads
from tests.actions.access.conftest import acting, events
from tests.lectures import lecture

NOBODY, CREATORS, VIEWERS = Downloads.NOBODY, Downloads.CREATORS, Downloads.VIEWERS


def code(viewer, recording, now):
    """What the rule says, and that its list form says the same."""
    found = access.decide(reads.recording_facts(viewer, recording), Action.DOWNLOAD, now)
    listed = Recording.objects.filter(reads.may(viewer, Action.DOWNLOAD, now), id=recording).exists()
    assert listed is found.is_permitted
    return found.code


def test_a_folders_policy_reaches_what_follows_it_r204(cast, inner, now):
    here, below = lecture(cast.chemistry, cast.alice, now=now), lecture(inner, cast.alice, title="Below", now=now)
    assert code(cast.ben, here, now) == "NO_PERMISSION", "creators is where every folder begins"
    for wanted in (VIEWERS, VIEWERS):  # the second time changes nothing
        assert actions.set_folder_downloads(cast.chemistry, wanted, actor=acting(cast.alice), now=now).is_permitted
    assert {code(cast.ben, each, now) for each in (here, below)} == {"ALLOW"}
    assert actions.set_folder_downloads(inner, NOBODY, actor=acting(cast.dev), now=now).is_permitted
    assert [code(cast.ben, each, now) for each in (here, below)] == ["ALLOW", "NO_PERMISSION"]
    assert code(cast.alice, below, now) == "ALLOW", "it is her own"
    sharing = reads.folder_sharing(cast.alice, inner)
    assert (sharing.own_downloads, sharing.given_downloads, sharing.downloads) == (NOBODY, VIEWERS, NOBODY)
    assert actions.set_folder_downloads(inner, None, actor=acting(cast.alice), now=now).is_permitted
    assert reads.folder_sharing(cast.alice, inner).downloads is VIEWERS
    told = [(each.before, each.after) for each in events("folder:set_downloads")]
    assert told == [
        ({"downloads": None}, {"downloads": "viewers"}),
        ({"downloads": None}, {"downloads": "nobody"}),
        ({"downloads": "nobody"}, {"downloads": None}),
    ]


def test_a_recording_is_stricter_and_what_repeats_it_is_too_r204(cast, now):
    made = lecture(cast.chemistry, cast.chloe, now=now)
    again = lecture(cast.chemistry, cast.chloe, now=now, origin="reference_copy", reference_of=made)
    Folder.objects.filter(id=cast.chemistry).update(downloads=VIEWERS)
    for wanted, ben, alice in ((CREATORS, "NO_PERMISSION", "ALLOW"), (NOBODY, "NO_PERMISSION", "NO_PERMISSION")):
        assert actions.set_recording_downloads(made, wanted, actor=acting(cast.alice), now=now).is_permitted
        for each in (made, again):
            assert (code(cast.ben, each, now), code(cast.alice, each, now)) == (ben, alice), wanted
    assert actions.set_recording_downloads(made, None, actor=acting(cast.alice), now=now).is_permitted
    assert code(cast.ben, made, now) == "ALLOW"
    wider = actions.set_recording_downloads(made, VIEWERS, actor=acting(cast.alice), now=now)
    assert (wider.code, wider.reasons[0].rule) == ("BAD_REQUEST", "R204")
    assert len(events("recording:set_downloads")) == 3


def test_nobody_else_changes_it_and_nothing_is_written_r204_r38(cast, now):
    made = lecture(cast.chemistry, cast.chloe, now=now)  # to own a recording is not to set its folder up
    for who in (cast.ben, cast.chloe, cast.eve):
        folder = actions.set_folder_downloads(cast.chemistry, VIEWERS, actor=acting(who), now=now)
        recording = actions.set_recording_downloads(made, NOBODY, actor=acting(who), now=now)
        assert {folder.code, recording.code} == {"NO_PERMISSION"}
    assert actions.set_folder_downloads(cast.chemistry, VIEWERS, actor=acting(None), now=now).code == "SIGN_IN"
    assert (events("folder:set_downloads"), events("recording:set_downloads")) == ([], [])
    assert Folder.objects.get(id=cast.chemistry).downloads is None
