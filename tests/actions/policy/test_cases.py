"""Cases of the policy: referred, reported, decided, appealed, removed; done, refused, overtaken, audited (R86 to R92)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cathedra.actions import policy as actions
from cathedra.actions import retention
from cathedra.actions.policy import DeclareWish, ReviewWish
from cathedra.db.models import Account, AuditEvent, Course, Department, Hold, Notice, Recording, UseCase, UseDecision
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import policy as reads
from cathedra.db.writes import people
from cathedra.domain import access
from cathedra.domain.library import MediaState
from cathedra.domain.people import Affiliation, SystemRole
from cathedra.domain.policy import Answer, CaseState, Requirement, Verdict
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.conftest import COURSE
from tests.lectures import lecture
from tests.policies import POLICY, USE, activate

YES, UNSURE = Answer.YES, Answer.UNSURE
DAY = timedelta(days=1)
OPEN = DeclareWish((YES, UNSURE, YES), "lecture", COURSE)
Q2 = frozenset({Requirement.EDUCATIONAL_CONTENT})
NO = ReviewWish(Verdict.NOT_PERMITTED, "Not teaching.", Q2)
pytestmark = pytest.mark.slow


def web(account_id) -> Actor:
    return Actor(account_id, Channel.WEB)


def declare(recording, wish, by, now):
    return actions.declare_use(recording, wish, actor=web(by), now=now)


def decide(recording, wish, by, now) -> Code:
    return actions.decide_case(reads.find_case(recording).id, wish, actor=web(by), now=now).code


def holds(recording) -> list[str]:
    return list(Hold.objects.filter(recording_id=recording, released_at=None).values_list("kind", flat=True))


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).select_related("recipient").order_by("created_at", "id")
    return [row.recipient.login_name if row.recipient else row.address for row in rows]


def audited(action: str) -> int:
    return AuditEvent.objects.filter(action=action).count()


def second_admin(now):
    gus = people.add_account(
        "gus",
        full_name="Gus",
        email="gus@example.org",
        affiliation=Affiliation.UNIVERSITY_STAFF,
        password=None,
        now=now,
    )
    people.give_system_role(gus, SystemRole.SERVICE_ADMIN, reason="runs the service", now=now)
    return gus


def may_view(who, recording, now) -> Code:
    return access.decide(access_reads.recording_facts(who, recording), access.Action.VIEW, now).code


def test_r86_r87_n15_n16_n18_what_is_referred_is_held_and_let_go(cast, now):
    """The owner's own doubt: a case, a receipt, a hold for everybody else; settled by an answer, T28 as T14."""
    activate(now)
    before = lecture(cast.chemistry, cast.alice, now=now)
    assert declare(before, OPEN, cast.alice, now).verdict is Verdict.REFERRED
    assert (holds(before), may_view(cast.ben, before, now), may_view(cast.alice, before, now)) == (
        ["aup_referred"],
        Code.HELD,
        Code.ALLOW,
    )
    assert (told("N15"), told("N15_RECEIPT"), audited("recording:refer")) == ([POLICY.contact], ["alice"], 1)
    assert declare(before, OPEN, cast.alice, now).verdict is Verdict.REFERRED
    assert UseCase.objects.count() == 1, "the same again opens nothing"
    actions.tend_cases(actor=system_actor(), now=now + 5 * DAY)
    actions.tend_cases(actor=system_actor(), now=now + 6 * DAY)
    assert told("N15_OVERDUE") == [POLICY.contact], "once, after two working days"
    assert declare(before, USE, cast.alice, now + 6 * DAY).verdict is Verdict.PERMITTED
    assert (holds(before), reads.find_case(before), told("N18")) == ([], None, ["alice"])
    assert (audited("recording:settle_case"), audited("recording:release_hold")) == (1, 1)
    assert may_view(cast.ben, before, now + 6 * DAY) is Code.ALLOW
    held = lecture(cast.chemistry, cast.alice, now=now, publication="DRAFT")
    actions.hold_if_undecided(held, actor=system_actor(), now=now)
    actions.hold_if_undecided(held, actor=system_actor(), now=now)
    assert (holds(held), told("N16")) == (["aup_undeclared"], ["alice"])
    for days in (1, 3, 4, 7, 30):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY)
    assert told("N16") == ["alice"] * 3, "at once, after three and after seven days"
    assert declare(held, USE, cast.eve, now).code is Code.NO_PERMISSION
    assert declare(held, USE, cast.alice, now + 8 * DAY).verdict is Verdict.PERMITTED
    assert (holds(held), Recording.objects.get(id=held).publication) == ([], "PUBLISHED"), "T28 as T14"
    assert declare(held, USE, cast.alice, now + 9 * DAY).verdict is Verdict.PERMITTED
    assert told("N6") == ["alice"], "that it plays, at once and once; of what was offered before nobody hears it again"


