"""Have lower versions made that an earlier version of Cathedra could not make."""

from datetime import datetime

from cathedra.db.reads import encoding as reads
from cathedra.db.writes import encoding as writes
from cathedra.db.writes import jobs
from cathedra.db.writes.transaction import transaction
from cathedra.domain.encoding import LADDER_FORM, NO_LOWER, Note
from cathedra.domain.jobs import Turn, encode_ladder

_MOST_MENDED = 50  # in one night: each is decoded from end to end; what is left has the next


def mend_ladders(*, now: datetime) -> str:
    """Every night, once for each form of the encoding: what fails again is given up again, and its owner, who knows, is
    not told a second time (N8). Nobody waits for it, so it comes after what somebody waits for (R60)."""
    begun = 0
    for source_id, recording_id in reads.list_given_up(LADDER_FORM, most=_MOST_MENDED):
        with transaction():
            if writes.try_ladder_again(source_id, recording_id, Note(NO_LOWER), form=LADDER_FORM, now=now):
                jobs.enqueue([encode_ladder(source_id, Turn.RE_ENCODES)])
                begun += 1
    return f"the lower versions of {begun} files are tried again" if begun else ""
