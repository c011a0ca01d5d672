"""Asking for access and being answered: R36, R42, N22, N23."""

from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from cathedra.actions import access as actions
from cathedra.db.models import AccessRequest, Account, Folder, FolderMember, Notice, RecordingViewer
from cathedra.db.reads import access as reads
from cathedra.db.writes import library
from cathedra.domain import access
from cathedra.domain.access import Action, RequestAnswer
from cathedra.domain.notices import WORDINGS, NoticeKind, paragraphs, read_back, subject
from tests.actions.access.conftest import acting, events, told
from tests.lectures import lecture


@pytest.fixture
def made(cast, now):
    return lecture(cast.chemistry, cast.alice, now=now)


def ask(cast, now, who="eve", day="2026-11-02", **target):
    asker = getattr(cast, who) if who else None
    return actions.request_access(**target, message=" Please,  ", day=day, actor=acting(asker), now=now)


def test_creators_and_owner_are_asked_once_a_day_r36_n22(cast, made, now):
    assert ask(cast, now, who=None, recording_id=made).code == "SIGN_IN"
    for day in ("2026-11-02", "2026-11-02", "2026-11-03"):
        assert ask(cast, now, day=day, recording_id=made).is_permitted
    assert told("N22") == ["alice", "alice"]
    row = AccessRequest.objects.get()
    assert (row.message, Notice.objects.filter(kind="N22").first().link) == ("Please,", f"/access/requests/{row.id}/")
    assert ask(cast, now, folder_id=cast.chemistry).is_permitted
    assert len(reads.list_open_requests(cast.chemistry)) == 2
    assert events("folder:request_access")[0].actor_id == cast.eve


def test_where_nobody_looks_after_it_the_contact_is_asked_and_the_service_r36_r40_n22(cast, made, now):
    department = library.add_department("Law", contact_email="law@example.org")
    Folder.objects.filter(id=cast.chemistry).update(department=department)
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=now)
    ask(cast, now, folder_id=cast.chemistry)

    def asked():
        found = Notice.objects.filter(kind="N22").values_list("recipient__login_name", "address")
        return sorted((who or "", address) for who, address in found)

    both = [("", "law@example.org"), ("dev", "")]
    assert asked() == both
    assert "contact of the department" in str(Notice.objects.get(address="law@example.org").values["note"])
    ask(cast, now, recording_id=made)
    assert asked() == sorted(both * 2), "its owner is gone too"
    Account.objects.filter(id=cast.alice).update(is_active=True, deactivated_at=None)
    ask(cast, now, day="2026-11-03", recording_id=made)
    assert asked() == sorted([*both * 2, ("alice", "")])


def test_nothing_tells_whether_a_thing_is_there_r42(cast, made, now):
    """Of what is missing, or open already, nothing comes; and the answer is the same."""
    answers = [
        ask(cast, now, recording_id=uuid4()),
        ask(cast, now, folder_id=uuid4()),
        ask(cast, now, who="ben", recording_id=made),
        ask(cast, now, who="ben", folder_id=cast.chemistry),
        ask(cast, now),
        ask(cast, now, recording_id=made),
    ]
    assert len(set(map(repr, answers))) == 1
    assert AccessRequest.objects.count() == 1


