"""One transaction at a time (house rule 4)."""

import pytest

from cathedra.db.models import Department
from cathedra.db.writes.transaction import transaction


@pytest.mark.django_db(transaction=True)
def test_everything_inside_vanishes_when_it_fails():
    def change():
        with transaction():
            Department.objects.create(name="Alchemy")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change()
    assert not Department.objects.exists()


def test_it_refuses_to_nest_and_can_be_opened_again_afterwards(db):
    with transaction(), pytest.raises(RuntimeError, match="inside another"), transaction():
        pass
    with transaction():
        Department.objects.create(name="Chemistry")
    assert Department.objects.count() == 1
