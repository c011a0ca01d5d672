"""Acceptances are kept once, with everything R11 asks for."""

from cathedra.db.models import TermsAcceptance, TermsVersion
from cathedra.db.writes import policy as writes
from cathedra.domain.policy import CurrentTerms, text_hash
from cathedra.domain.terms import Actor, Channel
from tests.agreements import EULA, terms


def test_a_version_and_an_acceptance_are_kept_with_their_circumstances_r11(cast):
    made = terms()
    writes.hold_publishing()
    writes.add_version(made, is_required=True, by=cast.dev, now=cast.now)
    row = TermsVersion.objects.get()
    assert (row.text, row.text_hash, row.published_by_id, row.published_at) == (
        made.text, text_hash(made.text), cast.dev, cast.now,
    )  # fmt: skip
    actor, current = Actor(cast.ben, Channel.API, address="192.0.2.9"), CurrentTerms(EULA, 1, row.text_hash)
    assert writes.add_acceptance(cast.ben, current, actor=actor, now=cast.now)
    assert not writes.add_acceptance(cast.ben, current, actor=actor, now=cast.now), "the first time stands"
    kept = TermsAcceptance.objects.get()
    assert (kept.account_id, kept.document, kept.version, kept.text_hash) == (cast.ben, "eula", 1, row.text_hash)
    assert (kept.at, kept.channel, kept.address) == (cast.now, "API", "192.0.2.9")
