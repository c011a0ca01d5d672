"""A form's field of people."""

from types import SimpleNamespace

import pytest
from django import forms

from cathedra.db.models import Account
from cathedra.web import pickers


class Share(forms.Form):
    people = pickers.PeopleField()
    approver = pickers.PeopleField(single=True, groups=False, required=False)


def asked_by(account_id):
    return SimpleNamespace(user=Account.objects.get(id=account_id))


@pytest.mark.slow
def test_a_field_of_people_means_whom_it_names_and_says_who_was_not_found(cast):
    form = Share({"people": "ben\nPart IA students, BEN", "approver": "dev"})
    assert form.is_valid()
    found = pickers.chosen(asked_by(cast.alice), form, "people")
    assert [each.key for each in found] == ["ben", "Part IA students"]
    assert [each.id for each in pickers.chosen(asked_by(cast.alice), form, "approver")] == [cast.dev]
    wrong = Share({"people": "ben\nnobody", "approver": "Part IA students"})
    assert wrong.is_valid()
    pickers.chosen(asked_by(cast.alice), wrong, "people")
    assert wrong.errors["people"] == ["Nobody here is called: nobody."]
    assert pickers.chosen(asked_by(cast.alice), wrong, "approver") == ()
    assert wrong.errors["approver"] == ["Nobody here is called: Part IA students."]
    refused = Share({"people": "ben"})
    assert refused.is_valid()
    assert pickers.chosen(asked_by(cast.eve), refused, "people") == ()
    assert refused.errors["people"]


def test_a_field_for_one_takes_one_and_a_needed_one_is_asked_for():
    form = Share({"people": " , ", "approver": "a, b"})
    assert not form.is_valid()
    assert form.errors["approver"] == ["Name one person only."]


def test_a_hint_of_its_own_is_kept_and_the_usual_one_is_another_with_a_list_to_choose_from():
    own = pickers.PeopleField(single=True, help_text="Whoever presents.")
    assert ("data-hint" in own.widget.attrs, own.help_text) == (False, "Whoever presents.")
    for single in (True, False):
        for groups in (True, False):
            field = pickers.PeopleField(single=single, groups=groups)
            assert "login name" in str(field.help_text).lower()
            assert "choose" in str(field.widget.attrs["data-hint"])
            assert ("group" in str(field.widget.attrs["data-hint"])) == (groups and not single)
