"""The quarterly report on grants (R150): which quarter, and its figures as lines that a spreadsheet cannot run."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from cathedra.domain.access._words import DeferGround, GrantPurpose
from cathedra.domain.sheets import plain_cell
from cathedra.domain.terms import gettext_noop as _


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a calendar year."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def parse_quarter(text: str) -> Quarter | None:
    """A quarter as `2026-Q4`; None of anything else."""
    year, _dash, number = text.partition("-Q")
    if len(year) != 4 or not (year.isascii() and year.isdigit()) or number not in ("1", "2", "3", "4"):
        return None
    return Quarter(int(year), int(number)) if 1970 <= int(year) < 9999 else None


@dataclass(frozen=True, slots=True)
class GrantReport:
    """What was given in a quarter. `told` of `to_tell` owners were told before first use or at the grant (R146);
    `deferred` grants had the reason why not written down, by its ground; `refused` requests went on the trail."""

    quarter: Quarter
    by_purpose: Mapping[GrantPurpose, int]
    used: int
    uses: int
    revoked: int
    to_tell: int
    told: int
    told_instead: int
    deferred: Mapping[str, int]
    refused: Mapping[str, int]

    @property
    def given(self) -> int:
        return sum(self.by_purpose.values())

    @property
    def notice_percent(self) -> int | None:
        """Which share of those who were to be told were; None when nobody was."""
        return round(100 * self.told / self.to_tell) if self.to_tell else None

    @property
    def deferred_count(self) -> int:
        return sum(self.deferred.values())

    @property
    def refused_count(self) -> int:
        return sum(self.refused.values())


REPORT_COLUMNS = ("quarter", "figure", "value")
PURPOSE_NAMES: Mapping[GrantPurpose, str] = {
    GrantPurpose.IMPROVE_SYSTEM: _("Improving the system"),
    GrantPurpose.MANAGE_SYSTEM: _("Managing the system"),
}

DEFER_GROUND_NAMES: Mapping[DeferGround, str] = {
    DeferGround.SECURITY_INCIDENT: _("Telling them would prejudice a security incident"),
    DeferGround.LEGAL_DUTY: _("Telling them would prejudice a legal duty"),
}


def report_rows(report: GrantReport) -> list[tuple[str, str, str]]:
    """The report as lines of a table: quarter, figure, value."""
    share = "" if report.notice_percent is None else f"{report.notice_percent}"
    figures = [
        *((f"grants_{purpose.value}", str(report.by_purpose.get(purpose, 0))) for purpose in GrantPurpose),
        ("grants", str(report.given)),
        ("grants_used", str(report.used)),
        ("uses", str(report.uses)),
        ("revoked", str(report.revoked)),
        ("owners_to_tell", str(report.to_tell)),
        ("owners_told", str(report.told)),
        ("told_in_their_place", str(report.told_instead)),
        ("notice_rate_percent", share),
        *((f"deferred_for_{ground.value}", str(report.deferred.get(ground, 0))) for ground in DeferGround),
        ("deferred_notices", str(report.deferred_count)),
        *((f"refused_{rule}", str(count)) for rule, count in sorted(report.refused.items())),
        ("refused", str(report.refused_count)),
    ]
    return [(str(report.quarter), figure, value) for figure, value in figures]


def report_csv(report: GrantReport) -> str:
    """The same as a file; no cell begins with what a spreadsheet takes for a formula (security class 20)."""
    file = StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(REPORT_COLUMNS)
    for row in report_rows(report):
        lines.writerow([plain_cell(cell) for cell in row])
    return file.getvalue()
