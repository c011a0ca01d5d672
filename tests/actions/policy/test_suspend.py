"""Creator rights in personal folders are suspended and given back by people, and nothing else changes (R91)."""

import pytest

from cathedra.actions import access as sharing
from cathedra.actions import policy as actions
from cathedra.db.models import AuditEvent, CreatorSuspension, Folder, UseCase
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.writes import access, library
from cathedra.domain import access as rule
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.library import FolderKind
from cathedra.domain.policy import CaseState, Verdict
from cathedra.domain.terms import Code, PrincipalId, system_actor
from tests.actions.policy.test_cases import DAY, NO, decide, told, web
from tests.lectures import lecture
from tests.policies import activate

pytestmark = pytest.mark.slow


def breach(cast, now, *, times: int, owner=None):
    """So many refusals that nobody appealed; the case of the last."""
    activate(now)
    for number in range(times):
        recording = lecture(cast.chemistry, owner or cast.alice, title=f"No {number}", now=now)
        actions.report_use(recording, "x", actor=web(cast.ben), now=now)
        assert decide(recording, NO, cast.dev, now) is Code.ALLOW
    for days in (21, 28):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY)
    rows = UseCase.objects.filter(state=CaseState.CLOSED, verdict=Verdict.NOT_PERMITTED)
    assert rows.count() == times
    return rows.latest("opened_at").id, now + 29 * DAY


def may(who, folder, now, action=Action.CREATE_RECORDING) -> bool:
    return rule.decide_folder(access_reads.folder_facts(who, folder), action, now).is_permitted


def test_r91_what_is_suspended_is_creator_rights_in_personal_folders_alone_and_it_is_given_back(cast, now):
    own = library.add_folder("Alice's", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=now)
    access.add_member(own, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    below = library.add_folder("Drafts", kind=FolderKind.PERSONAL, parent_id=own, now=now)
    apart = library.add_folder("Shared", kind=FolderKind.PERSONAL, parent_id=own, inherits=False, now=now)
    for who in (cast.alice, cast.chloe):
        access.add_member(apart, PrincipalId(who), FolderRole.CREATOR, now=now)
    mine = lecture(own, cast.alice, title="Mine", now=now)
    case, later = breach(cast, now, times=3)
    assert all(may(cast.alice, one, later) for one in (own, below, apart)), "nothing is suspended by itself"
    assert actions.suspend_creator(case, "Three times.", actor=web(cast.alice), now=later).code is Code.NO_PERMISSION
    assert actions.suspend_creator(case, "", actor=web(cast.dev), now=later).code is Code.BAD_REQUEST
    assert actions.suspend_creator(case, "Three times.", actor=web(cast.dev), now=later).is_permitted
    for one in (own, below, apart):
        assert not may(cast.alice, one, later), "no recording is made there"
        assert may(cast.alice, one, later, Action.SEE_FOLDER), "what is there stays to be seen"
    assert may(cast.chloe, apart, later), "it is about one person"
    assert may(cast.alice, cast.chemistry, later), "and about personal folders"
    assert rule.decide(access_reads.recording_facts(cast.alice, mine), Action.VIEW, later).is_permitted
    assert not rule.decide(access_reads.recording_facts(cast.alice, mine), Action.EDIT_MEDIA, later).is_permitted
    new = library.add_folder("Later", kind=FolderKind.PERSONAL, parent_id=own, now=later)
    access.add_member(apart, PrincipalId(cast.ben), FolderRole.VIEWER, now=later)
    assert not any(may(cast.alice, one, later) for one in (new, apart)), "it stays so whatever changes there"
    assert actions.suspend_creator(case, "Again.", actor=web(cast.dev), now=later).code is Code.CONFLICT
    assert (told("USE_SUSPENDED"), reads.find_suspension(cast.alice).reason) == (["alice"], "Three times.")
    assert actions.end_suspension(case, actor=web(cast.dev), now=later + DAY).is_permitted
    assert all(may(cast.alice, one, later) for one in (own, below, apart, new))
    assert actions.end_suspension(case, actor=web(cast.dev), now=later + DAY).code is Code.CONFLICT
    assert (told("USE_SUSPENSION_ENDED"), reads.find_suspension(cast.alice)) == (["alice"], None)
    assert CreatorSuspension.objects.get().ended_by_id == cast.dev
    trail = AuditEvent.objects.filter(action__in=("account:suspend_creator", "account:end_suspension"))
    assert [event.target_id for event in trail] == [str(cast.alice)] * 2
    assert Folder.objects.get(id=own).owner_id == cast.alice


def test_r91_two_breaches_suspend_nobody(cast, now):
    case, later = breach(cast, now, times=2)
    assert actions.suspend_creator(case, "Twice.", actor=web(cast.dev), now=later).code is Code.CONFLICT
    assert CreatorSuspension.objects.count() == 0


def test_r91_sharing_that_changes_meanwhile_keeps_the_role_that_comes_back(cast, now):
    """A folder below hers stops inheriting while she is suspended: she is written down there as what she is."""
    own = library.add_folder("Alice's", kind=FolderKind.PERSONAL, owner_id=cast.alice, now=now)
    apart = library.add_folder("Shared", kind=FolderKind.PERSONAL, parent_id=own, inherits=False, now=now)
    for who in (cast.alice, cast.chloe):
        access.add_member(apart, PrincipalId(who), FolderRole.CREATOR, now=now)
    below = library.add_folder("Week 1", kind=FolderKind.PERSONAL, parent_id=apart, now=now)
    case, later = breach(cast, now, times=3)
    assert actions.suspend_creator(case, "Three times.", actor=web(cast.dev), now=later).is_permitted
    assert sharing.stop_inheriting(below, keeps_members=True, actor=web(cast.chloe), now=later).is_permitted
    assert not may(cast.alice, below, later)
    assert actions.end_suspension(case, actor=web(cast.dev), now=later).is_permitted
    assert may(cast.alice, below, later)
