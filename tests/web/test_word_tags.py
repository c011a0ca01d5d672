"""Every word that a rule knows has a name that people read."""

from django import forms

from cathedra.domain.access import FolderRole, GrantPurpose, GrantRight, GrantUse, Informed
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import TermsDocument
from cathedra.web import word_tags


def test_every_word_has_a_name_for_people():
    named = [
        (word_tags.affiliation_word, Affiliation),
        (word_tags.role_word, SystemRole),
        (word_tags.document_word, TermsDocument),
        (word_tags.folder_role_word, FolderRole),
        (word_tags.group_word, GroupKind),
        (word_tags.purpose_word, GrantPurpose),
        (word_tags.informed_sentence, Informed),
    ]
    for name, kind in named:
        names = [name(word) for word in kind]
        assert all(names), kind
        assert len(set(names)) == len(names), kind
        assert not any("_" in one for one in names), kind


def test_rights_are_named_together_and_a_use_has_its_mark():
    assert word_tags.rights_words([GrantRight.VIEW, GrantRight.EXPORT]) == "watch, download"
    assert {word_tags.use_mark(use).icon for use in GrantUse} == {"play", "download", "pencil", "eye"}


def test_an_empty_field_is_named_in_what_is_said_of_it_for_the_summary_stands_apart():
    class Asked(forms.Form):
        name = forms.CharField(label="Name")
        kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
        file = forms.FileField(label="File")
        agreed = forms.BooleanField(label="I agree")
        day = forms.DateField(label="Day", error_messages={"required": "Give the day."})

    form = Asked({"kind": "b"})
    assert [word_tags.problems(field) for field in form] == [
        ["Fill in “Name”."],
        ["Select a valid choice. b is not one of the available choices."],
        ["Choose a file for “File”."],
        ["Tick “I agree”."],
        ["Give the day."],
    ]
    assert word_tags.problems(Asked({})["kind"]) == ["Choose something for “Kind”."]
