"""Versions of the acceptable use policy by the API: what holds, what is wrong with the next one, what it would change,
and making it hold (R79, R227)."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from cathedra.actions import policy as actions
from cathedra.db.reads import policy as reads
from cathedra.domain import policy
from cathedra.domain.people import StaffArea
from cathedra.domain.policy import Share, Tried
from cathedra.web import refusals
from cathedra.web.api.accounts import by, for_staff
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.staff.policy import OWNERS, check_of, next_version, nexts_after

router = Router(tags=["policy"])


class ActivatedOut(Schema):
    """A version that holds or held, the newest first."""

    version: int
    title: str
    text_hash: str
    why: str
    activated_at: datetime
    activated_by: str


class NextOut(Schema):
    """A file of a later version; with a problem it cannot be looked at."""

    file: str
    version: int | None
    is_sound: bool | None
    problem: str


class VersionsOut(Schema):
    """What was activated, and what could be."""

    activated: list[ActivatedOut]
    nexts: list[NextOut]


class CheckOut(Schema):
    """What the check says of a later version; `is_sound` is needed to activate it. Declarations are those in which every
    answer, kind and course is tried, in the words of the file; `unrefused` fail a requirement and are not refused (R80)."""

    version: int
    title: str
    date: date
    text_hash: str
    active: int | None
    is_sound: bool
    combinations: int
    verdicts: dict[str, int]
    failed_examples: list[str]
    idle_rules: list[str]
    undecided: list[str]
    unrefused: list[str]
    disagreements: list[str]


class ShareOut(Schema):
    """How many recordings, and how long they are together."""

    recordings: int
    seconds: int


class ChangeOut(ShareOut):
    """From one verdict to another."""

    before: str
    after: str


class WhoseOut(ShareOut):
    """Of a department, or of an owner."""

    owner: str
    department: str
    people: int


class DryRunOut(Schema):
    """What a version would change in the whole library; of owners those with most hours."""

    version: int
    text_hash: str
    active: int | None
    tried: ShareOut
    decided: ShareOut
    undeclared: ShareOut
    changed: ShareOut
    changes: list[ChangeOut]
    departments: list[WhoseOut]
    owners: list[WhoseOut]


class ActivationIn(Schema):
    """Why, and what was seen: `text_hash` and `active` as the dry run told them."""

    why: Annotated[str, Field(max_length=2000)]
    text_hash: Annotated[str, Field(max_length=64)]
    active: Annotated[int | None, Field(ge=0, le=2_000_000_000)] = None


@router.get("/staff/use-policies", response={200: VersionsOut, REFUSED: Refusal}, operation_id="listUsePolicies")
@for_staff(StaffArea.POLICY)
def versions(request: HttpRequest) -> Any:
    """The version that holds, those before it, and the next ones that there are files of."""
    activated = reads.list_use_policies()
    nexts = [
        NextOut(
            file=file.name,
            version=file.version.version if file.version else None,
            is_sound=None if problem else check_of(file.text).is_sound,
            problem=problem,
        )
        for file, problem in nexts_after(activated[0].version if activated else 0)
    ]
    return {"activated": list(activated), "nexts": nexts}


@router.get(
    "/staff/use-policies/{int:number}", response={200: CheckOut, REFUSED: Refusal}, operation_id="checkUsePolicy"
)
@for_staff(StaffArea.POLICY)
def check(request: HttpRequest, number: int) -> Any:
    """What the check says of a later version."""
    found = next_version(number)
    if found is None:
        return told(refusals.missing(request))
    file, chosen = found
    report = check_of(file.text)
    wrong = [
        f"{' and '.join(one.rules)}: {policy.in_words(one.instance)}" for one in report.disagreements if one.is_wrong
    ]
    return CheckOut(
        **_named(file.text, chosen),
        title=chosen.title,
        date=chosen.date,
        is_sound=report.is_sound,
        combinations=report.combinations,
        verdicts={verdict.value: count for verdict, count in report.verdicts.items()},
        failed_examples=list(report.failed_examples),
        idle_rules=list(report.idle_rules),
        undecided=[policy.in_words(one) for one in report.undecided],
        unrefused=[policy.in_words(one) for one in report.unrefused],
        disagreements=wrong,
    )


@router.get(
    "/staff/use-policies/{int:number}/dry-run", response={200: DryRunOut, REFUSED: Refusal}, operation_id="tryUsePolicy"
)
@for_staff(StaffArea.POLICY)
def dry_run(request: HttpRequest, number: int) -> Any:
    """What it would make of everything that is declared. Nothing is changed."""
    chosen = next_version(number)
    if chosen is None:
        return told(refusals.missing(request))
    found = actions.dry_run_use_policy(chosen[1])
    sums = reads.sum_turned(found.turned, most=OWNERS)
    shares = {name: _share(getattr(found, name)) for name in ("tried", "decided", "undeclared", "changed")}
    return {
        **_named(chosen[0].text, chosen[1]),
        **shares,
        "changes": [
            {"before": before.value, "after": after.value, **_share(share)}
            for (before, after), share in sorted(found.changes.items())
        ],
        "departments": [_whose(one) for one in sums.departments],
        "owners": [_whose(one) for one in sums.owners],
    }


@router.get(
    "/staff/use-policies/{int:number}/changes",
    response={200: str, REFUSED: Refusal},
    operation_id="downloadUsePolicyChanges",
)
@for_staff(StaffArea.POLICY)
def changes(request: HttpRequest, number: int) -> Any:
    """Every recording that would change verdict, as CSV; that it was taken is on the trail."""
    chosen = next_version(number)
    if chosen is None:
        return told(refusals.missing(request))
    lines = actions.take_dry_run(chosen[1], actor=by(request), now=timezone.now())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


@router.post(
    "/staff/use-policies/{int:number}/activation",
    response={204: None, REFUSED: Refusal},
    operation_id="activateUsePolicy",
)
@for_staff(StaffArea.POLICY)
def activate(request: HttpRequest, number: int, new: ActivationIn) -> Any:
    """It holds from now on. What was declared before keeps its verdict (R16)."""
    chosen = next_version(number)
    if chosen is None:
        return told(refusals.missing(request))
    decision = actions.activate_use_policy(
        chosen[1],
        text=chosen[0].text,
        why=new.why,
        seen=Tried(new.text_hash, new.active or None),
        actor=by(request),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)


def _named(text: str, chosen: policy.UsePolicy) -> dict[str, Any]:
    active = reads.find_active_use_policy()
    return {
        "version": chosen.version,
        "text_hash": policy.text_hash(text),
        "active": active.version if active else None,
    }


def _share(share: Share) -> dict[str, int]:
    return {"recordings": share.recordings, "seconds": share.duration_ms // 1000}


def _whose(one: reads.TurnedSum) -> dict[str, Any]:
    return {"owner": one.owner, "department": one.department, "people": one.people, **_share(one.share)}
