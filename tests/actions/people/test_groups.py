"""Groups: internal ones edited here, the others pushed; access follows at once (R2)."""

import pytest

from cathedra.actions import people
from cathedra.db.models import AuditEvent, Department, Folder, Group, Membership, Notice, Principal
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import people as reads
from cathedra.db.writes import access, library
from cathedra.db.writes import people as writes
from cathedra.domain.access import Action, FolderRole, decide
from cathedra.domain.library import FolderKind
from cathedra.domain.people import GroupKind, SystemRole
from cathedra.domain.terms import Actor, Channel, Code, GroupId, PrincipalId
from tests.actions.people.test_staff import administrator, event
from tests.lectures import lecture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def members(group_id) -> set:
    return set(Membership.objects.filter(group_id=group_id).values_list("account_id", flat=True))


def test_r2_an_internal_group_is_made_filled_renamed_and_removed_each_on_the_trail(cast):
    by = administrator(cast)
    made = people.make_group(" Helpers, all ", members="Alice; BEN nobody\nghost", actor=by, now=cast.now)
    assert (made.added, made.missing) == (2, ("nobody", "ghost"))
    group = made.group_id
    assert (Group.objects.get(id=group).name, members(group)) == ("Helpers all", {cast.alice, cast.ben})
    assert event().after == {"name": "Helpers all", "members": sorted([str(cast.alice), str(cast.ben)])}
    more = people.add_group_members(group, "ben, eve, ghost", actor=by, now=cast.now)
    assert (more.added, more.missing, event().after) == (1, ("ghost",), {"members": [str(cast.eve)]})
    assert people.remove_group_member(group, cast.ben, actor=by, now=cast.now).removed == 1
    assert people.remove_group_member(group, cast.ben, actor=by, now=cast.now).removed == 0
    assert people.rename_group(group, "Helpers", actor=by, now=cast.now).is_permitted
    assert (event().before, event().after) == ({"name": "Helpers all"}, {"name": "Helpers"})
    for name, code in (("part ia STUDENTS", Code.CONFLICT), (" ", Code.BAD_REQUEST)):
        assert people.rename_group(group, name, actor=by, now=cast.now).code is code
        assert people.make_group(name, actor=by, now=cast.now).decision.code is code
    assert people.remove_group(group, actor=by, now=cast.now).is_permitted
    assert not Group.objects.filter(id=group).exists()
    assert not Principal.objects.filter(id=group).exists()
    done = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert done == ["group:create", "group:add_members", "group:remove_members", "group:rename", "group:remove"]


