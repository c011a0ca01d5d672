"""What holds, who has accepted it, and who is therefore stopped; the same in every statement that says so."""

from datetime import timedelta

from cathedra.db.models import Account, Folder, Recording, WebSession
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people
from cathedra.db.reads import policy as reads
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import people as people_writes
from cathedra.domain.access import Action, FolderRole
from cathedra.domain.people import GroupKind
from cathedra.domain.terms import Code, PrincipalId
from tests.agreements import AUP, EULA, accept, publish
from tests.lectures import lecture


def gated_everywhere(cast, account_id) -> bool:
    """Asked of every statement that answers it, of the rule and of its list form; they must agree."""
    now, recording = cast.now, Recording.objects.values_list("id", flat=True).get()
    key, until = account_id.hex, now + timedelta(days=1)
    WebSession.objects.update_or_create(session_key=key, defaults={"account_id": account_id, "expire_date": until})
    answers = {
        Account.objects.get(pk=account_id).is_gated,
        people.find_signed_in(key, now=now).is_gated,
        EULA in reads.unaccepted(account_id),
        access_reads.recording_facts(account_id, recording).is_gated,
        access_reads.folder_facts(account_id, cast.physics).is_gated,
        access_reads.may_view_now(key, recording, now=now) is Code.EULA_REQUIRED,
        not Recording.objects.filter(access_reads.visible_to(account_id, now)).exists(),
        not Recording.objects.filter(access_reads.listed_in(account_id, cast.physics, now)).exists(),
        not Folder.objects.filter(access_reads.may_in_folders(account_id, Action.SEE_FOLDER, now)).exists(),
    }
    assert len(answers) == 1, answers
    return answers.pop()


def test_who_is_gated_follows_what_is_published_and_accepted_r9_r11_r14(cast):
    now = cast.now
    for who in (cast.ben, cast.eve):
        access_writes.add_member(cast.physics, PrincipalId(who), FolderRole.VIEWER, now=now)
    lecture(cast.physics, cast.alice, title="One", now=now)
    assert not gated_everywhere(cast, cast.ben), "nothing is published, so there is nothing to accept"
    first = publish(now=now)
    assert gated_everywhere(cast, cast.ben)
    accept(cast.ben, first, now=now)
    assert not gated_everywhere(cast, cast.ben)
    assert gated_everywhere(cast, cast.eve), "each accepts for themself"
    mended = publish(version=2, asks_again=False, now=now)
    assert not gated_everywhere(cast, cast.ben), "version 2 does not ask again"
    assert gated_everywhere(cast, cast.eve)
    accept(cast.eve, mended, now=now)
    assert not gated_everywhere(cast, cast.eve), "a later version holds the earlier one too"
    publish(version=3, now=now)
    assert gated_everywhere(cast, cast.ben)
    assert gated_everywhere(cast, cast.eve), "R11: a version that asks again asks everybody"
    Account.objects.filter(id=cast.eve).update(affiliation="service_account")
    assert not gated_everywhere(cast, cast.eve), "R14: machines have nobody to read"
    publish(AUP, now=now)
    assert reads.unaccepted(cast.eve) == frozenset()
    assert reads.unaccepted(cast.ben) == {EULA, AUP}
    assert reads.unaccepted(None) == frozenset()


def test_an_account_that_was_not_asked_about_is_taken_for_gated_r9(cast):
    assert Account.objects.filter(id=cast.ben).get().is_gated


def test_the_newest_version_holds_and_older_ones_can_be_read(cast):
    assert reads.find_current(EULA) is None
    assert reads.current_terms(EULA) is None
    for version in (1, 2):
        publish(version=version, now=cast.now)
    assert reads.find_current(EULA).version == 2
    assert reads.find_version(EULA, 1).text.startswith("What you agree to, version 1")
    assert reads.find_version(EULA, 3) is None
    assert reads.find_current(AUP) is None


def test_those_who_look_after_the_documents_see_who_accepted_what(cast):
    first = publish(now=cast.now)
    for who in (cast.ben, cast.eve):
        accept(who, first, now=cast.now)
    accept(cast.ben, publish(version=2, now=cast.now), now=cast.now)
    publish(AUP, now=cast.now)
    rows = [(row.document, row.version, row.accepted, row.published_by) for row in reads.list_versions()]
    assert rows == [(EULA, 2, 1, ""), (EULA, 1, 2, ""), (AUP, 1, 0, "")]
    assert reads.find_accepted(cast.ben, EULA).version == 2
    assert reads.find_accepted(cast.chloe, EULA) is reads.find_accepted(None, EULA) is None
    facts = reads.publish_facts(EULA, cast.dev, is_operator=False)
    assert (facts.system_roles, facts.current_version) == ({"service_admin"}, 2)


def test_a_new_policy_concerns_those_who_make_recordings_themselves_or_through_a_group_n47(cast, now):
    assert reads.list_creators() == [cast.alice]
    group = people_writes.add_group("Teachers", kind=GroupKind.INTERNAL)
    people_writes.add_members(group, [cast.chloe, cast.dev])
    access_writes.add_member(cast.physics, PrincipalId(group), FolderRole.CREATOR, now=now)
    people_writes.set_active(cast.dev, is_active=False, now=now)
    assert set(reads.list_creators()) == {cast.alice, cast.chloe}
