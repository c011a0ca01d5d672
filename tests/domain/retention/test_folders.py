"""A folder into the bin and out of it, as one unit: what stands in the way (R129, R130, R134, R138)."""

import dataclasses
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cathedra.domain import retention
from cathedra.domain.retention import Facts, FolderBinFacts, Obstacle, UnitFacts, Why
from cathedra.domain.terms import AccountId, Code, FolderId, RecordingId, deny, permit

NOW, DAY = datetime(2026, 11, 2, tzinfo=UTC), timedelta(days=1)
NO = deny(Code.NO_PERMISSION, "R41", "No.")
LIVE = Facts(
    RecordingId(UUID(int=1)), AccountId(UUID(int=2)), FolderId(UUID(int=3)), 60, "READY", "PUBLISHED", "ONLINE", NOW
)


def test_r138_what_keeps_a_folder_where_it_is():
    cases = [
        ({}, None),
        ({"keeping": "ARCHIVED"}, None),
        ({"media": "FAILED"}, None),
        ({"is_held": True}, Why.HELD),
        ({"is_held": True, "keeping": "RECYCLED"}, None),
        ({"is_held": True, "keeping": "PURGED"}, None),
        ({"keep_until": NOW + DAY}, Why.ASSESSED),
        ({"keep_until": NOW}, None),
        ({"keeping": "RESTORING"}, Why.RESTORING),
        *(({"media": media}, Why.NOT_OVER) for media in ("SCHEDULED", "RECORDING", "RECEIVED", "PREPARING")),
    ]
    for facts, why in cases:
        assert retention.stays_in_folder(dataclasses.replace(LIVE, **facts), NOW) is why, facts


def test_r138_every_answer_to_who_deletes_a_folder():
    held = Obstacle(LIVE.recording_id, "Viva", Why.HELD)
    assessed = Obstacle(LIVE.recording_id, "Essay", Why.ASSESSED)
    cases = [
        (FolderBinFacts(permit()), Code.ALLOW),
        (FolderBinFacts(NO, is_personal=True), Code.NO_PERMISSION),
        (FolderBinFacts(permit(), is_personal=True), Code.ILLEGAL_TRANSITION),
        (FolderBinFacts(permit(), others=2), Code.ILLEGAL_TRANSITION),
        (FolderBinFacts(permit(), obstacles=[assessed]), Code.ILLEGAL_TRANSITION),
        (FolderBinFacts(permit(), obstacles=[assessed, held]), Code.HELD),
    ]
    for facts, code in cases:
        assert retention.decide_recycle_folder(facts).code is code, facts
    listed = retention.decide_recycle_folder(FolderBinFacts(permit(), obstacles=[held] * 30))
    assert listed.reasons[0].values["count"] == "30"
    assert listed.reasons[0].values["titles"].count("Viva") == 20
    assert listed.reasons[1].sentence == retention.WHY_SENTENCES[Why.HELD]


def test_r138_every_answer_to_who_takes_it_out():
    cases = [
        (UnitFacts(permit(), NOW), NOW + 89 * DAY, Code.ALLOW),
        (UnitFacts(permit(), NOW), NOW + 90 * DAY, Code.GONE),
        (UnitFacts(permit(), NOW, is_over=True), NOW + 200 * DAY, Code.ALLOW),  # R53
        (UnitFacts(permit(), NOW, is_below_another=True), NOW, Code.ILLEGAL_TRANSITION),
        (UnitFacts(NO, NOW), NOW, Code.NO_PERMISSION),
    ]
    for facts, now, code in cases:
        assert retention.decide_take_back_folder(facts, days=90, now=now).code is code, facts
