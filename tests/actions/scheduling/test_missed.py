"""What was never recorded is missed half an hour after its end, once (T6)."""

from cathedra.actions import scheduling as actions
from cathedra.db.models import AuditEvent, Capture, Recording
from cathedra.domain.ingest import Span
from cathedra.domain.terms import system_actor
from tests.actions.scheduling.rooms import at, make_room, schedule


def test_t6_it_is_missed_half_an_hour_after_its_end_and_what_began_is_not(cast, now):
    room = make_room(cast.alice, now=now)
    (missed, begun, later) = (
        schedule(cast, room, Span(at(5, hour), at(5, hour + 1)), now=now).recordings[0][0] for hour in (8, 9, 10)
    )
    Recording.objects.filter(id=begun).update(media_state="RECORDING")
    assert actions.tend_missed(actor=system_actor(), now=at(5, 9, 29)) == ()
    assert actions.tend_missed(actor=system_actor(), now=at(5, 10, 30)) == (missed,)
    assert actions.tend_missed(actor=system_actor(), now=at(5, 10, 30)) == ()
    found = {one: Recording.objects.get(id=one).media_state for one in (missed, begun, later)}
    assert list(found.values()) == ["MISSED", "RECORDING", "SCHEDULED"]
    assert list(AuditEvent.objects.filter(action="recording:miss").values_list("target_id", flat=True)) == [str(missed)]


def test_t6_what_a_recorder_began_is_not_missed_although_nothing_has_come_of_it_yet(cast, now):
    room = make_room(cast.alice, now=now)
    ((one, _span),) = schedule(cast, room, Span(at(5, 8), at(5, 9)), now=now).recordings
    Capture.objects.create(recording_id=one, phase="capturing", begun_at=at(5, 8), parts=[0], heard_at=at(5, 8, 1))
    assert actions.tend_missed(actor=system_actor(), now=at(5, 10)) == ()
    assert Recording.objects.get().media_state == "SCHEDULED"
    Capture.objects.all().delete()
    assert actions.tend_missed(actor=system_actor(), now=at(5, 10)) == (one,)
