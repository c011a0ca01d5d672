"""Limits are set by whoever runs the service, told as they come near, and keep new things out (R106, R108)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cathedra.actions import metering
from cathedra.actions.metering import HourLimits
from cathedra.db.models import AuditEvent, Department, Folder, LicenceLimit, Notice
from cathedra.db.writes import metering as writes
from cathedra.domain.metering import Category, Cause, Intake, Level, Line
from cathedra.domain.terms import Actor, Channel, Code, system_actor

YEAR = "2026-27"
NONE = HourLimits(None, None, None)


def use(category: Category, hours: float, now, year: str = YEAR) -> None:
    seconds = round(hours * 3600)
    writes.add_lines([Line(uuid4(), category, seconds, Cause.OPENING, now, year, None, uuid4(), "a")])


def test_r106_only_the_service_sets_limits_and_it_is_audited_with_what_stood_before(cast, now):
    dev = Actor(cast.dev, Channel.WEB)
    for who in (cast.alice, cast.ben, None):
        refused = metering.set_limits(YEAR, NONE, actor=Actor(who, Channel.WEB), now=now)
        assert (refused.code, refused.reasons[0].rule) == (Code.NO_PERMISSION, "R38")
    for year, hours in (("2026-28", NONE), ("", NONE), (YEAR, HourLimits(-1, None, None))):
        assert metering.set_limits(year, hours, actor=dev, now=now).code is Code.BAD_REQUEST, (year, hours)
    assert not LicenceLimit.objects.exists()
    assert metering.set_limits(YEAR, HourLimits(10, 20, None), actor=dev, now=now).is_permitted
    assert metering.set_limits(YEAR, HourLimits(11, None, 5), actor=Actor(None, Channel.CLI), now=now).is_permitted
    first, second = AuditEvent.objects.filter(action="meters:set_limits").order_by("id")
    assert (first.before["stored_s"], first.after["stored_s"], first.target_id) == (None, 72_000, YEAR)
    assert (second.before, second.after) == (
        {"recorded_s": 36_000, "stored_s": 72_000, "archived_s": None},
        {"recorded_s": 39_600, "stored_s": None, "archived_s": 18_000},
    )


@pytest.mark.django_db
def test_r106_the_configuration_counts_until_somebody_sets_a_limit(site_says, now):
    assert {gauge.limit_s for gauge in metering.gauges(now)} == {None}
    use(Category.RECORDED, 75, now)
    use(Category.RECORDED, 500, now, "2025-26")  # R105: another year's
    use(Category.STORED, 25, now, "2025-26")  # R105: it carries over
    with site_says(LICENCE_RECORDED_HOURS="100", LICENCE_STORED_HOURS="50"):
        found = {gauge.category: (gauge.percent, gauge.level) for gauge in metering.gauges(now)}
    assert found == {
        Category.RECORDED: (75, Level.NOTICE),
        Category.STORED: (50, Level.OK),
        Category.ARCHIVED: (None, Level.OK),
    }


@pytest.mark.slow
def test_n40_to_n42_crossing_is_told_to_whom_it_concerns_and_again_while_it_lasts(cast, now):
    Department.objects.update(contact_email="office@chemistry.example.org")
    metering.set_limits(YEAR, HourLimits(None, 100, None), actor=Actor(cast.dev, Channel.WEB), now=now)

    def watch(at) -> list[tuple[str, object]]:
        Notice.objects.all().delete()
        metering.watch_meters(actor=system_actor(), now=at)
        return [(row.kind, row.recipient_id or row.address) for row in Notice.objects.all()]

    office = "office@chemistry.example.org"
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert watch(now) == []
    use(Category.STORED, 75, now)
    assert watch(now + hour) == [("N40", cast.dev)]
    assert watch(now + 9 * day) == []
    use(Category.STORED, 15, now)
    near = now + 10 * day
    assert set(watch(near)) == {("N41", cast.dev), ("N41", office)}
    assert watch(near + day) == []
    assert len(watch(near + 7 * day)) == 2
    use(Category.STORED, 10, now)
    full = near + 8 * day
    assert set(watch(full)) == {("N42", cast.dev), ("N42", office)}
    assert watch(full + hour) == []
    assert len(watch(full + day)) == 2
    use(Category.STORED, -50, now)
    assert watch(full + 2 * day) == []  # it clears silently
    use(Category.STORED, 30, now)
    assert watch(full + 3 * day) == [("N40", cast.dev)]  # and is told when it is crossed again


@pytest.mark.slow
def test_n42_the_sponsor_is_told_too_and_recorded_hours_are_crossed_anew_each_year(cast, now, site_says):
    next_year = now + timedelta(days=365)
    for year in (YEAR, "2027-28"):
        metering.set_limits(year, HourLimits(100, 100, None), actor=Actor(cast.dev, Channel.WEB), now=now)

    def watch(at) -> set[tuple[str, object]]:
        Notice.objects.all().delete()
        with site_says(LICENCE_SPONSOR_ADDRESS="sponsor@example.org"):
            metering.watch_meters(actor=system_actor(), now=at)
        return {(row.kind, row.recipient_id or row.address) for row in Notice.objects.all()}

    use(Category.RECORDED, 100, now)
    assert watch(now) == {("N42", cast.dev), ("N42", "sponsor@example.org")}
    use(Category.RECORDED, 80, next_year, "2027-28")
    assert watch(next_year) == {("N40", cast.dev)}, "the old year was over, this one has begun at nought (R105)"


@pytest.mark.slow
def test_r108_a_full_store_keeps_uploads_out_but_no_teaching(cast, now):
    metering.set_limits(YEAR, HourLimits(None, 1, None), actor=Actor(cast.dev, Channel.WEB), now=now)
    assert metering.admit(Intake.UPLOAD, now=now).is_permitted
    use(Category.STORED, 1, now)
    assert metering.admit(Intake.UPLOAD, now=now).code is Code.LIMIT_REACHED
    assert metering.admit(Intake.SUBMISSION, now=now).is_permitted
    assert metering.admit(Intake.SCHEDULED, now=now).is_permitted


@pytest.mark.slow
def test_r108_an_upload_is_refused_before_its_first_byte_and_a_submission_is_not(cast, now):
    from cathedra.actions import ingest
    from cathedra.actions.ingest import Opened, Wish
    from cathedra.actions.ingest._open import place_upload
    from cathedra.db.models import Recording
    from cathedra.db.writes.transaction import transaction
    from cathedra.domain.ingest import RoomFacts

    assert ingest.Wish is Wish
    use(Category.STORED, 1, now)
    metering.set_limits(YEAR, HourLimits(None, 1, None), actor=Actor(cast.dev, Channel.WEB), now=now)
    room = RoomFacts(free_bytes=10**9, reserved_bytes=0, min_free_bytes=0, max_bytes=10**9)

    def send() -> object:
        wish = Wish(length_bytes=5, name="one.mp4", folder_id=cast.chemistry)
        with transaction():
            return place_upload(wish, room, actor=Actor(cast.alice, Channel.WEB), now=now, keep=timedelta(hours=1))

    assert send().code is Code.LIMIT_REACHED
    assert not Recording.objects.exists()
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
    assert isinstance(send(), Opened)
