"""Each page of schedules is one address that can be shared."""

from uuid import UUID

from django.urls import reverse

ONE = UUID(int=7)


def test_the_pages_lie_where_their_folder_and_their_recording_lie():
    assert reverse("schedule_here", args=[ONE]) == f"/folders/{ONE}/schedule/"
    assert reverse("folder_schedules", args=[ONE]) == f"/folders/{ONE}/schedules/"
    assert reverse("schedules") == "/schedules/"
    for name, page in (("schedule", ""), ("move_schedule", "move/"), ("call_off", "call-off/")):
        assert reverse(name, args=[ONE]) == f"/recordings/{ONE}/schedule/{page}"
