"""Which levels let whom in, and what an ordinary viewer meets now (R37)."""

from datetime import UTC, datetime, timedelta

from cathedra.domain import access
from cathedra.domain.access import Audience, FolderRole, Media, RecordingFacts, SharingLevel, Standing

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def test_the_ways_of_levels_end_at_the_cap_r33_and_are_a_union_r32():
    def ways(folder, own, cap=SharingLevel.ORGANISATION):
        found = access.ways_of_levels(folder, own, cap=cap, folder_name="F", recording_name="R")
        return [(way.through, way.audience, way.is_listed) for way in found]

    organisation, public = SharingLevel.ORGANISATION, SharingLevel.PUBLIC
    assert ways(SharingLevel.RESTRICTED, None) == []
    assert ways(organisation, SharingLevel.RESTRICTED) == [("F", Audience.ORGANISATION, True)]
    assert ways(SharingLevel.RESTRICTED, public) == [("R", Audience.ORGANISATION, True)]
    assert ways(SharingLevel.ORGANISATION_UNLISTED, public, public) == [
        ("F", Audience.ORGANISATION, False),
        ("R", Audience.PUBLIC, True),
    ]


def test_what_a_viewer_is_told_whoever_asks_r37():
    def told(state, publication="PUBLISHED", **facts):
        asked = RecordingFacts(
            True,
            frozenset({FolderRole.CREATOR}),
            appointments=frozenset({Standing.SERVICE_ADMIN}),
            media=Media(state, publication=publication, is_owner=True),
            **facts,
        )
        return access.as_a_viewer(asked, NOW).code

    assert told("published") == "ALLOW"
    assert told("waiting", "WAITING") == "WAITING_APPROVAL"
    assert told("held") == "HELD"
    assert told("archived") == "ARCHIVED"
    later = access.Availability(start=access.RecordingStart.DATE, starts_at=NOW + timedelta(days=1))
    assert told("published", availability=later) == "NOT_YET"
