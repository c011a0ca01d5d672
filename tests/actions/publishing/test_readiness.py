"""What processing does with a recording that becomes ready: T14, T15, T16; and R73 when a second file comes."""

import uuid
from dataclasses import replace

import pytest

from cathedra.actions import encoding, policy, publishing
from cathedra.actions.encoding import Tools
from cathedra.adapters import policy_files
from cathedra.adapters.spool import Spool
from cathedra.db.models import Folder, FolderAccess, Hold, Notice, Recording
from cathedra.db.writes import access
from cathedra.domain import encoding as rules
from cathedra.domain.access import FolderRole
from cathedra.domain.policy import Verdict
from cathedra.domain.terms import PrincipalId, SourceId, system_actor
from tests.actions.publishing.conftest import acting, told
from tests.domain.test_encoding import probe
from tests.fakes.encoder import ScriptedProber, ScriptedRenderer
from tests.fakes.object_store import MemoryStore
from tests.lectures import lecture
from tests.overtaking import overtake
from tests.policies import POLICY, USE, activate
from tests.worker.pipeline import Folder as Tree
from tests.worker.pipeline import receive

pytestmark = pytest.mark.slow


@pytest.fixture
def process(cast, desk, tmp_path, now):
    """Upload to Part IA and process until it plays, with scripted tools. `at_last` is given the last step, to run it."""

    def run(*, is_held=False, at_last=lambda step: step()):
        file = tmp_path / "heat.mp4"
        file.write_bytes(b"the bytes as they came")
        recording_id, source_id = receive(Tree(tmp_path), file, cast=cast, now=now)
        if is_held:
            Hold.objects.create(recording_id=recording_id, kind="aup_referred", opened_at=now)
        tools = Tools(
            store=MemoryStore(),
            spool=Spool(tmp_path / "incoming"),
            prober=ScriptedProber(probe()),
            renderer=ScriptedRenderer(),
            ladder=rules.parse_ladder(policy_files.read("ladder")),
            work_dir=tmp_path / "work",
            max_hours=24,
        )

        def step(verb):
            verb(SourceId(source_id), actor=system_actor(), now=now, attempt=uuid.uuid4(), tools=tools)

        step(encoding.probe_source)
        at_last(lambda: step(encoding.package_source))
        return Recording.objects.get(id=recording_id)

    return run


def test_a_creator_uploads_to_a_folder_with_approval_t15_n10(cast, now, process):
    """Section 25: folder with approval, 2 Publishers: 2 N10, item hidden."""
    row = process()
    assert (row.media_state, row.publication) == ("READY", "WAITING")
    assert (row.approval, row.submitted_at, row.submitted_by_id) == ("submitted", now, cast.alice)
    assert told("N10") == ["chloe", "pia"]
    assert told("N6") == []  # it plays for nobody yet: its owner hears when it is approved (N11)


def test_without_a_publisher_the_service_is_asked_r68_and_held_is_neither_t16(cast, now, process):
    """Section 25: no Publisher: N10 to service_admin."""
    FolderAccess.objects.filter(role="publisher").delete()
    assert process().publication == "WAITING"
    assert told("N10") == ["dev"]
    assert Notice.objects.get(kind="N10").other_link == ""  # R26: to watch it, access must be given
    assert process(is_held=True).publication == "DRAFT"
    assert told("N10") == ["dev"]
    assert told("N6") == []


def test_a_folder_without_approval_publishes_t14(cast, now, process):
    Folder.objects.update(start=None)
    assert process().publication == "PUBLISHED"
    assert told("N10") == []
    assert told("N6") == ["alice"]


def test_a_second_picture_waits_anew_only_where_the_site_asks_r73(cast, desk, now, site_says):
    made = lecture(cast.chemistry, cast.alice, now=now)
    assert not publishing.doubt_media_edit(made, actor=acting(cast.alice), now=now)
    with site_says(APPROVAL_REAPPROVE_ON_MEDIA_EDIT="true"):
        assert publishing.doubt_media_edit(made, actor=acting(cast.alice), now=now)
        assert not publishing.doubt_media_edit(made, actor=acting(cast.alice), now=now)
    assert Recording.objects.get(id=made).publication == "WAITING"
    assert told("N10") == ["chloe", "pia"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_below", [False, True])
def test_what_becomes_ready_while_approval_is_switched_on_waits_t15_t25_r69(cast, desk, now, process, is_below):
    """The switch stands at its last step when the recording becomes ready."""
    if is_below:
        middle = Folder.objects.get(id=cast.chemistry)
        Folder.objects.filter(id=middle.id).update(inherits=True, access_from_id=middle.parent_id)
    switched = Folder.objects.get(id=cast.chemistry).parent_id if is_below else cast.chemistry
    access.add_member(switched, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    access.add_member(switched, PrincipalId(cast.chloe), FolderRole.PUBLISHER, now=now)
    Folder.objects.filter(id=cast.chemistry).update(start=None)
    lecture(switched, cast.alice, now=now, title="Published, so that there is something to tell")

    def switch():
        assert publishing.switch_approval(switched, is_on=True, actor=acting(cast.alice), now=now).is_changed

    row = process(at_last=lambda step: overtake(switch, step, table="cathedra_notice"))
    assert (row.media_state, row.publication) == ("READY", "WAITING")


@pytest.mark.django_db(transaction=True)
def test_what_is_let_go_while_approval_is_switched_on_waits_t28_t25_r69(cast, desk, now):
    Folder.objects.filter(id=cast.chemistry).update(start=None)
    made = lecture(cast.chemistry, cast.alice, now=now, publication="DRAFT")
    Hold.objects.create(recording_id=made, kind="aup_undeclared", opened_at=now)
    activate(now)

    def switch():
        assert publishing.switch_approval(cast.chemistry, is_on=True, actor=acting(cast.alice), now=now).is_changed

    def declare():
        found = policy.declare_use(made, replace(USE, version=POLICY.version), actor=acting(cast.alice), now=now)
        assert found.verdict is Verdict.PERMITTED

    overtake(switch, declare, table="cathedra_auditevent")
    row = Recording.objects.get(id=made)
    assert (row.publication, Hold.objects.filter(recording_id=made, released_at=None).exists()) == ("WAITING", False)