def test_r2_a_group_with_roles_on_folders_is_not_removed_and_a_pushed_one_not_edited(cast):
    by = administrator(cast)
    students = GroupId(Group.objects.get(name="Part IA students").id)
    assert people.remove_group(students, actor=by, now=cast.now).code is Code.CONFLICT
    pushed = writes.add_group("Chem", kind=GroupKind.EXTERNAL, external_id="m:chem_viewers")
    for decision in (
        people.rename_group(pushed, "Mine", actor=by, now=cast.now),
        people.add_group_members(pushed, "ben", actor=by, now=cast.now).decision,
        people.remove_group_member(pushed, cast.ben, actor=by, now=cast.now).decision,
        people.remove_group(pushed, actor=by, now=cast.now),
    ):
        assert (decision.code, decision.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R2")
    with pytest.raises(reads.GroupNotFound):
        people.rename_group(GroupId(cast.ben), "Mine", actor=by, now=cast.now)


def test_r2_a_push_says_exactly_who_is_in_and_access_follows_at_once(cast):
    by = Actor(None, Channel.CLI)

    def push(names, **more):
        kind = more.pop("kind", GroupKind.EXTERNAL)
        return people.push_group("moodle:phys_viewers", names, kind=kind, actor=by, now=cast.now, **more)

    first = push("ben\nEVE\nghost", name="Physics viewers")
    assert (first.added, first.removed, first.missing) == (2, 0, ("ghost",))
    group = first.group_id
    assert Group.objects.get(id=group).pushed_at == cast.now
    folder = library.add_folder("Optics", kind=cast_kind(), now=cast.now)
    access.add_member(folder, PrincipalId(group), FolderRole.VIEWER, now=cast.now)
    assert access_reads.folder_facts(cast.ben, folder).roles == {FolderRole.VIEWER}
    second = push("eve, alice")
    assert (second.group_id, second.added, second.removed) == (group, 1, 1)
    assert not access_reads.folder_facts(cast.ben, folder).roles
    assert access_reads.folder_facts(cast.alice, folder).roles == {FolderRole.VIEWER}
    assert (event().before, event().after) == ({"members": [str(cast.ben)]}, {"members": [str(cast.alice)]})
    count = AuditEvent.objects.count()
    assert push("alice eve").added == 0
    assert AuditEvent.objects.count() == count  # repeating it changes nothing and tells nothing
    assert push("alice", kind=GroupKind.DIRECTORY).decision.code is Code.CONFLICT
    wrong = people.push_group("phys_viewers", "ben", kind=GroupKind.EXTERNAL, actor=by, now=cast.now)
    assert wrong.decision.code is Code.BAD_REQUEST
    taken = people.push_group(
        "cn=helpers", "ben", kind=GroupKind.DIRECTORY, name="Physics viewers", actor=by, now=cast.now
    )
    assert Group.objects.get(id=taken.group_id).name == "cn=helpers"


def cast_kind():
    from cathedra.domain.library import FolderKind

    return FolderKind.COURSE


def test_r40_nobody_leaves_a_group_by_which_they_are_the_last_creator_of_a_folder(cast):
    by, now = administrator(cast), cast.now
    group = people.make_group("Lecturers", members="ben, eve", actor=by, now=now).group_id
    Folder.objects.filter(id=cast.physics).update(department=Department.objects.get())
    access.add_member(cast.physics, PrincipalId(group), FolderRole.CREATOR, now=now)

    def take_out(who):
        return people.remove_group_member(group, who, actor=by, now=now).decision

    assert take_out(cast.ben).is_permitted
    refused = take_out(cast.eve)
    assert (refused.code, refused.reasons[0].rule) == (Code.ILLEGAL_TRANSITION, "R40")
    assert refused.reasons[0].values == {"name": Folder.objects.get(id=cast.physics).name}
    assert take_out(cast.chloe).is_permitted, "who is not in it changes nothing"
    Department.objects.update(contact_email="office@example.org")
    assert reads.left_alone(group, cast.eve) == "", "a responsible contact is there"
    Department.objects.update(contact_email="")
    access.add_member(cast.physics, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    assert take_out(cast.eve).is_permitted


def test_r40_a_push_that_empties_a_group_of_creators_is_taken_and_the_service_told(cast):
    by = administrator(cast)
    send = {"kind": GroupKind.EXTERNAL, "actor": by, "now": cast.now}
    group = people.push_group("moodle:chem_creators", "alice eve", **send).group_id
    folder = library.add_folder("Of the course", kind=FolderKind.COURSE, now=cast.now)
    access.add_member(folder, PrincipalId(group), FolderRole.CREATOR, now=cast.now)
    people.push_group("moodle:chem_creators", "eve", **send)
    assert not Notice.objects.filter(kind="FOLDER_LEFT").exists()
    assert people.push_group("moodle:chem_creators", "", **send).removed == 1
    told = Notice.objects.get(kind="FOLDER_LEFT")
    assert (told.recipient_id, told.link) == (cast.dev, f"/folders/{folder}/access/")
    assert event().facts["folders_left"] == [str(folder)]
    people.push_group("moodle:chem_creators", "", **send)
    assert Notice.objects.filter(kind="FOLDER_LEFT").count() == 1


def test_r26_no_administrator_watches_by_putting_themself_into_a_group(cast):
    made = lecture(cast.chemistry, cast.alice, now=cast.now)
    writes.give_system_role(cast.eve, SystemRole.SYS_ADMIN, reason="runs the platform", now=cast.now)
    by, others = Actor(cast.eve, Channel.WEB), administrator(cast)

    def sight(who):
        return decide(access_reads.recording_facts(who, made), Action.VIEW, cast.now).code

    group = people.make_group("Markers", actor=by, now=cast.now).group_id
    join = {"names": "ben, eve", "actor": by, "now": cast.now}
    access.add_member(cast.chemistry, PrincipalId(group), FolderRole.ANALYTICS_MANAGER, now=cast.now)
    assert people.add_group_members(group, "ben, eve", actor=by, now=cast.now).added == 2, "it may not watch"
    assert people.remove_group_member(group, cast.eve, actor=by, now=cast.now).removed == 1
    for role in (FolderRole.VIEWER, FolderRole.CREATOR, FolderRole.PUBLISHER):
        access.add_member(cast.chemistry, PrincipalId(group), role, now=cast.now)
        refused = people.add_group_members(group, **join).decision
        assert (refused.code, refused.reasons[0].rule) == (Code.SIGHT_NEEDED, "R26"), role
        access.remove_member(cast.chemistry, PrincipalId(group), role)
    access.add_viewers(made, [PrincipalId(group)], by=None, now=cast.now)
    assert people.add_group_members(group, **join).decision.code is Code.SIGHT_NEEDED, "of one recording"
    send = {"kind": GroupKind.EXTERNAL, "now": cast.now}
    sent = people.push_group("moodle:chem_viewers", "ben", actor=others, **send).group_id
    access.add_member(cast.chemistry, PrincipalId(sent), FolderRole.VIEWER, now=cast.now)
    pushed = people.push_group("moodle:chem_viewers", "ben eve", actor=by, **send)
    assert (pushed.decision.code, members(sent)) == (Code.SIGHT_NEEDED, {cast.ben})
    assert sight(cast.eve) is Code.NO_PERMISSION
    assert people.push_group("moodle:chem_viewers", "ben eve", actor=others, **send).added == 1, "somebody else may"
    assert sight(cast.eve) is Code.ALLOW
    assert people.add_group_members(group, **join).decision.is_permitted, "who may watch already"
