"""A small model of what the rules promise for the recordings of a university, day by day; it shares no line with the
product. Days are dates of the site; whoever uses it says what people do, and asks what each recording is by then."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

SERVICE = ("ada", "samir")
Told = Counter  # of (kind of notice, login name or address)


def before(day: date, days: int) -> date:
    return day - timedelta(days=days)


@dataclass
class Life:
    """One recording. `state` is the word of R52; on `came` it was received, on `made` and `ready` lie its anchor and
    its readiness."""

    owner: str
    tells: tuple[str, ...]  # who answers for it today (R126)
    came: date
    made: date
    ready: date
    state: str = "published"
    is_held: bool = False
    late_for: date | None = None  # the run of this day had begun when it became ready
    is_proven: bool = True  # that whoever answers for it was told (R126)
    archived: date | None = None
    recycled: date | None = None
    keep_from_archive: date | None = None
    keep_from_deletion: date | None = None
    planned: set[tuple[str, int]] = field(default_factory=set)

    @property
    def shown(self) -> str:
        return "held" if self.is_held else self.state

    @property
    def hours(self) -> Counter:
        """Its seconds (R98 to R102): recorded in the licence year in which it came, for ever; stored, bin and all, or
        archived, while it is there."""
        year = self.came.year if self.came >= date(self.came.year, 9, 1) else self.came.year - 1
        found = Counter({("RECORDED", f"{year}-{(year + 1) % 100}"): 60})
        if self.state != "purged":
            found["ARCHIVED" if self.state in ("archived", "restoring") else "STORED", None] = 60
        return found

    def is_archived_on(self, day: date) -> bool:
        """Whether an archive run of that day wants it (R115, R116, R128)."""
        is_offered = self.state in ("published", "waiting", "rejected") and not self.is_held
        is_exempt = self.keep_from_archive is not None and self.keep_from_archive > day
        return is_offered and not is_exempt and self.made < day != self.late_for

    def is_deleted_on(self, day: date) -> bool:
        """Whether a deletion run of that day wants it (R123, R128, R129)."""
        had_its_year = self.archived is not None and self.archived <= date(day.year - 1, 9, 2)
        is_kept = self.keep_from_deletion is not None and self.keep_from_deletion > day
        return self.state == "archived" and not self.is_held and had_its_year and not is_kept


class University:
    """All of them, and what they are told."""

    def __init__(self) -> None:
        self.lives: dict[str, Life] = {}
        self.told: Told = Counter()
        self.left_out: dict[str, str] = {}
        self._took: dict[tuple[str, int], list[Life]] = {}

    def tell(self, kind: str, *who: str) -> None:
        self.told.update((kind, one) for one in who)

    def night(self, day: date) -> None:
        """What the product does by itself just after midnight, then in the morning."""
        for year in (day.year, day.year + 1):
            self._run("DELETION", date(year, 8, 31), day, (90, 30, 7, 1), Life.is_deleted_on, ("N37", "N38"))
            self._run("ARCHIVE", date(year, 9, 1), day, (30, 7), Life.is_archived_on, ("N30", "N31"))
        for life in self.lives.values():
            if life.recycled is not None and day == life.recycled + timedelta(
                days=90 - 15
            ):  # the next look leaves less than 14
                self.tell("N39", life.owner)
            if life.recycled is not None and day == life.recycled + timedelta(days=90):
                life.state = "purged"

    def _run(
        self,
        kind: str,
        run: date,
        day: date,
        steps: tuple[int, ...],
        wants: Callable[[Life, date], bool],
        kinds: tuple[str, str],
    ) -> None:
        name, left = (kind, run.year), (run - day).days
        wanted = [life for life in self.lives.values() if wants(life, run)]
        if left == 30:
            for life in wanted:
                life.planned.add(name)
        if left in steps:
            self._tell_answering(kinds[0], [life for life in wanted if left > 30 or self._joins(name, life, run)])
        if left == 0:
            self._took[name] = [life for life in wanted if self._takes(name, life, run)]
            for life in self._took[name]:
                life.state = "archived" if kind == "ARCHIVE" else "purged"
                life.archived = run if kind == "ARCHIVE" else life.archived
            self.tell("N48", *SERVICE)
        if left == -1:
            self._tell_answering(kinds[1], self._took.get(name, []))

    @staticmethod
    def _takes(name: tuple[str, int], life: Life, run: date) -> bool:
        """R127: what is planned, and for the archive what came into being since; R126: nothing is deleted unproven."""
        return (name[0] != "DELETION" or life.is_proven) and University._joins(name, life, run)

    @staticmethod
    def _joins(name: tuple[str, int], life: Life, run: date) -> bool:
        """Whether it is in the plan, or comes to it."""
        is_new = name[0] == "ARCHIVE" and max(life.made, life.ready) >= before(run, 30)
        return name in life.planned or is_new

    def _tell_answering(self, kind: str, lives: Iterable[Life]) -> None:
        """R125: one message a person and step."""
        self.tell(kind, *{one for life in lives for one in life.tells})
