"""The account types people are shown (R17, R22)."""

from cathedra.domain.people import AccountType, account_types


def test_account_type_is_derived_from_the_roles_held_r22():
    assert account_types([]) == (AccountType.VIEWER,)
    assert account_types(["viewer", "analytics_manager"]) == (AccountType.VIEWER,)
    assert account_types(["viewer", "creator"]) == (AccountType.CREATOR,)
    assert account_types(["publisher", "creator"]) == (AccountType.CREATOR, AccountType.PUBLISHER)