def test_n16_of_however_many_wait_each_owner_is_reminded(cast, now):
    """Those that were held before, and have had their reminders, keep nobody from theirs."""
    activate(now)
    held = [lecture(cast.chemistry, cast.alice, title=str(one), now=now, publication="DRAFT") for one in range(3)]
    late = lecture(cast.chemistry, cast.ben, title="Late", now=now, publication="DRAFT")
    for one, at in (*((each, now) for each in held), (late, now + 20 * DAY)):
        actions.hold_if_undecided(one, actor=system_actor(), now=at)
    for days in (3, 7, 23, 23.5, 60):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY, page=2)
    assert (told("N16").count("alice"), told("N16").count("ben")) == (9, 2), "at once, after three days and after seven"


def test_r86_n15_what_was_corrected_and_waits_again_is_called_overdue_again(cast, now):
    activate(now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    declare(recording, OPEN, cast.alice, now)
    actions.tend_cases(actor=system_actor(), now=now + 5 * DAY)
    assert told("N15_OVERDUE") == [POLICY.contact]
    assert decide(recording, NO, cast.dev, now + 6 * DAY) is Code.ALLOW
    assert declare(recording, USE, cast.alice, now + 7 * DAY).verdict is Verdict.PERMITTED
    assert reads.find_case(recording).standing.state is CaseState.OPEN
    for days in (7, 14, 15):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY)
    assert told("N15_OVERDUE") == [POLICY.contact] * 2, "once each time that it waits too long"


