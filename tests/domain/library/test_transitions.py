"""R54 line by line: written from the rule by hand, and held against every table and every decision of the product (R52)."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from cathedra.domain import encoding, library, policy, publishing, retention
from cathedra.domain.library import Keeping, MediaState, Publication, Standing, State, media_sources, state_of
from cathedra.domain.policy import HoldFacts, HoldKind
from cathedra.domain.publishing import ApprovalFacts, Command
from cathedra.domain.retention import BinFacts
from cathedra.domain.terms import Code, Decision, permit
from tests.domain.retention.test_retention import CALENDAR, D_2027, local, made

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
_PRIOR = "published, waiting, rejected, failed, archived, draft, missed, cancelled, held"
R54 = f"""
T1 | - | draft
T2 | draft | scheduled
T3 | scheduled | scheduled
T4 | scheduled | cancelled
T5 | scheduled | recording
T6 | scheduled | missed
T7 | missed | uploaded
T8 | draft | recording
T9 | recording | recording
T10 | recording | uploaded
T11 | recording | recycled
T12 | draft | uploaded
T13 | uploaded | processing
T14 | processing | published
T15 | processing | waiting
T16 | processing | held
T17 | processing | failed
T18 | failed | processing
T19 | waiting | published
T20 | waiting | rejected
T21 | waiting | rejected
T22 | rejected | waiting
T23 | published | rejected
T24 | rejected | published
T25 | published | waiting
T26 | waiting | published
T26b | waiting, rejected | published
T27 | published, waiting, rejected, archived, failed, recycled | held
T28 | held | published, waiting, rejected, archived, failed, recycled
T29 | held | recycled, purged
T30 | published, waiting, rejected | archived
T31 | archived | restoring
T32 | restoring | published, waiting, rejected
T33 | restoring | archived
T34 | published, waiting, rejected, failed, archived, draft, missed, cancelled | recycled
T34b | held | recycled
T35 | recycled | {_PRIOR}
T36 | recycled | purged
T37 | archived | purged
"""
LINES = [[part.strip() for part in line.split("|")] for line in R54.strip().splitlines()]
SOURCES = {row: {State(one) for one in source.split(", ") if one != "-"} for row, source, _ in LINES}
TARGETS = {row: {State(one) for one in target.split(", ")} for row, _, target in LINES}
# Holds are rows beside the recording, not a word of it; what a hold does to the state is `state_of` (T27, T28, T34b).
OF_HOLDS = {"T27", "T28", "T34b"}
OTHER_RULES = {"R72", "R73"}  # moves that those rules give, which R54 does not list


def standings() -> Iterator[Standing]:
    """Every one that can be: what is not ready is offered to nobody, and what is ready is so once it was decided (T14 to
    T16)."""
    for media, publication, keeping, held in itertools.product(MediaState, Publication, Keeping, (False, True)):
        is_undecided = media is MediaState.READY and publication is Publication.DRAFT
        if is_undecided and keeping in (Keeping.ONLINE, Keeping.ARCHIVED, Keeping.RESTORING) and not held:
            continue
        if publication is Publication.DRAFT or media is MediaState.READY:
            yield Standing(media, publication, keeping, held)


def rows_of(*tables) -> set[str]:
    return {row for table in tables for names, *_ in table for row in _names(names)} - OTHER_RULES


def _names(row: str) -> list[str]:
    first, _, last = row.partition("-")
    return [f"T{number}" for number in range(int(first[1:]), int(last[1:]) + 1)] if last else [row]


def test_every_line_of_r54_is_a_move_of_the_product_and_every_move_is_a_line_of_it():
    found = rows_of(library.MEDIA_MOVES, publishing.MOVES, retention.MOVES)
    assert found | OF_HOLDS == set(SOURCES)
    assert not found & OF_HOLDS


def online(media: MediaState) -> set[State]:
    """How it reads where nothing else counts: what is ready may be offered or not, and held."""
    every = (each for each in standings() if each.media is media and each.keeping is Keeping.ONLINE)
    return {state_of(each) for each in every if not each.is_held or media is MediaState.READY} - {State.PROCESSING} or {
        State.PROCESSING
    }


def test_media_move_only_along_t1_to_t18_and_every_other_pair_is_refused_r52():
    lines = [row for row in SOURCES if row[1:].isdigit() and int(row[1:]) <= 18]
    for source, target in itertools.product(MediaState, MediaState):
        allowed = any(SOURCES[row] & online(source) and TARGETS[row] & online(target) for row in lines)
        assert (source in media_sources(target)) == allowed, (source, target)


def test_publication_moves_only_along_its_lines_and_every_other_pair_is_refused_r52():
    rows = {(source, target) for _, source, target in publishing.MOVES}
    for source, target in itertools.product(Publication, Publication):
        decision = publishing.decide_move(source, target)
        assert decision.code is (Code.ALLOW if (source, target) in rows else Code.ILLEGAL_TRANSITION)
    read = {"DRAFT": State.PROCESSING, "WAITING": State.WAITING, "PUBLISHED": State.PUBLISHED}
    read["REJECTED"] = State.REJECTED
    for row, source, target in publishing.MOVES:
        assert row in OTHER_RULES or (read[source] in SOURCES[row] and read[target] in TARGETS[row]), row


def test_keeping_moves_only_along_its_lines_and_every_other_pair_is_refused_r52():
    kept = {Keeping(state.name): {state} for state in State if state.name in set(Keeping)}
    kept[Keeping.ONLINE] = set(State) - {State(each.value.lower()) for each in kept}
    lines = ("T11", "T30", "T31", "T32", "T33", "T34", "T35", "T36", "T37")
    for source, target in itertools.product(Keeping, Keeping):
        allowed = any(SOURCES[row] & kept[source] and TARGETS[row] & kept[target] for row in lines)
        assert retention.may_move(source, target) == allowed, (source, target)


def approval(command: Command) -> Callable[[Standing], Decision | None]:
    def decide(standing: Standing) -> Decision | None:
        outcome = publishing.decide(ApprovalFacts(state_of(standing).value, permit()), command, reason="Names show.")
        return outcome.decision if outcome.is_changed or not outcome.decision.is_permitted else None

    return decide


def bin_facts(standing: Standing) -> BinFacts:
    holds = ("aup_referred",) if standing.is_held else ()
    return BinFacts(standing.keeping, standing.media, permit(), holds=holds, is_owner=True, recycled_at=NOW)


def recycle(standing: Standing) -> Decision | None:
    return retention.decide_recycle(bin_facts(standing))


def take_back(standing: Standing) -> Decision | None:
    return retention.decide_take_back(bin_facts(standing), days=90, now=NOW)


def purge(standing: Standing) -> Decision | None:
    return None if standing.keeping is Keeping.PURGED else retention.decide_purge(bin_facts(standing), reason="")


def restore(standing: Standing) -> Decision | None:
    if standing.keeping in (Keeping.ONLINE, Keeping.RESTORING):
        return None  # R53: it is here, or on its way
    return retention.decide_restore(
        standing.keeping, may=permit(), is_held=standing.is_held, is_low=False, is_over_limit=False, min_role="viewer"
    )


def hold(standing: Standing) -> Decision | None:
    facts = HoldFacts(permit(), state_of(standing).value)
    return policy.decide_hold(facts, HoldKind.LEGAL, reason="A claim.", review_on=None, today=date(2026, 11, 2))


def take(standing: Standing) -> Decision | None:
    return policy.decide_taking(HoldFacts(permit(), state_of(standing).value, ("takedown",)))


def replace(standing: Standing) -> Decision | None:
    return encoding.decide_replace(state_of(standing).value, may=permit(), is_received=True)


R55 = {State.RECORDING, State.UPLOADED, State.PROCESSING, State.RESTORING, State.HELD}  # held later, or once more
COMMANDS = {
    "approve": (approval(Command.APPROVE), SOURCES["T19"] | SOURCES["T24"]),
    "reject": (approval(Command.REJECT), SOURCES["T20"] | SOURCES["T23"]),
    "withdraw": (approval(Command.WITHDRAW), SOURCES["T21"]),
    "resubmit": (approval(Command.RESUBMIT), SOURCES["T22"]),
    "recycle": (recycle, SOURCES["T34"] | SOURCES["T34b"]),
    "take back": (take_back, SOURCES["T35"]),
    "purge": (purge, SOURCES["T36"]),
    "restore": (restore, SOURCES["T31"]),
    "hold": (hold, SOURCES["T27"] | R55),
    "remove": (take, SOURCES["T29"]),
    "replace": (replace, SOURCES["T18"]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_from_every_state_a_command_does_what_its_line_of_r54_says_or_is_refused_and_changes_nothing(command):
    """ILLEGAL_TRANSITION, or HELD where a hold is what stands against it (R52, R130). None: it is so already (R53)."""
    decide, sources = COMMANDS[command]
    for standing in standings():
        decision, state = decide(standing), state_of(standing)
        if decision is None:
            continue
        in_bin = standing.keeping is Keeping.RECYCLED  # a hold shows on what lies there (T27), and takes it nowhere
        moves = standing.media in (
            MediaState.SCHEDULED,
            MediaState.RECORDING,
            MediaState.RECEIVED,
            MediaState.PREPARING,
        )
        stays = in_bin or moves  # nothing that moves is held in effect (R55), so nothing of it is in T34b's `held`
        allowed = {"recycle": state in sources and not stays, "take back": in_bin}.get(command, state in sources)
        if allowed:
            assert decision.is_permitted, (command, standing)
        else:
            codes = (Code.ILLEGAL_TRANSITION, Code.HELD) if standing.is_held else (Code.ILLEGAL_TRANSITION,)
            assert decision.code in codes, (command, standing)


def test_what_is_archived_by_hand_or_by_a_run_is_what_t30_names_and_what_a_run_deletes_what_t37_names():
    for standing in standings():
        facts = made(
            local(2025, 10, 1), media=standing.media, publication=standing.publication, keeping=standing.keeping,
            is_held=standing.is_held, archived_at=local(2026, 9, 1),
        )  # fmt: skip
        assert (retention.may_archive_by_hand(facts) is None) == (state_of(standing) in SOURCES["T30"]), standing
        why = retention.stays_archived(facts, CALENDAR, D_2027, is_told=True)
        assert (why is None) == (state_of(standing) in SOURCES["T37"]), standing
