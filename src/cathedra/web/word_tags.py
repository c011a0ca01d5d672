"""What templates call people's roles, affiliations, groups and grants."""

from collections.abc import Iterable

from django import template

from cathedra.domain.access import GrantPurpose, GrantRight, GrantUse, Informed
from cathedra.domain.people import Affiliation, GroupKind, SystemRole
from cathedra.domain.policy import TermsDocument
from cathedra.web import words

register = template.Library()


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
