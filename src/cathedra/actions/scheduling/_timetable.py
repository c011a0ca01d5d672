"""Take a timetable's feed: kept as it was sent, worked through in batches, and what failed tried again (R156)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cathedra.actions.scheduling._events import Feed, take_event
from cathedra.config import Config
from cathedra.db.reads import people as people_reads
from cathedra.db.reads import scheduling as reads
from cathedra.db.reads.scheduling import KnownEvent
from cathedra.db.writes import audit, jobs
from cathedra.db.writes import scheduling as writes
from cathedra.db.writes.scheduling import EventTaken
from cathedra.db.writes.transaction import transaction
from cathedra.domain.ingest import timetable
from cathedra.domain.ingest.timetable import FeedAnswer, FeedEvent, FeedOutcome, FeedRules, Said
from cathedra.domain.jobs import Job, JobKind
from cathedra.domain.people import Affiliation, StaffArea, decide_enter
from cathedra.domain.terms import Actor, Channel, Decision, permit

BATCH = 100
MOST_LINES = 500  # of one run that are kept to be read


def feed_rules(config: Config) -> FeedRules:
    """What this site takes from its timetable."""
    found = config.schedule
    return FeedRules(
        found.max_hours,
        ZoneInfo(config.site.timezone),
        takes_joint=found.timetable_joint,
        takes_several_rooms=found.timetable_several_rooms,
    )


def receive_timetable(
    feed: Sequence[Said], *, is_trial: bool, actor: Actor, now: datetime, is_queued: bool = True
) -> UUID | Decision:
    """Keep a feed, to be worked through by a job, or by whoever calls. With `is_trial` it is only said what would be
    done."""
    decision = may_send(actor)
    if decision.is_permitted:
        decision = timetable.decide_size(len(feed))
    if not decision.is_permitted:
        return decision
    with transaction():
        run_id = writes.add_run(feed, by=actor.account_id, is_trial=is_trial, now=now)
        _record(actor, "timetable:send", str(run_id), now, events=len(feed), trial=is_trial)
        if is_queued:
            jobs.enqueue([_job(run_id)])
    return run_id


def may_send(actor: Actor) -> Decision:
    """Who sends feeds: programs, and who comes to the page."""
    if actor.account_id is None:
        return timetable.decide_feed(may=False)
    facts = people_reads.account_facts(actor.account_id)
    is_program = facts.details.affiliation is Affiliation.SERVICE_ACCOUNT
    held = people_reads.system_roles(actor.account_id)
    comes_in = decide_enter(held, StaffArea.TIMETABLE).is_permitted
    return timetable.decide_feed(may=facts.is_active and (is_program or comes_in or actor.channel is Channel.CLI))


def do_tried(run_id: UUID, *, actor: Actor, now: datetime) -> Decision:
    """What a trial said is done now, by whoever sent it. Raises RunNotFound."""
    decision = may_send(actor)
    if not decision.is_permitted or actor.account_id is None:
        return decision
    reads.get_run(run_id, actor.account_id, runs_service=False)
    with transaction():
        if writes.do_trial(run_id):
            _record(actor, "timetable:do", str(run_id), now)
            jobs.enqueue([_job(run_id)])
    return permit()


def try_timetable_again(external_ids: Sequence[str] | None, *, actor: Actor, now: datetime) -> int | Decision:
    """Events that failed, or all of them: three more attempts, by the account whose feed they are of. Of others' feeds
    those who run the service alone try them. Returns how many."""
    decision = may_send(actor)
    if not decision.is_permitted:
        return decision
    own = None if reads.runs_service(actor.account_id) else actor.account_id
    with transaction():
        count = writes.try_again(external_ids, sent_by=own, now=now)
        if count:
            _record(actor, "timetable:try_again", "", now, events=count)
            jobs.enqueue([Job(JobKind.TEND_TIMETABLE, {}, lock="timetable", queueing_lock="timetable again")])
    return count


def work_timetable(run_id: UUID, *, rules: FeedRules, channel: Channel = Channel.WORKER, now: datetime) -> int:
    """Work a feed through, for the account that sent it. Killed at any line and done again, it goes on: what was made is
    found by the event's id. Returns how many events it has; 0 where it was done before."""
    taken = reads.take_run(run_id)
    if taken is None:
        return 0
    run, feed = taken
    before = timetable.told_before(feed)
    work = _Work(rules, Actor(run.sent_by, channel), now, is_trial=run.is_trial)
    for begin in range(0, len(feed), BATCH):
        batch = list(enumerate(feed[begin : begin + BATCH], begin))
        work.take([(number, said) for number, said in batch if number not in before])
        for number, said in batch:
            if number in before:
                work.note(number, said, FeedAnswer(FeedOutcome.FAILED, timetable.told_twice()))
        with transaction():
            work.keep()
            writes.set_progress(run_id, seen=batch[-1][0] + 1, counts=work.counts, lines=work.lines)
    with transaction():
        writes.end_run(run_id, now=now)
    return len(feed)


