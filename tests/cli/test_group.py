"""Groups of other systems by the command line (R2)."""

import io

import pytest

from cathedra.cli.main import main
from cathedra.db.models import Group, Membership

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_r2_a_group_is_pushed_from_the_input_and_unknown_names_are_told(cast, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("ben\nghost\n"))
    assert main(["group", "push", "moodle:chem_viewers", "--name", "Chem viewers"]) == 0
    said = capsys.readouterr()
    assert said.out == "moodle:chem_viewers: 1 added, 0 taken out.\n"
    assert said.err == "Nobody here is called: ghost.\n"
    group = Group.objects.get(external_id="moodle:chem_viewers")
    assert (group.name, Membership.objects.get(group=group).account_id) == ("Chem viewers", cast.ben)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["group", "push", "chem"]) == 1
    assert "INSTANCE:COURSE_viewers" in capsys.readouterr().err
