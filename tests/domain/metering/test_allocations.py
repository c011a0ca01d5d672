"""Hours set aside (R110, N51)."""

from cathedra.domain import metering
from cathedra.domain.terms import Code


def test_r110_at_least_one_of_the_two_is_set_aside_in_whole_hours():
    for hours, may in (((1, None), True), ((None, 0), True), ((5, 5), True), ((None, None), False), ((-1, 5), False),
                       ((5, 100_000_001), False)):  # fmt: skip
        decision = metering.decide_allocation(hours)
        assert decision.is_permitted is may, hours
        assert may or (decision.code, decision.reasons[0].rule) == (Code.BAD_REQUEST, "R110")


def test_n51_a_step_is_told_on_crossing_upwards_and_again_after_it_sank():
    told, said = 0, []
    for used in (74, 75, 80, 90, 100, 120, 89, 95, 60, 75):
        told, is_told = metering.step_reached(used, 100, told=told)
        if is_told:
            said.append((used, told))
    assert said == [(75, 75), (90, 90), (100, 100), (95, 90), (75, 75)]
    assert metering.step_reached(5, None, told=75) == (0, False)
    assert metering.step_reached(0, 0, told=0) == (100, True)


def test_r110_more_may_be_set_aside_than_the_licence_has_and_that_is_said():
    assert metering.overcommitted_s([40, None, 70], 100) == 10
    assert metering.overcommitted_s([40, 60], 100) == 0
    assert metering.overcommitted_s([40, 60], None) == 0
