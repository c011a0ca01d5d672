"""Publish, accept, decline: done, refused, overtaken, audited."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cathedra import wiring
from cathedra.actions import people
from cathedra.actions import policy as actions
from cathedra.db.models import AuditEvent, Notice, TermsAcceptance, TermsVersion
from cathedra.domain.policy import text_hash
from cathedra.domain.terms import Actor, Channel, Code
from tests.agreements import AUP, EULA, OPERATOR, accept, publish, terms


def audited() -> list[tuple[str, str]]:
    return list(AuditEvent.objects.filter(target_kind="terms").order_by("id").values_list("action", "target_id"))


def test_a_version_is_published_by_an_administrator_once_and_audited_r11_r223(cast, now):
    dev, ben = Actor(cast.dev, Channel.WEB), Actor(cast.ben, Channel.WEB)
    assert actions.publish_terms(terms(), actor=ben, now=now).code is Code.NO_PERMISSION
    assert actions.publish_terms(terms(), actor=Actor(None, Channel.WEB), now=now).code is Code.NO_PERMISSION
    assert actions.publish_terms(terms(), actor=dev, now=now).is_permitted
    again = actions.publish_terms(terms(), actor=dev, now=now)
    assert (again.code, again.reasons[0].rule) == (Code.CONFLICT, "R11")
    assert audited() == [("terms:publish", "eula-1")]
    assert TermsVersion.objects.get().published_by_id == cast.dev


def test_a_first_start_publishes_what_is_shipped_and_later_starts_nothing(cast, now):
    shipped = [terms(version=2), terms(), terms(AUP)]
    assert [each.name for each in actions.publish_shipped(shipped, actor=OPERATOR, now=now)] == ["eula-2", "aup-1"]
    assert actions.publish_shipped([*shipped, terms(version=3)], actor=OPERATOR, now=now) == ()
    assert TermsVersion.objects.count() == 2


def test_what_is_shipped_can_be_published(cast, now):
    made = actions.publish_shipped(wiring.known_terms(), actor=OPERATOR, now=now)
    assert {each.document for each in made} == {EULA, AUP}


def test_accepting_is_kept_once_and_audited_under_its_own_verb_r11_r15(cast, now):
    for document in (EULA, AUP):
        made = publish(document, now=now)
        accept(cast.ben, made, now=now)
        accept(cast.ben, made, now=now)
    assert TermsAcceptance.objects.count() == 2
    assert audited()[1::2] == [("terms:accept", "eula-1"), ("terms:acknowledge", "aup-1")]


def test_terms_that_changed_while_they_were_read_are_not_accepted_r11(cast, now):
    old = publish(now=now)
    publish(version=2, now=now)
    given = {"version": old.version, "text_hash": text_hash(old.text), "now": now}
    refused = actions.accept_terms(EULA, **given, actor=Actor(cast.ben, Channel.WEB))
    assert refused.code is Code.CONFLICT
    assert actions.accept_terms(AUP, **given, actor=Actor(cast.ben, Channel.WEB)).code is Code.NOT_FOUND
    assert actions.accept_terms(EULA, **given, actor=Actor(None, Channel.WEB)).code is Code.SIGN_IN
    assert not TermsAcceptance.objects.exists()


def test_declining_changes_nothing_but_the_audit_trail_r12(cast, now):
    made = publish(now=now)
    assert actions.decline_terms(EULA, actor=Actor(cast.ben, Channel.WEB), now=now).is_permitted
    assert actions.decline_terms(EULA, actor=Actor(None, Channel.WEB), now=now).code is Code.SIGN_IN
    assert not TermsAcceptance.objects.exists()
    accept(cast.ben, made, now=now)
    assert audited()[1:] == [("terms:decline", "eula-1"), ("terms:accept", "eula-1")]


def signs_in(account_id, now) -> None:
    people.note_sign_in(account_id, is_accepted=True, login_name="", actor=Actor(account_id, Channel.WEB), now=now)


def test_terms_that_need_no_new_yes_are_told_of_once_at_the_next_sign_in_n47(cast, now):
    """Whom the gate does not stop hears of them by a letter; nobody who is asked, or accepted them, hears twice."""
    accept(cast.ben, publish(now=now), now=now)
    signs_in(cast.ben, now)
    assert not Notice.objects.exists()
    second = publish(version=2, asks_again=False, now=now)
    assert not Notice.objects.exists(), "at their next sign-in"
    people.note_sign_in(None, is_accepted=False, login_name="ben", actor=OPERATOR, now=now)
    for who in (cast.ben, cast.ben, cast.eve):  # Eve never accepted any: the gate shows her the new ones
        signs_in(who, now)
    told = Notice.objects.get()
    assert (told.kind, told.recipient_id, told.link, told.event) == ("N47", cast.ben, "/terms/", second.name)
    accept(cast.ben, publish(version=3, asks_again=True, now=now), now=now)
    signs_in(cast.ben, now)
    assert Notice.objects.count() == 1


@pytest.mark.slow
def test_of_two_who_publish_the_same_version_one_is_told_that_it_is_there(transactional_db, now):
    def one(_: int) -> Code:
        try:
            return actions.publish_terms(terms(), actor=OPERATOR, now=now).code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(one, range(2))) == [Code.ALLOW, Code.CONFLICT]
    assert TermsVersion.objects.count() == 1