def test_r88_a_report_hides_nothing_and_its_author_stays_unnamed(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    assert actions.report_use(recording, "x", actor=web(cast.ben), now=now).code is Code.CONFLICT, "no policy yet"
    activate(now)
    for who, text, code in (
        (cast.eve, "x", Code.NO_PERMISSION),
        (None, "x", Code.SIGN_IN),
        (cast.ben, " ", Code.BAD_REQUEST),
        (cast.ben, "A party.", Code.ALLOW),
        (cast.ben, "Again.", Code.ALLOW),
        (cast.chloe, "A party!", Code.ALLOW),
    ):
        assert actions.report_use(recording, text, actor=web(who), now=now).code is code, text
    case = reads.find_case(recording)
    assert [(one.reporter, one.text) for one in reads.list_reports(case.id)] == [
        ("Ben", "A party."),
        ("Chloe", "A party!"),
    ]
    assert (holds(recording), may_view(cast.ben, recording, now)) == ([], Code.ALLOW)
    assert (case.opened_by, told("N15"), told("N15_RECEIPT")) == (None, [POLICY.contact] * 2, [])
    assert declare(recording, USE, cast.alice, now).verdict is Verdict.PERMITTED
    assert reads.find_case(recording).standing.state is CaseState.OPEN, "its owner does not settle it"
    assert audited("recording:report") == 2


def test_r89_r90_r92_n14_n19_refused_corrected_appealed_and_in_the_bin(cast, now):
    activate(now)
    gus = second_admin(now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    declare(recording, OPEN, cast.alice, now)
    for wish, who, code in (
        (NO, cast.alice, Code.NO_PERMISSION),
        (ReviewWish(Verdict.NOT_PERMITTED, "x"), cast.dev, Code.BAD_REQUEST),
        (ReviewWish(Verdict.NOT_PERMITTED, " ", Q2), cast.dev, Code.BAD_REQUEST),
        (ReviewWish(Verdict.REFERRED, "x"), cast.dev, Code.BAD_REQUEST),
        (NO, cast.dev, Code.ALLOW),
        (NO, gus, Code.CONFLICT),
    ):
        assert decide(recording, wish, who, now) is code, (wish, code)
    case = reads.find_case(recording)
    until = case.standing.grace_until
    assert (until, holds(recording), case.failed) == (now + 28 * DAY, ["aup_not_permitted"], Q2)
    assert (told("N14"), told("N19"), may_view(cast.ben, recording, now)) == (["alice"], ["alice"], Code.HELD)
    # corrected: looked at again, and the days of grace do not begin anew
    later = now + 10 * DAY
    declare(recording, USE, cast.alice, later)
    assert (reads.find_case(recording).standing.state, holds(recording)) == (CaseState.OPEN, ["aup_not_permitted"])
    assert actions.remove_refused(case.id, actor=system_actor(), now=until) is False, "R90: not while it is open"
    assert decide(recording, NO, cast.dev, later) is Code.ALLOW
    assert reads.find_case(recording).standing.grace_until == until
    # appealed once, by the owner, to somebody else
    for who, text, code in (
        (cast.chloe, "x", Code.NO_PERMISSION),
        (cast.dev, "x", Code.NO_PERMISSION),
        (cast.alice, " ", Code.BAD_REQUEST),
        (cast.alice, "It is a practical class.", Code.ALLOW),
        (cast.alice, "Again.", Code.CONFLICT),
    ):
        assert actions.appeal_use(recording, text, actor=web(who), now=later).code is code, text
    assert actions.tend_cases(actor=system_actor(), now=until + DAY).removed == 0, "R92: an appeal pauses removal"
    assert declare(recording, OPEN, cast.alice, later).code is Code.CONFLICT
    assert decide(recording, NO, cast.dev, until + DAY) is Code.CONFLICT, "R92: somebody else"
    assert decide(recording, NO, gus, until + DAY) is Code.ALLOW
    assert told("N19_APPEAL") == ["alice"]
    last = reads.find_case(recording).standing.grace_until
    assert last == until + 8 * DAY, "seven days for the notice"
    assert actions.appeal_use(recording, "x", actor=web(cast.alice), now=until + 2 * DAY).code is Code.CONFLICT
    assert declare(recording, USE, cast.alice, until + 2 * DAY).code is Code.CONFLICT
    # to the bin
    actions.tend_cases(actor=system_actor(), now=until + 2 * DAY)
    assert (told("N19_SOON"), Recording.objects.get(id=recording).keeping) == (["alice"], "ONLINE")
    other = Hold.objects.create(recording_id=recording, kind="takedown", opened_at=now)
    assert actions.tend_cases(actor=system_actor(), now=last).removed == 0, "R126: something else holds it"
    Hold.objects.filter(id=other.id).update(released_at=last)
    done = [actions.tend_cases(actor=system_actor(), now=last + DAY).removed for _ in range(2)]
    row = Recording.objects.get(id=recording)
    assert (done, row.keeping, row.recycled_from, holds(recording)) == ([1, 0], "RECYCLED", "ONLINE", [])
    assert told("N19_REMOVED") == ["alice"]
    binned = AuditEvent.objects.get(action="recording:recycle")
    assert (binned.reason, binned.after) == ("Not teaching.", {"keeping": "RECYCLED"})
    assert (
        retention.take_back_recording(recording, actor=web(cast.alice), now=last + 2 * DAY).code is Code.NO_PERMISSION
    )
    kept = list(UseDecision.objects.order_by("id"))  # R8, R16
    assert [(one.decided_by_id, one.is_appeal, one.policy_id) for one in kept] == [
        (cast.dev, False, 1),
        (cast.dev, False, 1),
        (gus, True, 1),
    ]
    assert [one.corrects_id for one in kept] == [None, kept[0].id, kept[1].id]
    assert [one.decided_by for one in reads.list_decisions(case.id)] == ["Gus", "Dev", "Dev"]
    assert (audited("recording:decide_use"), audited("recording:appeal"), audited("recording:remove_refused")) == (
        3,
        1,
        1,
    )


def test_r89_an_exemption_needs_a_second_consent_and_ends(cast, now):
    activate(now)
    gus = second_admin(now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    declare(recording, OPEN, cast.alice, now)
    until = now + 30 * DAY
    for wish, code in (
        (ReviewWish(Verdict.EXEMPT, "For a while."), Code.BAD_REQUEST),
        (ReviewWish(Verdict.EXEMPT, "For a while.", exempt_until=now + 400 * DAY), Code.BAD_REQUEST),
        (ReviewWish(Verdict.EXEMPT, "For a while.", exempt_until=until), Code.ALLOW),
    ):
        assert decide(recording, wish, cast.dev, now) is code, wish
    case_id = reads.find_case(recording).id
    assert holds(recording) == ["aup_referred"], "only proposed"
    for who, code in ((cast.dev, Code.CONFLICT), (cast.alice, Code.NO_PERMISSION), (gus, Code.ALLOW)):
        assert actions.consent_to_exemption(case_id, actor=web(who), now=now).code is code, who
    assert actions.consent_to_exemption(case_id, actor=web(gus), now=now).code is Code.CONFLICT
    assert (holds(recording), reads.find_use_verdict(recording, now)) == ([], Verdict.EXEMPT)
    assert actions.tend_cases(actor=system_actor(), now=until - DAY).lapsed == 0
    assert [actions.tend_cases(actor=system_actor(), now=until).lapsed for _ in range(2)] == [1, 0]
    assert (holds(recording), reads.find_case(recording).standing.cause) == (["aup_referred"], "lapsed")
    # whoever runs the service and owns it decides nothing about it
    own = lecture(cast.chemistry, cast.dev, now=now)
    actions.report_use(own, "x", actor=web(cast.ben), now=now)
    assert decide(own, ReviewWish(Verdict.PERMITTED, "Mine."), cast.dev, now) is Code.CONFLICT
    assert decide(own, ReviewWish(Verdict.PERMITTED, "Fine."), gus, now) is Code.ALLOW
    assert (reads.find_case(own), told("N18")) == (None, ["alice"]), "nothing was held, so nothing is told"
    theirs = lecture(cast.chemistry, gus, now=now)
    actions.report_use(theirs, "x", actor=web(cast.ben), now=now)
    assert decide(theirs, ReviewWish(Verdict.EXEMPT, "For a while.", exempt_until=until), cast.dev, now) is Code.ALLOW
    case_id = reads.find_case(theirs).id
    assert not actions.consent_to_exemption(case_id, actor=web(gus), now=now).is_permitted, (
        "its owner consents to nothing"
    )
    assert reads.find_use_verdict(theirs, now) is None


def test_r90_r91_left_visible_and_the_second_refusal_in_a_year_is_told_to_the_department(cast, now):
    activate(now)
    Department.objects.update(contact_email="office@example.org")
    made = [lecture(cast.chemistry, cast.alice, title=f"No {number}", now=now) for number in range(3)]
    for number, recording in enumerate(made):
        actions.report_use(recording, "x", actor=web(cast.ben), now=now)
        visible = ReviewWish(Verdict.NOT_PERMITTED, "No.", Q2, stays_visible=number == 0)
        assert decide(recording, visible, cast.dev, now + number * DAY) is Code.ALLOW
    assert [may_view(cast.ben, one, now) for one in made] == [Code.ALLOW, Code.HELD, Code.HELD]
    assert (told("N14"), told("N19")) == (["alice"] * 2, ["alice"] * 3), "N14 says that it is held, so not of the first"
    actions.hold_if_undecided(made[0], actor=system_actor(), now=now)
    assert holds(made[0]) == [], "R90: what is left to its audience is not held when its media are made anew"
    assert told("USE_REPEATED") == [], "R91: whoever may still appeal has not been found to do anything again"
    for days in (23, 40, 40):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY)
    assert told("USE_REPEATED") == ["office@example.org"], "R91: the second, not the first and not the third"
    assert Account.objects.get(id=cast.alice).is_active, "nobody is suspended by the product"
    assert Course.objects.count() == 1


def test_r221_n16_n19_for_an_owner_who_left_whoever_acts_for_them_is_told(cast, now):
    """Else nobody would hear that it is held, or goes."""
    activate(now)
    held = lecture(cast.chemistry, cast.eve, title="Held", now=now, publication="DRAFT")
    refused = lecture(cast.chemistry, cast.eve, title="Refused", now=now)
    actions.report_use(refused, "x", actor=web(cast.ben), now=now)
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    actions.hold_if_undecided(held, actor=system_actor(), now=now)
    assert sorted(told("N16")) == ["alice", "eve"]
    assert decide(refused, NO, cast.dev, now) is Code.ALLOW
    actions.tend_cases(actor=system_actor(), now=now + 21 * DAY)
    actions.tend_cases(actor=system_actor(), now=now + 28 * DAY)
    for kind in ("N19", "N19_SOON", "N19_REMOVED"):
        assert sorted(told(kind)) == ["alice", "eve"], kind
    assert declare(held, USE, cast.alice, now).verdict is Verdict.PERMITTED, "a Creator of its folder may answer"
    assert holds(held) == []


@pytest.mark.parametrize("late", [22, 27.9, 28, 60])
def test_n19_however_late_the_look_comes_seven_days_are_left_from_the_notice(cast, now, late):
    activate(now)
    recording = lecture(cast.chemistry, cast.alice, now=now)
    actions.report_use(recording, "x", actor=web(cast.ben), now=now)
    assert decide(recording, NO, cast.dev, now) is Code.ALLOW
    looked = now + late * DAY
    for waited in (0, 6.9):
        assert actions.tend_cases(actor=system_actor(), now=looked + waited * DAY).removed == 0
    until = reads.find_case(recording).standing.grace_until
    assert (told("N19_SOON"), until) == (["alice"], looked + 7 * DAY)
    assert actions.tend_cases(actor=system_actor(), now=until).removed == 1


@pytest.mark.parametrize(("days", "is_told"), [(364, True), (366, False)])
def test_r91_what_was_refused_more_than_twelve_months_ago_is_no_repeat(cast, now, days, is_told):
    activate(now)
    Department.objects.update(contact_email="office@example.org")
    for title, at in (("First", now), ("Second", now + days * DAY)):
        recording = lecture(cast.chemistry, cast.alice, title=title, now=now)
        actions.report_use(recording, "x", actor=web(cast.ben), now=at)
        assert decide(recording, NO, cast.dev, at) is Code.ALLOW
        for waited in (21, 28):
            actions.tend_cases(actor=system_actor(), now=at + waited * DAY)
    assert told("USE_REPEATED") == (["office@example.org"] if is_told else [])


def test_r91_an_appealed_refusal_counts_once_it_is_refused_and_never_when_it_is_upheld(cast, now):
    activate(now)
    Department.objects.update(contact_email="office@example.org")
    gus = second_admin(now)
    made = [lecture(cast.chemistry, cast.alice, title=title, now=now) for title in ("Upheld", "First", "Second")]
    for recording in made:
        actions.report_use(recording, "x", actor=web(cast.ben), now=now)
        assert decide(recording, NO, cast.dev, now) is Code.ALLOW
        assert actions.appeal_use(recording, "It is a lecture.", actor=web(cast.alice), now=now + DAY).is_permitted
    assert reads.breaches_of(cast.alice, now + DAY) == ()
    assert decide(made[0], ReviewWish(Verdict.PERMITTED, "It is."), gus, now + 2 * DAY) is Code.ALLOW
    assert reads.breaches_of(cast.alice, now + 2 * DAY) == ()
    for number, recording in enumerate(made[1:], start=3):
        assert told("USE_REPEATED") == []
        assert decide(recording, NO, gus, now + number * DAY) is Code.ALLOW
    assert reads.breaches_of(cast.alice, now + 5 * DAY) == (now + 3 * DAY, now + 4 * DAY)
    assert told("USE_REPEATED") == ["office@example.org"]
    for days in (50, 60):
        actions.tend_cases(actor=system_actor(), now=now + days * DAY)
    assert len(reads.breaches_of(cast.alice, now + 60 * DAY)) == 2, "what goes to the bin then is no further breach"
    assert told("USE_REPEATED") == ["office@example.org"]


def test_r90_t29_what_its_owner_has_put_in_the_bin_stays_there_on_the_terms_of_the_decision(cast, now):
    """T34b, T35: deleting is no way round a refusal, and what is destroyed leaves no case."""
    activate(now)
    first, second, restoring = (lecture(cast.chemistry, cast.alice, title=title, now=now) for title in "ABC")
    for recording in (first, second, restoring):
        actions.report_use(recording, "x", actor=web(cast.ben), now=now)
        assert decide(recording, NO, cast.dev, now) is Code.ALLOW
    for recording in (first, second):
        assert retention.recycle_recording(recording, actor=web(cast.alice), now=now + DAY).is_permitted
    assert retention.take_back_recording(second, actor=web(cast.alice), now=now + 2 * DAY).is_permitted
    assert holds(second) == ["aup_not_permitted"], "T35: it is held again"
    Recording.objects.filter(id=restoring).update(keeping="RESTORING")
    over = now + 28 * DAY
    assert actions.tend_cases(actor=system_actor(), now=now + 21 * DAY).removed == 0
    assert actions.tend_cases(actor=system_actor(), now=over).removed == 1
    assert [reads.find_case(one) is None for one in (first, second, restoring)] == [True, True, False]
    for recording in (first, second):
        back = retention.take_back_recording(recording, actor=web(cast.alice), now=over + DAY)
        assert (Recording.objects.get(id=recording).keeping, back.code) == ("RECYCLED", Code.NO_PERMISSION)
    assert retention.take_back_recording(second, actor=web(cast.dev), now=over + DAY).is_permitted
    for wish in (USE, replace(USE, note="again")):
        assert declare(second, wish, cast.alice, over + DAY).verdict is Verdict.PERMITTED
    assert holds(second) == ["aup_not_permitted"], "its owner's answers alone do not undo the refusal"
    assert reads.find_case(second).standing.state is CaseState.OPEN
    Recording.objects.filter(id=second).update(keeping="PURGED")
    assert [actions.tend_cases(actor=system_actor(), now=over + DAY).ended for _ in range(2)] == [1, 0]
    assert (reads.find_case(second), audited("recording:end_case")) == (None, 1)


def test_r87_a_version_that_was_never_activated_holds_nothing(cast, now):
    recording = lecture(cast.chemistry, cast.alice, media=MediaState.PREPARING, now=now)
    actions.hold_if_undecided(recording, actor=system_actor(), now=now)
    assert (holds(recording), actions.tend_cases(actor=system_actor(), now=now)) == ([], actions.TendedCases())
