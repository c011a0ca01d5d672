"""What can be set of licences, meters and of how long recordings are kept; the comments become docs/config.md."""

from dataclasses import dataclass
from typing import Literal

from cathedra.config._documented import documented as _doc


@dataclass(frozen=True, slots=True)
class Licence:
    year_start: str = _doc("09-01", "Month and day on which a licence year begins, in site.timezone (R105).")
    recorded_hours: int = _doc(0, "Hours that may be recorded in a licence year, until staff set them; 0: any (R106).")
    stored_hours: int = _doc(0, "Hours that may be stored at any moment; 0: any.")
    sponsor_address: str = _doc("", "Whoever pays is told here when a limit is passed (N42).")


@dataclass(frozen=True, slots=True)
class Meter:
    archived_licensed_hours: int = _doc(0, "Hours that may be archived, where those are licensed too; 0: any (R95).")


@dataclass(frozen=True, slots=True)
class Limit:
    mode: Literal["warn", "protect_teaching", "hard"] = _doc(
        "protect_teaching",
        "Above a limit: refuse nothing; refuse what is no teaching; refuse what is handed in too, and take what runs, is "
        "scheduled, or comes back from the archive (R108).",
    )


@dataclass(frozen=True, slots=True)
class Retention:
    profile: Literal["calendar", "last_view", "age", "none"] = _doc(
        "calendar", "What makes a recording old enough for the archive run: its year, or `days` (R132)."
    )
    days: int = _doc(0, "Of the profiles age and last_view: after how many days.")
    folder_profiles: str = _doc(
        "",
        "Profiles of single folders and what is below them, as the folder's id=age:730, and so on; the nearest counts.",
    )
    anchor: Literal["made", "received"] = _doc(
        "made",
        "From when a recording counts for the archive run: made is when it was captured, or received where it was uploaded or"
        " imported (R114); received is when it came here, whatever it is. Copies count from the copying, and everything"
        " that was restored from its restore.",
    )
    archive_date: str = _doc("09-01", "Month and day of the archive run, in site.timezone (R115).")
    delete_date: str = _doc("08-31", "Month and day of the deletion run (R122).")
    plan_tolerance_percent: int = _doc(5, "How much more than planned a run may find before the service is warned.")
    simulate_at_once: int = _doc(20_000, "What a rule would do with more recordings is looked at by a job (R132).")
    tombstone_years: int = _doc(3, "How long it is kept that something was deleted (R58).")
    assessment_keep_months: int = _doc(
        12, "Submissions are not deleted for so long after the end of their academic year (R129)."
    )


@dataclass(frozen=True, slots=True)
class Bin:
    days: int = _doc(90, "How long the bin keeps things before they are destroyed (R134).")


@dataclass(frozen=True, slots=True)
class Restore:
    min_role: Literal["viewer", "creator"] = _doc("viewer", "Who may restore from the archive: viewers too (R119).")
    max_hours: int = _doc(48, "What people are promised: it plays again after so many hours at most (R120).")
