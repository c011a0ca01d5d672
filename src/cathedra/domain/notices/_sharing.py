"""How notices about exemptions from the cap of sharing are worded (R33, N52)."""

from collections.abc import Mapping
from datetime import date

from cathedra.domain.notices._words import NoticeKind, Phrase, Topic, Wording
from cathedra.domain.terms import gettext_noop as _

SHARING: Mapping[NoticeKind, Wording] = {
    NoticeKind.SHARING_EXEMPTION_ENDING: Wording(
        topic=Topic.ACCESS,
        when=_("An exemption by which something is shared further than usual is about to end"),
        subject=_("“{title}” may be shared as far as now until {day} only"),
        paragraphs=(
            _("The exemption that lets “{title}” be shared further than usual ends on {day}."),
            _("From then on it reaches {reach}, whatever its sharing says; links to it stop working for others."),
        ),
        way_on=_("If it is still needed, ask the service team for a new exemption before that day."),
        button=_("See who can see it"),
        digest=_("{count} exemptions from the limit of sharing end soon"),
        is_must=True,
        example={
            "title": "Open lecture: entropy",
            "day": date(2027, 9, 1),
            "reach": Phrase(_("people who are signed in, at most")),
        },
    ),
}
