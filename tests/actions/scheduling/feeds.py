"""A timetable for tests, and a program that sends it."""

from cathedra.actions import scheduling as actions
from cathedra.db.models import Account, Department, Folder, TimetableRun
from cathedra.db.writes import access as access_writes
from cathedra.domain.access import FolderRole
from cathedra.domain.ingest.timetable import FeedRules
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests.actions.scheduling.rooms import LONDON, make_room
from tests.conftest import COURSE

RULES = FeedRules(8, LONDON)
EVENT = {
    "event": "E1",
    "title": "Entropy",
    "starts_at": "2026-10-05T09:00",
    "ends_at": "2026-10-05T10:00",
    "room": "Lecture Block, LB 1",
    "folder": "chem-1a",
    "presenter": "chloe",
}


def event(number: int = 1, **more: str) -> dict[str, str]:
    return {name: said for name, said in (EVENT | {"event": f"E{number}"} | more).items() if said}


def prepare(cast, now):
    """Ben is the program: a Creator in the course's folder, and a scheduler of the room."""
    Account.objects.filter(id=cast.ben).update(affiliation="service_account")
    access_writes.add_member(cast.chemistry, PrincipalId(cast.ben), FolderRole.CREATOR, now=now)
    Folder.objects.filter(id=cast.chemistry).update(course_id=COURSE)
    Department.objects.update(contact_email="")
    return make_room(cast.ben, now=now)


def send(cast, *feed: dict[str, str], now, rules: FeedRules = RULES, is_trial: bool = False) -> TimetableRun:
    """Sent and worked through."""
    actor = Actor(cast.ben, Channel.API)
    run_id = actions.receive_timetable(feed, is_trial=is_trial, actor=actor, now=now)
    assert actions.work_timetable(run_id, rules=rules, now=now) == len(feed)
    return TimetableRun.objects.get(id=run_id)
