"""The shared words."""

from cathedra.domain import terms


def test_a_decision_carries_its_first_reason_as_its_code():
    no = terms.deny(terms.Code.TOO_LARGE, "R54", "Too large: {size}.", size="3 GB")
    assert (no.is_permitted, no.code, no.reasons[0].values) == (False, terms.Code.TOO_LARGE, {"size": "3 GB"})
    assert terms.permit(terms.Obligation.NOTIFY_OWNER).code is terms.Code.ALLOW


def test_the_product_itself_acts_without_an_account():
    assert terms.system_actor("job 7").is_anonymous
    assert terms.system_actor().channel is terms.Channel.WORKER


def test_r14_a_recorder_acts_as_itself_and_as_no_person():
    actor = terms.Actor(None, terms.Channel.RECORDER, device=terms.Device(7, "Lecture Block, LB 1"))
    assert (actor.is_anonymous, actor.recorder_id) == (True, 7)
    assert terms.system_actor().recorder_id is None
