"""How notices about access, roles and accounts are worded."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from cathedra.domain.notices._words import NoticeKind, Phrase, Topic, Wording
from cathedra.domain.terms import gettext_noop as _

_LAST = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)

ACCESS: Mapping[NoticeKind, Wording] = {
    NoticeKind.SHARED_WITH_YOU: Wording(
        topic=Topic.ACCESS,
        when=_("Somebody shares a folder or a recording with you"),
        subject=_("{who} shared “{thing}” with you"),
        paragraphs=(_("{who} gave you access to “{thing}”. Your role there: {role}."),),
        way_on=_("Open it to see what is there. It is also among your folders from now on."),
        button=_("Open it"),
        digest=_("{count} things were shared with you"),
        is_must=False,
        example={"who": "Alice Chapman", "thing": "Part IA Chemistry", "role": "Viewer"},
    ),
    NoticeKind.STAFF_ACCESS_GRANTED: Wording(
        topic=Topic.ACCESS,
        when=_("Staff are given access to something of yours, to manage or improve the system"),
        subject=_("{grantee} was given access to “{thing}”"),
        paragraphs=(
            _("{who}, for the service, gave {grantee} access to “{thing}” until {until}."),
            _("The purpose: {purpose}"),
            _("What {grantee} may do: {rights}."),
            _("Every use of this access is recorded, and you can see the list."),
        ),
        way_on=_("If you have a question or an objection, write to {contact}."),
        button=_("See who has access"),
        digest=_("Staff were given access to {count} things of yours"),
        is_must=True,
        example={
            "who": "Dev Patel",
            "grantee": "Morgan Reyes",
            "thing": "Entropy and the second law",
            "until": datetime(2026, 12, 3, 14, 5, tzinfo=UTC),
            "purpose": "Managing the system – captions arrive late, and we look for the cause.",
            "rights": "watch it",
            "contact": "lecture-capture@example.org",
        },
    ),
    NoticeKind.STAFF_ACCESS_ENDED: Wording(
        topic=Topic.ACCESS,
        when=_("Staff access to something of yours ends, with a summary of its use"),
        subject=_("{grantee} no longer has access to “{thing}”"),
        paragraphs=(
            _(
                "The access to “{thing}” that {grantee} was given for managing or improving the system ended on {ended}."
            ),
            _("How it was used: {use}"),
        ),
        way_on=_("If you have a question about it, write to {contact}."),
        button=_("See every use"),
        digest=_("Staff access to {count} things of yours ended"),
        is_must=True,
        example={
            "grantee": "Morgan Reyes",
            "thing": "Entropy and the second law",
            "ended": datetime(2026, 12, 3, 14, 5, tzinfo=UTC),
            "use": Phrase(_("Watched {count} times, last on {last}."), {"count": "2", "last": _LAST}),
            "contact": "lecture-capture@example.org",
        },
    ),
    NoticeKind.STAFF_ACCESS_ASKED: Wording(
        topic=Topic.ACCESS,
        when=_("Somebody of the service asks you for access to a recording"),
        subject=_("{who} asks for access to “{thing}”, for the service"),
        paragraphs=(
            _("{who} sees what “{thing}” is, but may not watch it, and asks a service administrator for access."),
            _("They wrote: {message}"),
        ),
        way_on=_("Give access only for managing or improving the system. Its owner is told."),
        button=_("Look at the request"),
        digest=_("{count} requests for access, for the service"),
        is_must=False,
        example={
            "who": "Dev Patel",
            "thing": "Entropy and the second law",
            "message": "Captions arrive late, and we look for the cause.",
        },
    ),
    NoticeKind.ACCESS_REQUESTED: Wording(
        topic=Topic.ACCESS,
        when=_("Somebody asks for access to something of yours"),
        subject=_("{who} asks for access to “{thing}”"),
        paragraphs=(
            _("{who} followed a link to “{thing}” and may not see it yet."),
            _("They wrote: {message}"),
            "{note}",
        ),
        way_on=_("Give them access or decline; they are told your answer."),
        button=_("Answer"),
        digest=_("{count} people ask you for access"),
        is_must=False,
        example={
            "who": "Ben Adeyemi",
            "thing": "Part IA Chemistry",
            "message": "I joined the course a week late and am not on the list yet.",
            "note": "",
        },
    ),
    NoticeKind.ACCESS_REQUEST_ANSWERED: Wording(
        topic=Topic.ACCESS,
        when=_("Your request for access is answered"),
        subject=_("Your request for access to {thing}: {answer}"),
        paragraphs=(_("{who} answered your request for access to {thing}: {answer}."), _("They wrote: {message}")),
        way_on=_("If access was given, the link works for you now."),
        button=_("Open it"),
        digest=_("{count} of your requests for access were answered"),
        is_must=False,
        example={
            "who": "Alice Chapman",
            "thing": Phrase(_("“{title}”"), {"title": "Part IA Chemistry"}),
            "answer": "access given",
            "message": "Welcome!",
        },
    ),
}

ACCOUNT: Mapping[NoticeKind, Wording] = {
    NoticeKind.ROLE_REVIEW_DUE: Wording(
        topic=Topic.ACCOUNT,
        when=_("A privileged role is due for review"),
        subject=_("The role {role} of {holder} is due for review by {by}"),
        paragraphs=(
            _(
                "{holder} holds the role {role}. Such roles end by themselves unless somebody confirms that they are "
                "still needed."
            ),
        ),
        way_on=_("Confirm the role, or let it end on {by}."),
        button=_("Review the role"),
        digest=_("{count} roles are due for review"),
        is_must=True,
        example={"role": "Service administrator", "holder": "Dev Patel", "by": date(2026, 12, 26)},
    ),
    NoticeKind.ROLE_GIVEN: Wording(
        topic=Topic.ACCOUNT,
        when=_("A privileged role is given"),
        subject=_("{holder} now holds the role {role}"),
        paragraphs=(
            _("{holder} holds the role {role} until it is reviewed, at the latest on {by}."),
            _("It was given for this: {reason}"),
        ),
        way_on=_("You are told because you hold it or are named as its approver. If that is wrong, tell the service."),
        button=_("See your roles"),
        digest=_("{count} roles were given"),
        is_must=True,
        example={
            "role": "Service administrator",
            "holder": "Dev Patel",
            "by": date(2026, 12, 26),
            "reason": "Runs the policy desk.",
        },
    ),
    NoticeKind.ROLE_ENDED: Wording(
        topic=Topic.ACCOUNT,
        when=_("A privileged role ends"),
        subject=_("{holder} does not hold the role {role} any more"),
        paragraphs=(_("The role {role} of {holder} has ended. {why}"),),
        way_on=_("If it is still needed, ask a systems administrator to give it again."),
        button=_("See your roles"),
        digest=_("{count} roles have ended"),
        is_must=True,
        example={"role": "Service administrator", "holder": "Dev Patel", "why": "Nobody reviewed it by its date."},
    ),
    NoticeKind.TERMS_CHANGED: Wording(
        topic=Topic.ACCOUNT,
        when=_("The terms or the acceptable-use policy change"),
        subject=_("{document} has changed"),
        paragraphs=(_("A new version of {document} was published."), _("What changed: {changes}")),
        way_on=_("Please read it. Where your word is needed, you are asked before you go on."),
        button=_("Read it"),
        digest=_("{count} documents that you agreed to have changed"),
        is_must=True,
        example={
            "document": "The acceptable-use policy",
            "changes": "Recordings of examinations need the department’s consent.",
        },
    ),
    NoticeKind.METER_NOTICE: Wording(
        topic=Topic.ACCOUNT,
        when=_("Three quarters of a limit of hours are used"),
        subject=_("{percent} % of a limit is used: {what}"),
        paragraphs=(_("Used: {used} of {limit} hours ({percent} %). It is about the {what}."),),
        way_on=_("Nothing is refused. There is time to look at what could be archived."),
        button=_("See the hours"),
        digest=_("{count} limits of hours were reached"),
        is_must=True,
        example={"what": "hours stored", "percent": "75", "used": "7512.4", "limit": "10000.0"},
    ),
    NoticeKind.METER_WARNING: Wording(
        topic=Topic.ACCOUNT,
        when=_("A limit of hours is nearly used up"),
        subject=_("{percent} % of a limit is used: {what}"),
        paragraphs=(
            _("Used: {used} of {limit} hours ({percent} %). It is about the {what}."),
            _("You are told again every week while that is so."),
        ),
        way_on=_("Empty bins and archive what nobody watches; deleting alone frees nothing until the bin is emptied."),
        button=_("See the hours"),
        digest=_("{count} limits of hours were reached"),
        is_must=True,
        example={"what": "hours stored", "percent": "91", "used": "9130.0", "limit": "10000.0"},
    ),
    NoticeKind.METER_OVER: Wording(
        topic=Topic.ACCOUNT,
        when=_("A limit of hours is passed"),
        subject=_("A limit is passed: {what}"),
        paragraphs=(
            _("Used: {used} of {limit} hours ({percent} %). It is about the {what}."),
            _("Scheduled lectures are still recorded. You are told again every day while that is so."),
        ),
        way_on=_(
            "Empty bins, archive what nobody watches, or agree a higher limit; deleting alone frees nothing until the bin is emptied."
        ),
        button=_("See the hours"),
        digest=_("{count} limits of hours were reached"),
        is_must=True,
        example={"what": "hours stored", "percent": "103", "used": "10312.5", "limit": "10000.0"},
    ),
    NoticeKind.ALLOCATION: Wording(
        topic=Topic.ACCOUNT,
        when=_("Hours set aside for a department or a folder are used up to 75, 90 or 100 %"),
        subject=_("{name}: {percent} % of what was set aside is used"),
        paragraphs=(_("Used: {used} of {limit} hours. It is about the {what} of {name}."),),
        way_on=_("Empty bins and archive what nobody watches; deleting alone frees nothing until the bin is emptied."),
        button=_("See what is set aside"),
        digest=_("{count} amounts set aside were reached"),
        is_must=True,
        example={"name": "Chemistry", "what": "hours stored", "percent": "90", "used": "453.2", "limit": "500.0"},
    ),
    NoticeKind.LIMIT_EXCEPTION_ASKED: Wording(
        topic=Topic.ACCOUNT,
        when=_("Somebody asks for an exception from the limits of hours"),
        subject=_("{who} asks for an exception from the limits of hours"),
        paragraphs=(_("{who} cannot bring in anything new, and asks for an exception: {reason}"),),
        way_on=_("Give it with an end, or say no."),
        button=_("Decide"),
        digest=_("{count} requests for an exception from the limits of hours"),
        is_must=True,
        example={"who": "Alice Chapman", "reason": "The guest lecture of this term."},
    ),
    NoticeKind.LIMIT_EXCEPTION_ANSWERED: Wording(
        topic=Topic.ACCOUNT,
        when=_("An exception from the limits of hours is given to you, or ends"),
        subject=_("Your exception from the limits of hours"),
        paragraphs=(_("May you upload although the hours are used up? {answer}"), _("What was said: {reason}")),
        way_on=_("Your hours, and what would free some, are on a page of their own."),
        button=_("See your hours"),
        digest=_("{count} answers about exceptions from the limits of hours"),
        is_must=True,
        example={
            "answer": Phrase(_("Yes, until {until}."), {"until": date(2026, 12, 3)}),
            "reason": "The guest lecture of this term.",
        },
    ),
    NoticeKind.METERS_DISAGREE: Wording(
        topic=Topic.ACCOUNT,
        when=_("The ledger of hours and the library do not agree"),
        subject=_("The hours of {count} recordings do not add up"),
        paragraphs=(
            _(
                "Last night’s check found {count} recordings whose hours in the ledger differ from what they should be, "
                "by {hours} hours together."
            ),
            _("The recordings, the first of them: {recordings}"),
        ),
        way_on=_(
            "Nothing was changed. Look at the recordings in the audit trail; once you know why, an operator puts each right "
            "with `cathedra meters correct`."
        ),
        button=_("Open the audit trail"),
        digest=_("{count} checks of the hours found a difference"),
        is_must=True,
        example={"count": "2", "hours": "1.7", "recordings": "0b7f…, 91c2…"},
    ),
    NoticeKind.ACCOUNT_INVITATION: Wording(
        topic=Topic.ACCOUNT,
        when=_("An account was made for you"),
        subject=_("{who} made an account for you"),
        paragraphs=(
            _("{who} made an account for you, so that you can watch and manage lecture recordings."),
            _("Your login name is {login}."),
        ),
        way_on=_("Choose a password with the link below, then sign in."),
        button=_("Choose a password"),
        digest=_("{count} accounts were made for you"),
        is_must=True,
        example={"who": "Dev Patel", "login": "alice"},
    ),
}