def tend_timetable(*, rules: FeedRules, now: datetime) -> int:
    """Try again what failed and waits for that, and forget what is long over. Returns how many were tried."""
    again = reads.list_again(now=now)
    for by in dict.fromkeys(by for by, _said in again):
        work = _Work(rules, Actor(by, Channel.WORKER), now)
        work.take([(number, said) for number, (whose, said) in enumerate(again) if whose == by])
        with transaction():
            work.keep()
    with transaction():
        writes.forget(events_before=now - timetable.EVENTS_KEPT, runs_before=now - timetable.RUNS_KEPT)
    return len(again)


@dataclass
class _Work:
    """One account's events: answered, counted and noted."""

    rules: FeedRules
    actor: Actor
    now: datetime
    is_trial: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    lines: list[Mapping[str, Any]] = field(default_factory=list)
    done: list[EventTaken] = field(default_factory=list)

    def take(self, batch: Sequence[tuple[int, Said]]) -> None:
        """What names stand for is asked once for all of them."""
        names = [said.get("event", "") for _number, said in batch]
        known, rows = reads.known_events(names), reads.schedules_of_events(names)
        read = {number: timetable.read_event(said, self.rules.zone) for number, said in batch}
        feed = self._feed([one for one in read.values() if isinstance(one, FeedEvent)])
        for number, said in batch:
            event, before = read[number], known.get(said.get("event", ""))
            if before is not None and not _is_new(said, before, self.now):
                self.note(number, said, FeedAnswer(_again(before)), why=before.why)
                continue
            if isinstance(event, Decision):
                answer = FeedAnswer(FeedOutcome.FAILED, event)
            else:
                last = before and before.taken and timetable.read_event(before.taken, self.rules.zone)
                row = rows.get(event.external_id)
                answer = take_event(event, last if isinstance(last, FeedEvent) else None, row, feed)
            self.note(number, said, answer)
            self._keep_one(said, event, before, answer)

    def keep(self) -> None:
        """Put away what became of them; of a trial, nothing."""
        writes.keep_events(self.done, by=self.actor.account_id, now=self.now)
        self.done.clear()

    def note(self, number: int, said: Said, answer: FeedAnswer, *, why: Mapping[str, Any] | None = None) -> None:
        """Count it, and keep a line where there is something to read."""
        self.counts[answer.outcome] += 1
        if answer.outcome is FeedOutcome.UNCHANGED or len(self.lines) >= MOST_LINES:
            return
        told = {"line": number + 1, "event": said.get("event", ""), "title": said.get("title", "")}
        self.lines.append({**told, "outcome": answer.outcome, "why": why or _told(answer.why)})

    def _feed(self, events: Sequence[FeedEvent]) -> Feed:
        names = reads.names_of_feed(
            {name for one in events for name in one.rooms},
            {name for one in events for name in one.folders},
            {one.presenter for one in events if one.presenter},
        )
        return Feed(self.rules, self.actor, self.now, names, self.is_trial)

    def _keep_one(self, said: Said, event: FeedEvent | Decision, before: KnownEvent | None, answer: FeedAnswer) -> None:
        name = said.get("event", "")
        if self.is_trial or not name:
            return
        failed = answer.outcome is FeedOutcome.FAILED
        attempts = (before.attempts if before and before.said == said else 0) + 1 if failed else 0
        try_at = self.now + timetable.TRIED_AGAIN_AFTER if failed and attempts < timetable.MOST_ATTEMPTS else None
        ends_at = event.span.ends_at if isinstance(event, FeedEvent) else self.now
        is_done = answer.outcome not in (FeedOutcome.FAILED, FeedOutcome.EXCLUDED)
        taken = said if is_done else before.taken if before else None
        self.done.append(EventTaken(name, said, taken, answer.outcome, _told(answer.why), attempts, try_at, ends_at))


def _is_new(said: Said, before: KnownEvent, now: datetime) -> bool:
    """Whether anything is to be done: it says something else, or failed and is not given up."""
    is_again = before.outcome is FeedOutcome.FAILED and not timetable.is_listed(before.outcome, before.attempts)
    return said != before.said or is_again


def _again(before: KnownEvent) -> FeedOutcome:
    is_same = before.outcome in (FeedOutcome.FAILED, FeedOutcome.EXCLUDED)
    return before.outcome if is_same else FeedOutcome.UNCHANGED


def _told(why: Decision) -> Mapping[str, Any] | None:
    if not why.reasons:
        return None
    reason = why.reasons[0]
    return {"code": reason.code, "rule": reason.rule, "sentence": reason.sentence, "values": dict(reason.values)}


def _job(run_id: UUID) -> Job:
    return Job(JobKind.WORK_TIMETABLE, {"run_id": str(run_id)}, lock="timetable")


def _record(actor: Actor, action: str, target: str, now: datetime, **facts: object) -> None:
    audit.record(actor, action, target_kind="timetable", target_id=target, now=now, facts=facts)
