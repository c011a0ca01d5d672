"""The navigation of the staff area."""

from cathedra.domain.people import MAY_ENTER, StaffArea, SystemRole
from cathedra.web.staff import pages


def test_every_area_has_a_page_and_every_page_an_address_and_roles():
    assert {page.area for page in pages.PAGES} == set(StaffArea) == set(MAY_ENTER)
    for page in pages.PAGES:
        assert page.address.startswith("/staff/")


def test_r25_nobody_without_a_role_is_shown_a_page_and_everybody_with_one_is():
    assert pages.for_roles([]) == ()
    for role in SystemRole:
        assert StaffArea.START in {page.area for page in pages.for_roles([role])}
