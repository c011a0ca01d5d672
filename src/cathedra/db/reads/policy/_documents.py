"""The published documents, and who has accepted what of them."""

from dataclasses import dataclass
from datetime import date, datetime

from cathedra.db import prepared
from cathedra.db.models import TermsAcceptance, TermsVersion
from cathedra.db.reads.people import get_person
from cathedra.domain.policy import CurrentTerms, PublishFacts, TermsDocument
from cathedra.domain.terms import AccountId


@dataclass(frozen=True, slots=True)
class TermsPage:
    """A published version, whole."""

    document: TermsDocument
    version: int
    date: date
    title: str
    text: str
    text_hash: str
    changes: str
    is_required: bool
    published_at: datetime


@dataclass(frozen=True, slots=True)
class TermsRow:
    """A published version in the list of those who look after the documents."""

    document: TermsDocument
    version: int
    date: date
    title: str
    is_required: bool
    published_at: datetime
    published_by: str
    accepted: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """The newest version that somebody accepted, and when."""

    version: int
    at: datetime


def find_current(document: TermsDocument) -> TermsPage | None:
    """The version that holds now. Anybody may read it, so it takes no viewer (R13)."""
    row = TermsVersion.objects.filter(document=document).order_by("-version").first()
    return _page(row) if row else None


def find_version(document: TermsDocument, version: int) -> TermsPage | None:
    """One published version, an older one too. What was published anybody may read, so it takes no viewer."""
    row = TermsVersion.objects.filter(document=document, version=version).first()
    return _page(row) if row else None


def _page(row: TermsVersion) -> TermsPage:
    return TermsPage(
        document=TermsDocument(row.document),
        version=row.version,
        date=row.date,
        title=row.title,
        text=row.text,
        text_hash=row.text_hash,
        changes=row.changes,
        is_required=row.is_required,
        published_at=row.published_at,
    )


def current_terms(document: TermsDocument) -> CurrentTerms | None:
    """The same as a fact for the rules."""
    row = find_current(document)
    return CurrentTerms(document, row.version, row.text_hash) if row else None


def publish_facts(document: TermsDocument, viewer: AccountId | None, *, is_operator: bool) -> PublishFacts:
    """Facts for `policy.decide_publish`."""
    roles = get_person(viewer).system_roles if viewer else ()
    current = current_terms(document)
    return PublishFacts(
        is_operator=is_operator,
        system_roles=frozenset(roles),
        current_version=current.version if current else None,
    )


def list_versions() -> tuple[TermsRow, ...]:
    """Every published version, the newest first. Counts only, for those who look after the documents."""
    rows = prepared.rows("terms_versions")
    return tuple(TermsRow(**{**row._asdict(), "document": TermsDocument(row.document)}) for row in rows)


def unaccepted(viewer: AccountId | None) -> frozenset[TermsDocument]:
    """The documents that the viewer has still to accept or to acknowledge."""
    if viewer is None:
        return frozenset()
    return frozenset(TermsDocument(row.document) for row in prepared.rows("unaccepted", viewer=viewer))


def find_accepted(viewer: AccountId | None, document: TermsDocument) -> Accepted | None:
    """What the viewer accepted last."""
    if viewer is None:
        return None
    rows = TermsAcceptance.objects.filter(account_id=viewer, document=document).order_by("-version")
    found = rows.values_list("version", "at").first()
    return Accepted(*found) if found else None


def find_unheard(viewer: AccountId, document: TermsDocument) -> TermsPage | None:
    """The version that holds, where the viewer accepted an earlier one and need not accept this: nobody shows it to them
    (N47)."""
    current, accepted = find_current(document), find_accepted(viewer, document)
    if current is None or accepted is None or accepted.version >= current.version:
        return None
    return None if document in unaccepted(viewer) else current


def list_creators() -> list[AccountId]:
    """Everybody who may make recordings somewhere: whom a new version of the policy concerns (N47). Asked by the product
    itself, so it takes no viewer."""
    return [AccountId(row.id) for row in prepared.rows("creators")]
