"""Have edited recordings made anew that were made like something else, by a version of Cathedra before this one."""

from dataclasses import replace

from cathedra.db.reads import content as reads
from cathedra.db.writes import jobs
from cathedra.db.writes.transaction import transaction
from cathedra.domain.jobs import Turn, cut_edges
from cathedra.domain.playback import EDITED_FORM

_MOST_MENDED = 500  # in one night; what is left has the next


def mend_edits() -> str:
    """Every night: those of another form, the newest first. Nobody waits for them, so they come after what somebody waits
    for (R60). Says how many, if any."""
    lagging = reads.list_of_other_form(EDITED_FORM, most=_MOST_MENDED)
    with transaction():
        jobs.enqueue(replace(cut_edges(one, turn=Turn.RE_ENCODES), queueing_lock=f"mend-edit:{one}") for one in lagging)
    return f"{len(lagging)} edited recordings are made anew" if lagging else ""
