"""Tell the technicians of a room what is wrong with its recorder (N43), inside the transaction that finds it."""

from datetime import datetime

from cathedra.db.reads import recorders as reads
from cathedra.db.writes import notices
from cathedra.domain.notices import RECORDER_FAULT, RECORDER_OFFLINE, RECORDER_SILENT, NoticeKind, Phrase, Value
from cathedra.domain.terms import Device

_LINK = "/"


def fault(device: Device, facility_id: int, said: str, number: int, *, now: datetime) -> None:
    """It reports one, in these words."""
    values = _values(device, RECORDER_FAULT, said=said)
    _add(facility_id, f"recorder:{device.recorder_id}:error:{number}", values, _LINK, now)


def trouble(watched: reads.Watched, *, is_overdue: bool, now: datetime) -> None:
    """Nothing is heard of it, or it hears nothing: once for what it should be recording."""
    problem, word = (RECORDER_OFFLINE, "offline") if is_overdue else (RECORDER_SILENT, "silent")
    values = _values(watched.device, problem, until=watched.due.span.ends_at)
    event = f"recorder:{watched.device.recorder_id}:{word}:{watched.due.recording_id}"
    _add(watched.facility_id, event, values, f"/recordings/{watched.due.recording_id}/", now)


def _values(device: Device, problem: str, *, until: datetime | str = "", said: str = "") -> dict[str, Value]:
    return {"place": device.name, "problem": Phrase(problem), "until": until, "said": said}


def _add(facility_id: int, event: str, values: dict[str, Value], link: str, now: datetime) -> None:
    notices.add(
        NoticeKind.RECORDER_TROUBLE,
        event=event,
        to=reads.technicians_of(facility_id),
        values=values,
        link=link,
        now=now,
    )
