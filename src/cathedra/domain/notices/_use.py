"""How notices about the acceptable use policy, and about what is taken down, are worded (N15, N16, N19)."""

from collections.abc import Mapping
from datetime import date

from cathedra.domain.notices._words import NoticeKind, Topic, Wording
from cathedra.domain.terms import gettext_noop as _

_PLACE = {"title": "Entropy and the second law", "folder": "Part IA Chemistry"}
_OWNED = {**_PLACE, "owner": "Alice Chapman"}
_REQUIREMENT = "It supports current students working towards a qualification here."
_WHY = "No course of study is named."

USE: Mapping[NoticeKind, Wording] = {
    NoticeKind.USE_REFERRED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording is referred to the service team under the acceptable-use policy"),
        subject=_("To decide: does “{title}” belong here?"),
        paragraphs=(_("“{title}” in {folder} belongs to {owner}."), _("What is open: {why}")),
        way_on=_("Decide it within two working days. Somebody who owns a recording does not decide about it."),
        button=_("Look at the case"),
        digest=_("{count} recordings to decide under the acceptable-use policy"),
        is_must=True,
        example={**_OWNED, "why": _WHY},
    ),
    NoticeKind.USE_RECEIPT: Wording(
        topic=Topic.RECORDINGS,
        when=_("The service team is asked whether a recording of yours belongs here"),
        subject=_("“{title}”: the service team will decide"),
        paragraphs=(
            _("What you declared about “{title}” in {folder} leaves something open."),
            _("{why}"),
            _("Until it is decided you can watch it, and nobody else can."),
        ),
        way_on=_("You need do nothing. If your answers can be clearer, change them; questions go to {contact}."),
        button=_("See what is open"),
        digest=_("The service team decides about {count} of your recordings"),
        is_must=True,
        example={**_PLACE, "why": _WHY, "contact": "lecture-capture@example.org"},
    ),
    NoticeKind.USE_OVERDUE: Wording(
        topic=Topic.RECORDINGS,
        when=_("A case under the acceptable-use policy has waited for two working days"),
        subject=_("Overdue: does “{title}” belong here?"),
        paragraphs=(_("“{title}” in {folder}, which belongs to {owner}, has waited for a decision since {since}."),),
        way_on=_("Decide it, or ask the owner for what you need to know."),
        button=_("Look at the case"),
        digest=_("{count} cases under the acceptable-use policy are overdue"),
        is_must=True,
        example={**_OWNED, "since": date(2026, 11, 23)},
    ),
    NoticeKind.USE_REPEATED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Recordings of one person were found outside the acceptable-use policy twice in a year"),
        subject=_("Outside the acceptable-use policy: “{title}”"),
        paragraphs=(
            _("“{title}” in {folder} was found to be outside the acceptable-use policy."),
            _("Recordings of {owner} that were found so in the last twelve months: {count}."),
        ),
        way_on=_("This is for your information. A word with the owner may help; the service team can advise."),
        button=_("Open the recording"),
        digest=_("{count} findings under the acceptable-use policy"),
        is_must=True,
        example={**_OWNED, "count": "2"},
    ),
    NoticeKind.UNDECLARED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is held until you say what it is for"),
        subject=_("“{title}” is on hold: say what it is for"),
        paragraphs=(_("Nobody has said yet what “{title}” in {folder} is for, so only you can watch it."),),
        way_on=_("Answer the questions; it takes a few seconds, and the hold ends at once if all is clear."),
        button=_("Answer the questions"),
        digest=_("{count} of your recordings are on hold until you say what they are for"),
        is_must=True,
        example=_PLACE,
    ),
    NoticeKind.REMOVAL_DECIDED: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is to be removed under the acceptable-use policy"),
        subject=_("“{title}” will be removed after {until}"),
        paragraphs=(
            _("“{title}” in {folder} does not fit the acceptable-use policy. It stays here until {until}."),
            _("The requirement that is not met: {requirement}"),
        ),
        way_on=_("Until then you can download it, correct what you declared, or appeal once."),
        button=_("See what you can do"),
        digest=_("{count} of your recordings are to be removed"),
        is_must=True,
        example={**_PLACE, "until": date(2026, 12, 24), "requirement": _REQUIREMENT},
    ),
    NoticeKind.REMOVAL_SOON: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is removed under the acceptable-use policy within seven days"),
        subject=_("“{title}” will be removed on {until}"),
        paragraphs=(_("“{title}” in {folder} goes to the bin on {until}: it does not fit the acceptable-use policy."),),
        way_on=_("Download it now if you want to keep it."),
        button=_("See what you can do"),
        digest=_("{count} of your recordings will be removed within seven days"),
        is_must=True,
        example={**_PLACE, "until": date(2026, 12, 24)},
    ),
    NoticeKind.REMOVED_BY_POLICY: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours was removed under the acceptable-use policy"),
        subject=_("“{title}” was moved to the bin"),
        paragraphs=(_("“{title}” in {folder} was moved to the bin: it does not fit the acceptable-use policy."),),
        way_on=_("It is deleted for good in 90 days."),
        button=_("See why"),
        digest=_("{count} of your recordings were moved to the bin"),
        is_must=True,
        example=_PLACE,
    ),
    NoticeKind.APPEAL_ANSWERED: Wording(
        topic=Topic.RECORDINGS,
        when=_("Your appeal under the acceptable-use policy is decided"),
        subject=_("Your appeal about “{title}” is decided"),
        paragraphs=(
            _("A second reviewer has looked at “{title}” in {folder}. {outcome}"),
            _("The reason given: {reason}"),
        ),
        way_on=_("An appeal is decided once, so this is the last word on it."),
        button=_("Open it"),
        digest=_("{count} of your appeals are decided"),
        is_must=True,
        example={**_PLACE, "outcome": "It may stay.", "reason": "It supports the practical classes of the course."},
    ),
    NoticeKind.TAKEDOWN_DECIDED: Wording(
        topic=Topic.RECORDINGS,
        when=_("It is decided that a recording of yours is taken down"),
        subject=_("“{title}” will be taken down after {until}"),
        paragraphs=(
            _("It is decided that “{title}” in {folder} is taken down. It stays here, on hold, until {until}."),
            _("The reason given: {reason}"),
        ),
        way_on=_("If you do not agree, answer before that day. Its page says whom to write to."),
        button=_("Open its page"),
        digest=_("{count} of your recordings will be taken down"),
        is_must=True,
        example={**_PLACE, "until": date(2026, 12, 24), "reason": "The pictures belong to somebody else."},
    ),
    NoticeKind.TAKEDOWN_SOON: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours is taken down within seven days"),
        subject=_("“{title}” will be taken down on {until}"),
        paragraphs=(_("“{title}” in {folder} goes to the bin on {until}, as was decided."),),
        way_on=_("If you do not agree, answer now. Its page says whom to write to."),
        button=_("Open its page"),
        digest=_("{count} of your recordings will be taken down within seven days"),
        is_must=True,
        example={**_PLACE, "until": date(2026, 12, 24)},
    ),
    NoticeKind.TAKEN_DOWN: Wording(
        topic=Topic.RECORDINGS,
        when=_("A recording of yours was taken down"),
        subject=_("“{title}” was taken down"),
        paragraphs=(_("“{title}” in {folder} was taken down. {outcome}"), _("The reason given: {reason}")),
        way_on=_("This is for your information. There is nothing more to do here."),
        button=_("Open its page"),
        digest=_("{count} of your recordings were taken down"),
        is_must=True,
        example={
            **_PLACE,
            "outcome": "It was deleted for good, as a legal order asks.",
            "reason": "The pictures belong to somebody else.",
        },
    ),
}
