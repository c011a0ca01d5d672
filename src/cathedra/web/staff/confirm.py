"""Pages that say what will happen before it does, and then do it: closing an account, ending sign-ins and the like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from cathedra.actions import people as actions
from cathedra.db.reads import people as reads
from cathedra.domain.people import StaffArea
from cathedra.domain.terms import AccountId, AccountNotFound, Actor, Decision
from cathedra.web import actor, refusals
from cathedra.web.staff.door import for_staff

Verb = Callable[[AccountId, Actor, datetime], Decision]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is done to an account, and what is said after. Sentences are translatable, with
    the person's `{name}`."""

    heading: str
    sentences: Sequence[str]
    button: str
    done: str
    verb: Verb
    is_danger: bool = True


def _close(account_id: AccountId, by: Actor, now: datetime) -> Decision:
    return actions.set_account_active(account_id, is_active=False, actor=by, now=now)


def _reopen(account_id: AccountId, by: Actor, now: datetime) -> Decision:
    return actions.set_account_active(account_id, is_active=True, actor=by, now=now)


def _end_sign_ins(account_id: AccountId, by: Actor, now: datetime) -> Decision:
    return actions.end_sign_ins(account_id, actor=by, now=now)


def _reset_second_step(account_id: AccountId, by: Actor, now: datetime) -> Decision:
    return actions.reset_second_step(account_id, actor=by, now=now)


QUESTIONS = {
    "close": Question(
        gettext_noop("Deactivate the account of {name}?"),
        (
            gettext_noop(
                "They are signed out everywhere within seconds, and cannot sign in until the account is reactivated."
            ),
            gettext_noop(
                "Nothing of theirs becomes unreachable: recordings stay in their folders, for the same people."
            ),
            gettext_noop(
                "Their roles, groups and access stay as they are, and count again when the account is reactivated."
            ),
        ),
        gettext_noop("Deactivate the account"),
        gettext_noop("The account of {name} is deactivated, and they are signed out."),
        _close,
    ),
    "reopen": Question(
        gettext_noop("Reactivate the account of {name}?"),
        (gettext_noop("They can sign in again, with the password, roles, groups and access that they had."),),
        gettext_noop("Reactivate the account"),
        gettext_noop("The account of {name} is active again."),
        _reopen,
        is_danger=False,
    ),
    "end-sign-ins": Question(
        gettext_noop("Sign {name} out everywhere?"),
        (gettext_noop("Every browser of theirs is signed out within seconds. They can sign in again at once."),),
        gettext_noop("Sign out everywhere"),
        gettext_noop("{name} is signed out everywhere."),
        _end_sign_ins,
    ),
    "reset-second-step": Question(
        gettext_noop("Reset the second step of {name}?"),
        (
            gettext_noop(
                "Their authenticator app, keys and recovery codes stop working, and they are signed out everywhere."
            ),
            gettext_noop(
                "Until they set up a second step again, their password alone lets them in. Make sure that it is them who asks."
            ),
        ),
        gettext_noop("Reset the second step"),
        gettext_noop("The second step of {name} is reset, and they are signed out."),
        _reset_second_step,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(StaffArea.PEOPLE)
def ask(request: HttpRequest, account_id: UUID, verb: str) -> HttpResponse:
    """Say what will happen; on POST do it."""
    question = QUESTIONS[verb]
    try:
        found = reads.account_facts(AccountId(account_id))
        if request.method == "POST":
            decision = question.verb(found.id, actor.from_request(request), timezone.now())
            _tell(request, decision, question.done, found.details.full_name)
            return redirect("staff_person", account_id=account_id)
    except AccountNotFound:
        return refusals.page(request, refusals.missing(request))
    values = {"name": found.details.full_name}
    context = {
        "heading": refusals.fill(question.heading, values),
        "sentences": [refusals.fill(each, values) for each in question.sentences],
        "button": _(question.button),
        "is_danger": question.is_danger,
        "back": "staff_person",
        "back_id": account_id,
        "back_name": found.details.full_name,
    }
    return render(request, "staff/confirm.html", context)


def _tell(request: HttpRequest, decision: Decision, done: str, name: str) -> None:
    if decision.is_permitted:
        messages.success(request, refusals.fill(done, {"name": name}))
    else:
        messages.error(request, refusals.sentence(decision.reasons[0]))
