"""A form's field of people: login names and names of groups, one a line; with JavaScript a list to choose from."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cathedra.db.reads import people as reads
from cathedra.domain.people import lines_in
from cathedra.domain.terms import Decision
from cathedra.web import actor, refusals

MOST_LETTERS = 20_000
_ONE = (gettext_lazy("A login name."), gettext_lazy("Type a name or a login name, and choose."))
# By whether it takes one only, and groups: what is said of it as it stands, and with a list to choose from.
_HINTS: dict[tuple[bool, bool], tuple[Any, Any]] = {
    (True, True): _ONE,
    (True, False): _ONE,
    (False, True): (
        gettext_lazy("Login names or names of groups, one a line."),
        gettext_lazy("Type the name of a person or a group and choose, or paste login names."),
    ),
    (False, False): (
        gettext_lazy("Login names, one a line."),
        gettext_lazy("Type a name and choose, or paste login names."),
    ),
}


class PeopleField(forms.CharField):
    """Its cleaned value is a tuple of what was typed; `chosen` says whom that means. `single` takes one only, `groups`
    off takes accounts only. Its hint is another where a list to choose from is there. Show it with `<c-people-field :field="form.name" />`."""

    def __init__(self, *, single: bool = False, groups: bool = True, **options: Any) -> None:
        attrs = {"data-people": "accounts" if not groups else "all", "autocomplete": "off", "spellcheck": "false"}
        told, hint = _HINTS[single, groups]
        if "help_text" not in options:
            attrs["data-hint"] = hint
        if single:
            widget: forms.Widget = forms.TextInput(attrs={**attrs, "data-single": "", "autocapitalize": "none"})
        else:
            widget = forms.Textarea(attrs={**attrs, "rows": 3, "autocapitalize": "none"})
        super().__init__(**{"widget": widget, "max_length": MOST_LETTERS, "help_text": told, **options})
        self.is_single, self.takes_groups = single, groups

    def clean(self, value: Any) -> tuple[str, ...]:
        keys = lines_in(super().clean(value) or "")
        if self.required and not keys:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.is_single and len(keys) > 1:
            raise forms.ValidationError(_("Name one person only."))
        return keys


def chosen(request: HttpRequest, form: forms.Form, name: str) -> tuple[reads.Found, ...]:
    """Whom the field means. Adds an error to the form that names everything that stands for nobody."""
    viewer = actor.account_id(request)
    keys: Sequence[str] = form.cleaned_data.get(name) or ()
    if viewer is None or not keys:
        return ()
    resolved = reads.resolve(viewer, keys)
    if isinstance(resolved, Decision):
        form.add_error(name, refusals.sentence(resolved.reasons[0]))
        return ()
    found, missing = resolved
    if not form.fields[name].takes_groups:  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only
        missing += tuple(each.key for each in found if each.is_group)
        found = tuple(each for each in found if not each.is_group)
    if missing:
        form.add_error(name, _("Nobody here is called: %(names)s.") % {"names": ", ".join(missing)})
    return found
