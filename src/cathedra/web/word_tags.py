"""What templates call people's roles, affiliations, groups and grants."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django import template
from django.forms import BoundField, Field
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cathedra.domain.access import GrantPurpose, GrantRight, GrantUse, Informed
from cathedra.domain.ingest import Capture, CapturePhase
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import TermsDocument
from cathedra.domain.terms import RecordingId
from cathedra.web import words

register = template.Library()
_SILENT = timedelta(minutes=2)


@register.filter
def affiliation_word(affiliation: Affiliation) -> str:
    """How an affiliation is called."""
    return str(words.AFFILIATIONS[affiliation])


@register.filter
def role_word(role: SystemRole) -> str:
    """How a system role is called."""
    return str(words.SYSTEM_ROLES[role])


@register.filter
def document_word(document: TermsDocument) -> str:
    """How a document that people agree to is called."""
    return str(words.DOCUMENTS[document])


@register.filter
def folder_role_word(role: str) -> str:
    """How a role on a folder is called."""
    return str(words.FOLDER_ROLES[role])


@register.filter
def group_word(kind: GroupKind) -> str:
    """Where a group comes from."""
    return str(words.GROUPS[kind].word)


@register.filter
def purpose_word(purpose: GrantPurpose) -> str:
    """What a grant is for."""
    return str(words.PURPOSES[purpose])


@register.filter
def rights_words(rights: Iterable[GrantRight]) -> str:
    """What a grant lets its holder do."""
    return ", ".join(str(words.RIGHTS[right]) for right in rights)


@register.filter
def use_mark(use: GrantUse) -> words.Mark:
    """How something done under a grant is called and drawn."""
    return words.USES[use]


@register.filter
def informed_sentence(informed: Informed) -> str:
    """Who was told of a grant."""
    return str(words.INFORMED[informed])


@register.filter
def phase_in(captures: Mapping[RecordingId, Capture], recording_id: RecordingId) -> str:
    """The phase of what is being recorded (R55); empty for everything else."""
    found = captures.get(recording_id) if captures else None
    return found.phase if found and found.phase is not CapturePhase.ENDED else ""


@register.filter
def capture_sentence(capture: Capture) -> str:
    """How what is recorded stands, and whether anything was heard of it lately."""
    if timezone.now() - capture.heard_at > _SILENT:
        return _("Nothing has been heard of the browser for a while: it may be closed, or without a network.")
    if capture.phase is CapturePhase.PAUSED:
        return _("It is paused.")
    if capture.is_live:
        return _("It is being recorded now.")
    return _("It was stopped, and the rest of it is arriving.")


_EMPTY = {
    "checkbox": gettext_lazy("Tick “%(field)s”."),
    "checkboxselectmultiple": gettext_lazy("Choose something for “%(field)s”."),
    "radioselect": gettext_lazy("Choose something for “%(field)s”."),
    "select": gettext_lazy("Choose something for “%(field)s”."),
    "file": gettext_lazy("Choose a file for “%(field)s”."),
    "clearablefile": gettext_lazy("Choose a file for “%(field)s”."),
}


@register.filter
def problems(field: BoundField) -> list[str]:
    """What is wrong with a field. In the summary its sentence stands alone: that of an empty one names the field."""
    plain = str(Field.default_error_messages["required"])
    empty = _EMPTY.get(field.widget_type, gettext_lazy("Fill in “%(field)s”."))
    return [str(empty) % {"field": field.label} if error == plain else error for error in field.errors]
