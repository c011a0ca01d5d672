"""How full, when that is told, what is refused, and in which words (R106, R108, R110)."""

from cathedra.domain import metering
from cathedra.domain.metering import Allowance, Category, Gauge, Intake, Level, LimitMode
from cathedra.domain.terms import Code


def gauge(used: int, limit: int | None = 1000, category: Category = Category.STORED) -> Gauge:
    return Gauge(category, used, limit)


def test_r106_levels_begin_exactly_at_their_share():
    cases = {0: "ok", 749: "ok", 750: "notice", 899: "notice", 900: "warning", 969: "warning", 970: "critical",
             999: "critical", 1000: "over", 5000: "over"}  # fmt: skip
    assert {used: gauge(used).level.value for used in cases} == cases
    assert gauge(749_999, 1_000_000).level is Level.OK  # nothing is rounded before it is compared
    assert (gauge(999_999, 1_000_000).percent, gauge(5, None).percent, gauge(0, 0).percent) == (99, None, 100)
    assert (gauge(5, None).level, gauge(0, 0).level) == (Level.OK, Level.OVER)
    assert (gauge(700).left_s, gauge(1200).left_s, gauge(1, None).left_s) == (300, 0, None)


def test_r106_only_crossing_upwards_is_told():
    order = list(Level)
    for before in order:
        for after in order:
            assert metering.has_risen(before, after) == (order.index(after) > order.index(before)), (before, after)


def test_r108_what_a_full_meter_refuses_in_each_mode():
    teaching = {Intake.IN_PROGRESS, Intake.SCHEDULED, Intake.SUBMISSION, Intake.RESTORE}
    for category in Category:
        for used in (999, 1000):
            for mode in LimitMode:
                refused = {
                    intake
                    for intake in Intake
                    if not metering.admit(intake, (gauge(used, 1000, category),), mode=mode).is_permitted
                }
                is_full = used == 1000 and category is not Category.ARCHIVED
                free = {Intake.COPY} if category is Category.RECORDED else set()  # R102: it records nothing
                wanted = {
                    LimitMode.WARN: set(),
                    LimitMode.PROTECT_TEACHING: set(Intake) - teaching,
                    LimitMode.HARD: set(Intake) - {Intake.IN_PROGRESS, Intake.SCHEDULED},
                }[mode]
                assert refused == (wanted - free if is_full else set()), (category, used, mode)


def test_r108_a_refusal_says_why_and_what_frees_hours():
    for category, word in ((Category.STORED, "until the bin is emptied"), (Category.RECORDED, "recorded this year")):
        said = metering.admit(Intake.UPLOAD, (gauge(1, 1, category),), mode=LimitMode.PROTECT_TEACHING)
        assert (said.code, said.reasons[0].rule) == (Code.LIMIT_REACHED, "R108")
        assert word in said.reasons[0].sentence
        assert "exception" in said.reasons[0].sentence
    full = (gauge(1, 1),)
    assert metering.admit(Intake.UPLOAD, full, mode=LimitMode.HARD, is_excepted=True).is_permitted


def test_r102_r108_a_full_copy_is_refused_where_its_hours_are_used_up_and_told_of_the_other_kind():
    shares = {kind: Allowance(9, 9, True, kind) for kind in (Category.RECORDED, Category.STORED)}
    said = {
        "R108": metering.admit(Intake.COPY, (gauge(1, 1),), mode=LimitMode.PROTECT_TEACHING),
        "R110": metering.admit(Intake.COPY, (), mode=LimitMode.HARD, allowances=tuple(shares.values())),
    }
    for rule, decision in said.items():
        assert (decision.code, decision.reasons[0].rule) == (Code.LIMIT_REACHED, rule)
        assert "a copy that plays the original" in decision.reasons[0].sentence
    recorded = (shares[Category.RECORDED],)
    assert metering.admit(Intake.COPY, (), mode=LimitMode.HARD, allowances=recorded).is_permitted


def test_r110_an_allocation_advises_unless_it_is_enforced():
    def admit(intake: Intake, *, used: int, is_enforced: bool) -> Code:
        share = Allowance(used, 100, is_enforced)
        return metering.admit(intake, (), mode=LimitMode.PROTECT_TEACHING, allowances=(share,)).code

    assert admit(Intake.UPLOAD, used=100, is_enforced=True) is Code.LIMIT_REACHED
    assert admit(Intake.UPLOAD, used=99, is_enforced=True) is Code.ALLOW
    assert admit(Intake.UPLOAD, used=500, is_enforced=False) is Code.ALLOW
    assert admit(Intake.SCHEDULED, used=500, is_enforced=True) is Code.ALLOW
    steps = {0: 0, 74: 0, 75: 75, 89: 75, 90: 90, 99: 90, 100: 100, 300: 100}
    assert {used: metering.allocation_step(used, 100) for used in steps} == steps


def test_hours_have_one_decimal_place_from_the_exact_sum():
    cases = {0: "0.0", 179: "0.0", 180: "0.1", 3000: "0.8", 3600: "1.0", 3_600_000: "1000.0", -3600: "-1.0", -1: "0.0"}
    assert {seconds: metering.hours(seconds) for seconds in cases} == cases
