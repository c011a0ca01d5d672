"""A deck: kept and asked to be read, refused by its content and by R38 row 5, replaced, removed; audited."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from cathedra.actions import slides as actions
from cathedra.db.models import AuditEvent, SlideDeck
from cathedra.db.reads import slides as reads
from cathedra.domain.library import DECK_LIMIT_BYTES
from cathedra.domain.terms import Code
from tests.actions.slides.conftest import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def attach(cast, made, now, store, tmp_path):
    def attaching(content: bytes, *, name="slides.pdf", who=None):
        path = tmp_path / "upload"
        path.write_bytes(content)
        actor = acting(cast.alice if who is None else who)
        return actions.attach_deck(made, name=name, path=path, actor=actor, now=now, store=store)

    return attaching


def test_a_deck_is_kept_and_read_by_a_job_and_another_takes_its_place(cast, made, attach, store, now):
    assert attach(b"%PDF-1.4 one", name="../Week\n3.pdf").is_permitted
    deck = reads.find_deck(made)
    assert deck.original_name == "../Week 3.pdf", "a name is shown, never a path"
    assert store.objects[deck.object_key] == b"%PDF-1.4 one"
    assert deck.object_key.startswith(f"originals/{made}/deck-")
    job = ProcrastinateJob.objects.get(task_name="READ_SLIDES")
    assert (job.queue_name, job.priority, job.args) == ("cpu.slides", 0, {"recording_id": str(made)})
    SlideDeck.objects.update(pages=[["text", "title"]], problem="old")
    assert attach(b"PK\x03\x04 two").is_permitted
    again = reads.find_deck(made)
    assert (again.pages, again.problem) == ((), ""), "it is read anew"
    assert deck.object_key in store.objects, "until then the one before it stays (R59)"
    assert attach(b"PK\x03\x04 three").is_permitted
    assert again.object_key not in store.objects
    assert ProcrastinateJob.objects.filter(task_name="READ_SLIDES").count() == 1, "one waiting is enough"
    assert actions.remove_deck(made, actor=acting(cast.alice), now=now, store=store).is_permitted
    assert reads.find_deck(made) is None
    assert not [key for key in store.objects if "deck-" in key]
    assert actions.remove_deck(made, actor=acting(cast.alice), now=now, store=store).is_permitted, "gone is gone"
    actions_told = list(
        AuditEvent.objects.filter(action__contains="deck").order_by("id").values_list("action", flat=True)
    )
    assert actions_told == [*["recording:add_deck"] * 3, "recording:remove_deck"]


def test_what_is_no_deck_is_refused_before_it_is_kept(attach, store, monkeypatch, tmp_path, cast, made, now):
    refused = attach(b"MZ a program", name="slides.pdf")
    assert (refused.code, refused.reasons[0].rule) == (Code.BAD_REQUEST, "R59")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(DECK_LIMIT_BYTES + 1)
    decision = actions.attach_deck(made, name="a", path=large, actor=acting(cast.alice), now=now, store=store)
    assert decision.code == Code.BAD_REQUEST
    assert not [key for key in store.objects if "deck-" in key]
    assert not SlideDeck.objects.exists()


def test_decks_are_for_those_of_row_5_alone(cast, made, attach, store, now):
    for who in (cast.ben, cast.chloe, cast.eve, cast.dev):
        assert attach(b"%PDF-", who=who).code == Code.NO_PERMISSION
        assert actions.remove_deck(made, actor=acting(who), now=now, store=store).code == Code.NO_PERMISSION
    assert not [key for key in store.objects if "deck-" in key]
    assert not AuditEvent.objects.filter(action__contains="deck").exists()
