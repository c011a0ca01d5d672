"""Tell people that something was shared with them (N9), when the sharer ticks it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cathedra.db.reads import access as access_reads
from cathedra.db.writes import notices
from cathedra.domain.access import FolderRole
from cathedra.domain.notices import NoticeKind, Phrase, Value
from cathedra.domain.terms import Actor, PrincipalId
from cathedra.domain.terms import gettext_noop as _

ROLES: Mapping[FolderRole, str] = {
    FolderRole.VIEWER: _("Viewer"),
    FolderRole.CREATOR: _("Creator"),
    FolderRole.PUBLISHER: _("Publisher"),
    FolderRole.CONTENT_ORGANIZER: _("Content organizer"),
    FolderRole.ANALYTICS_MANAGER: _("Analytics manager"),
}


def tell_shared(
    principals: Iterable[PrincipalId], role: FolderRole, *, thing: str, link: str, actor: Actor, now: datetime
) -> None:
    """N9 to everybody whom the principals stand for; once a day for the same thing and role."""
    to = access_reads.recipients(principals) - {actor.account_id}
    who = access_reads.name_of_account(actor.account_id)
    values: dict[str, Value] = {"who": who, "thing": thing, "role": Phrase(ROLES[role])}
    event = f"share:{link}:{role}:{now.date().isoformat()}"
    notices.add(NoticeKind.SHARED_WITH_YOU, event=event, to=to, values=values, link=link, now=now)
