"""How full a limit is, when that is told, and what it refuses (R106, R108, R110)."""

from dataclasses import dataclass

from cathedra.domain.metering._words import Category, Intake, Level, LimitMode
from cathedra.domain.terms import Code, Decision, deny, permit
from cathedra.domain.terms import gettext_noop as _

# In hundredths of the limit (R106).
THRESHOLDS: tuple[tuple[int, Level], ...] = (
    (100, Level.OVER),
    (97, Level.CRITICAL),
    (90, Level.WARNING),
    (75, Level.NOTICE),
)
ALLOCATION_THRESHOLDS = (75, 90, 100)  # R110
ORDER = (Level.OK, Level.NOTICE, Level.WARNING, Level.CRITICAL, Level.OVER)
_NEVER_REFUSED = frozenset({Intake.IN_PROGRESS, Intake.SCHEDULED, Intake.SUBMISSION, Intake.RESTORE})
_TAKEN_IN_HARD = frozenset({Intake.IN_PROGRESS, Intake.SCHEDULED})
_REFUSING = (Category.STORED, Category.RECORDED)
_ADDS_TO = {Intake.COPY: (Category.STORED,)}  # everything else to both (R98, R100, R102)
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Gauge:
    """One category against its limit; no limit is never full (section 24)."""

    category: Category
    used_s: int
    limit_s: int | None

    @property
    def level(self) -> Level:
        """R106, exactly: nothing is rounded before it is compared."""
        if self.limit_s is None:
            return Level.OK
        return next((level for share, level in THRESHOLDS if self.used_s * 100 >= self.limit_s * share), Level.OK)

    @property
    def percent(self) -> int | None:
        """How full, in whole hundredths, rounded down, so that 99 is never called full."""
        if self.limit_s is None:
            return None
        return self.used_s * 100 // self.limit_s if self.limit_s else 100

    @property
    def left_s(self) -> int | None:
        return None if self.limit_s is None else max(0, self.limit_s - self.used_s)


def has_risen(before: Level, after: Level) -> bool:
    """Crossing upwards is told; crossing down clears silently (R106)."""
    return ORDER.index(after) > ORDER.index(before)


def allocation_step(used_s: int, limit_s: int) -> int:
    """The highest of 75, 90 and 100 that an allocation has reached, else 0 (R110)."""
    return max((step for step in ALLOCATION_THRESHOLDS if used_s * 100 >= limit_s * step), default=0)


@dataclass(frozen=True, slots=True)
class Allowance:
    """An allocation that may stop what is new where it says so (R110)."""

    used_s: int
    limit_s: int
    is_enforced: bool
    category: Category = Category.STORED


def admit(
    intake: Intake,
    gauges: tuple[Gauge, ...],
    *,
    mode: LimitMode,
    allowances: tuple[Allowance, ...] = (),
    is_excepted: bool = False,
) -> Decision:
    """Whether something new may come in (R108). Teaching is never lost: what is scheduled, runs, was handed in or was
    asked back already is taken in every mode but `hard`, which still takes what runs or is scheduled. A full copy is refused where
    the hours it adds, those stored, are used up (R102)."""
    if mode is LimitMode.WARN or is_excepted:
        return permit()
    is_protected = intake in _NEVER_REFUSED and (mode is not LimitMode.HARD or intake in _TAKEN_IN_HARD)
    if is_protected:
        return permit()
    adds_to = _ADDS_TO.get(intake, _REFUSING)
    over = [gauge for gauge in gauges if gauge.category in adds_to and gauge.level is Level.OVER]
    if over:
        return _copy_refusal("R108") if intake is Intake.COPY else _refusal(over[0].category)
    if any(one.is_enforced and one.used_s >= one.limit_s and one.category in adds_to for one in allowances):
        return _copy_refusal("R110") if intake is Intake.COPY else _set_aside_refusal()
    return permit()


def _copy_refusal(rule: str) -> Decision:
    """Of the licence (R108), or of what is set aside (R110)."""
    sentence = _(
        "The hours that may be stored are used up, so nothing can be copied in full for now. Make a copy that plays the "
        "original, which takes no hours; or empty your bin to free some, or ask for an exception. Deleting alone frees "
        "nothing until the bin is emptied."
    )
    set_aside = _(
        "The hours set aside for that folder or its department are used up, so nothing can be copied in full there for "
        "now. Make a copy that plays the original, which takes no hours; or empty your bin to free some, or ask for an "
        "exception. Deleting alone frees nothing until the bin is emptied."
    )
    return deny(Code.LIMIT_REACHED, rule, sentence if rule == "R108" else set_aside)


def _set_aside_refusal() -> Decision:
    sentence = _(
        "The hours set aside for this folder or its department are used up, so nothing new can be uploaded for now. "
        "Empty your bin or archive what nobody watches to free hours, or ask for an exception. Deleting alone frees "
        "nothing until the bin is emptied."
    )
    return deny(Code.LIMIT_REACHED, "R110", sentence)


def _refusal(category: Category) -> Decision:
    if category is Category.STORED:
        sentence = _(
            "The hours that may be stored are used up, so nothing new can be uploaded for now. Lectures that are "
            "scheduled are still recorded. Empty your bin or archive what nobody watches to free hours, or ask for an "
            "exception. Deleting alone frees nothing until the bin is emptied."
        )
    else:
        sentence = _(
            "The hours that may be recorded this year are used up, so nothing new can be uploaded for now. Lectures "
            "that are scheduled are still recorded. Ask for an exception if this is needed for teaching."
        )
    return deny(Code.LIMIT_REACHED, "R108", sentence)


def hours(seconds: int) -> str:
    """Hours to one decimal place, from the exact sum, half a tenth up (conventions)."""
    tenths = (abs(seconds) * 10 * 2 + HOUR) // (HOUR * 2)
    sign = "-" if seconds < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