def test_an_answer_lets_in_or_declines_and_is_told_once_r36_n23(cast, made, now):
    def answer(request, what, by=cast.alice):
        return actions.answer_request(request, what, message="Welcome", actor=acting(by), now=now)

    ask(cast, now, recording_id=made)
    first = AccessRequest.objects.get()
    for who in (cast.eve, cast.ben, cast.chloe):
        assert answer(first.id, RequestAnswer.GIVEN, by=who).code == "NO_PERMISSION"
    assert answer(first.id, RequestAnswer.GIVEN).is_permitted
    assert answer(first.id, RequestAnswer.DECLINED).code == "CONFLICT", "lost the race"
    assert access.decide(reads.recording_facts(cast.eve, made), Action.VIEW, now).is_permitted
    assert reads.roles_on(cast.eve, cast.chemistry) == frozenset()
    ask(cast, now, folder_id=cast.chemistry)
    second = AccessRequest.objects.get(answered_at=None)
    assert answer(second.id, RequestAnswer.DECLINED).is_permitted
    assert (told("N23"), reads.roles_on(cast.eve, cast.chemistry)) == (["eve", "eve"], frozenset())
    ask(cast, now, folder_id=cast.chemistry)
    assert answer(AccessRequest.objects.get(answered_at=None).id, RequestAnswer.GIVEN).is_permitted
    assert reads.roles_on(cast.eve, cast.chemistry) == {access.FolderRole.VIEWER}
    assert [event.after["answer"] for event in events("folder:answer_request")] == ["declined", "given"]
    with pytest.raises(reads.RequestNotFound):
        answer(uuid4(), RequestAnswer.GIVEN)


def test_whoever_is_declined_is_not_told_what_it_is_called_r42_n23(cast, made, now):
    """They followed a link, and know no more than that: the letter about it tells no title, nor does the notice."""

    def said(answer, **target):
        ask(cast, now, **target)
        request = AccessRequest.objects.get(answered_at=None)
        actions.answer_request(request.id, answer, message="", actor=acting(cast.alice), now=now)
        values = read_back(Notice.objects.get(event=f"answer:{request.id}").values)
        wording = WORDINGS[NoticeKind.ACCESS_REQUEST_ANSWERED]
        return " ".join([subject(wording, values, str), *paragraphs(wording, values, str)])

    for target, name in (({"recording_id": made}, "Entropy"), ({"folder_id": cast.chemistry}, "Part IA")):
        declined = said(RequestAnswer.DECLINED, **target)
        assert name not in declined
        assert f"what you asked to see on {localdate(now)}" in declined
        assert name in said(RequestAnswer.GIVEN, **target)
        FolderMember.objects.filter(principal_id=cast.eve).delete()
        RecordingViewer.objects.filter(principal_id=cast.eve).delete()


def test_nobody_whose_account_was_closed_meanwhile_is_let_in_r36(cast, made, now):
    """They would see it from the moment when it is opened again, by a yes to somebody who was gone."""
    ask(cast, now, recording_id=made)
    wanted = AccessRequest.objects.get()
    Account.objects.filter(id=cast.eve).update(is_active=False, deactivated_at=now)
    refused = actions.answer_request(wanted.id, RequestAnswer.GIVEN, actor=acting(cast.alice), now=now)
    assert (refused.code, refused.reasons[0].rule) == ("ILLEGAL_TRANSITION", "R36")
    assert not RecordingViewer.objects.exists()
    assert actions.answer_request(wanted.id, RequestAnswer.DECLINED, actor=acting(cast.alice), now=now).is_permitted


def test_a_folder_that_inherits_lets_nobody_in_by_itself_r29(cast, inner, now):
    ask(cast, now, folder_id=inner)
    wanted = AccessRequest.objects.get()
    refused = actions.answer_request(wanted.id, RequestAnswer.GIVEN, actor=acting(cast.alice), now=now)
    assert refused.reasons[0].rule == "R29"
    assert AccessRequest.objects.get().answered_at is None


def test_nobody_answers_their_own_request_r26_r144(cast, made, now):
    for target in ({"recording_id": made}, {"folder_id": cast.chemistry}):
        ask(cast, now, who="dev", **target)
        own = AccessRequest.objects.get(answered_at=None)
        given = actions.answer_request(own.id, RequestAnswer.GIVEN, actor=acting(cast.dev), now=now)
        assert (given.code, given.reasons[0].rule) == ("SIGHT_NEEDED", "R26")
        assert actions.answer_request(own.id, RequestAnswer.GIVEN, actor=acting(cast.alice), now=now).is_permitted
        AccessRequest.objects.all().delete()
        clear(cast)


def clear(cast):
    """Nobody was let in."""
    FolderMember.objects.filter(principal_id=cast.dev).delete()
    RecordingViewer.objects.filter(principal_id=cast.dev).delete()
