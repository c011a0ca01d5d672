"""Who enters which part of the staff area (R25, R38 rows 22 to 25)."""

from cathedra.domain.people import MAY_ENTER, StaffArea, SystemRole, decide_enter, roles_for
from cathedra.domain.terms import Code


def test_r38_row_24_only_systems_administrators_enter_people_groups_and_roles():
    for area in (StaffArea.PEOPLE, StaffArea.GROUPS, StaffArea.ROLES):
        for role in SystemRole:
            assert decide_enter([role], area).is_permitted == (role is SystemRole.SYS_ADMIN), (role, area)
        assert decide_enter([], area).code is Code.NO_PERMISSION


def test_every_role_enters_by_the_start_page_and_uses_the_roles_that_let_it_further():
    for role in SystemRole:
        assert decide_enter([role], StaffArea.START).is_permitted
    assert roles_for([SystemRole.AUDITOR, SystemRole.SYS_ADMIN], StaffArea.PEOPLE) == (SystemRole.SYS_ADMIN,)
    assert set(MAY_ENTER) == set(StaffArea)
