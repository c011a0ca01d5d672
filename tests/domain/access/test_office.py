"""What an administrator's office does not give (R26, R144)."""

from uuid import uuid4

from cathedra.domain import access
from cathedra.domain.access import FolderRole, SharingLevel, Standing, as_viewers, decide_let_in, is_met_by_office
from cathedra.domain.terms import Code, PrincipalId
from tests.domain.access.people import IN_COLUMN, NOW, facts, grant, person

ADMIN = {"appointments": frozenset({Standing.SERVICE_ADMIN})}


def test_an_administrator_without_a_role_of_their_own_is_there_by_office_r26():
    offices = {column for column in IN_COLUMN if is_met_by_office(person(column), NOW)}
    assert offices == {"service_admin", "sys_admin"}
    for column in offices:
        for given in (
            {"roles": (FolderRole.VIEWER,)},
            {"owner": True},
            {"level": SharingLevel.ORGANISATION},
            {"is_staff": True, "grants": (grant(),)},
        ):
            assert not is_met_by_office(person(column, **given), NOW), (column, given)
    folder = access.FolderFacts(True, frozenset(), **ADMIN)
    assert is_met_by_office(folder, NOW)
    assert not is_met_by_office(access.FolderFacts(True, frozenset({FolderRole.CREATOR}), **ADMIN), NOW)


def test_nobody_lets_themself_in_to_what_they_may_not_watch_r26_r144():
    me, my_group, other = (PrincipalId(uuid4()) for _ in range(3))
    table = [
        (facts(**ADMIN), me, FolderRole.VIEWER, Code.SIGHT_NEEDED),
        (facts(**ADMIN), my_group, FolderRole.CREATOR, Code.SIGHT_NEEDED),
        (facts(**ADMIN, is_staff=True, grants=(grant(),)), me, FolderRole.VIEWER, Code.SIGHT_NEEDED),  # a grant ends
        (facts(**ADMIN), other, FolderRole.VIEWER, Code.ALLOW),
        (facts(**ADMIN), me, FolderRole.ANALYTICS_MANAGER, Code.ALLOW),  # lets nobody watch (R23)
        (facts(FolderRole.VIEWER, **ADMIN), me, FolderRole.CREATOR, Code.ALLOW),
        (facts(**ADMIN, level=SharingLevel.ORGANISATION), me, FolderRole.VIEWER, Code.ALLOW),
        (facts(FolderRole.CREATOR), me, FolderRole.PUBLISHER, Code.ALLOW),  # R21
    ]
    for about, who, role, code in table:
        decision = decide_let_in(about, [(other, role), (who, role)], mine=[me, my_group], now=NOW)
        assert decision.code is code, (about, role)
        assert decision.is_permitted or decision.reasons[0].rule == "R26"
    assert as_viewers([me]) == {(me, FolderRole.VIEWER)}
