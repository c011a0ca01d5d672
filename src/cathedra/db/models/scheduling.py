"""Rooms that record: facilities, the recorders in them, what is scheduled on those (R151, R153), and what a timetable tells
(R156)."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import models
from django.db.models import F, Func, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.ingest.timetable import FeedOutcome

# A recorder's number and a time in one number, in whole seconds, so that PostgreSQL's own index of ranges serves both.
_BOOKED = (
    "int8range("
    "recorder_id * 100000000000 + floor(extract(epoch from starts_at at time zone 'UTC'))::bigint, "
    "recorder_id * 100000000000 + ceil(extract(epoch from ends_at at time zone 'UTC'))::bigint)"
)


class Facility(models.Model):
    """A place with recorders. Its department is the host, who is told when a capture is called off (N3)."""

    id = models.BigAutoField(primary_key=True)
    name = models.TextField(unique=True)
    department = models.ForeignKey("Department", on_delete=models.PROTECT, related_name="+")
    schedulers = models.ManyToManyField("Account", related_name="+", help_text="may schedule on its recorders (R152)")
    technicians = models.ManyToManyField("Account", related_name="+", help_text="are told of what was missed (N4)")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="facility_named")]


class Recorder(models.Model):
    """One device of a facility. What is retired takes no new schedules, and stays for what was recorded on it."""

    id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("Facility", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    keeps_primary = models.BooleanField(
        default=True, help_text="records the stream that a recording cannot lack (R151)"
    )
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("facility", "name"), name="recorder_once"),
            models.CheckConstraint(condition=~Q(name=""), name="recorder_named"),
            models.CheckConstraint(
                condition=Q(id__gte=1, id__lte=90_000_000), name="recorder_number_fits"
            ),  # beside the time in one number, see `_BOOKED`
        ]


class Schedule(models.Model):
    """When a recording is to be made. The row stays after it was made, called off or missed."""

    recording = models.OneToOneField("Recording", primary_key=True, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    series = models.UUIDField(null=True, blank=True, help_text="those that were scheduled together (R155)")
    scheduled_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    presenter = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    external_id = models.TextField(null=True, blank=True, unique=True, help_text="of a timetable's event (R156)")
    recorders = models.ManyToManyField("Recorder", through="ScheduleRecorder", related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="schedule_ends_later"),
            models.CheckConstraint(condition=Q(external_id__isnull=True) | ~Q(external_id=""), name="schedule_event"),
        ]
        indexes = [
            models.Index(fields=("starts_at",), name="schedule_by_start"),
            models.Index(fields=("ends_at",), name="schedule_by_end"),
            models.Index(fields=("series", "starts_at"), condition=Q(series__isnull=False), name="schedule_series"),
        ]


class ScheduleRecorder(models.Model):
    """A recorder's time that a schedule takes: the same times as the schedule's, from start up to and without the end.
    While it stands, nothing else takes any of it (R153), whoever writes at the same moment."""

    id = models.BigAutoField(primary_key=True)
    schedule = models.ForeignKey("Schedule", on_delete=models.CASCADE, related_name="+")
    recorder = models.ForeignKey("Recorder", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stands = models.BooleanField(default=True, help_text="not called off: its time is taken")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("schedule", "recorder"), name="schedule_recorder_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="schedule_recorder_ends_later"),
            ExclusionConstraint(
                name="schedule_recorder_alone",
                expressions=[(Func(template=_BOOKED, output_field=BigIntegerRangeField()), "&&")],
                condition=Q(stands=True),
            ),
        ]
        indexes = [models.Index(fields=("recorder", "starts_at"), name="schedule_recorder_by_start")]


class TimetableRun(models.Model):
    """A feed as it was sent, and what became of it. What it said is kept until it is worked through, `lines` are what is
    worth reading of the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sent_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_trial = models.BooleanField(help_text="says what would be done, and does nothing")
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    events = models.IntegerField(help_text="how many there are")
    seen = models.IntegerField(default=0, help_text="how many of them were worked through")
    said = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    lines = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(events__gte=1, seen__gte=0), name="timetable_run_counts")]
        indexes = [models.Index(F("received_at").desc(), name="timetable_run_newest")]


class TimetableEvent(models.Model):
    """What a timetable said last of an event, and what became of that. `taken` is what was done last: what it says
    otherwise later is changed, and what a person changed here meanwhile stays."""

    external_id = models.TextField(primary_key=True)
    sent_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said = models.JSONField()
    taken = models.JSONField(null=True, blank=True)
    outcome = word(FeedOutcome)
    why = models.JSONField(null=True, blank=True, help_text="the code, the rule, the sentence and its values")
    attempts = models.SmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True, help_text="again, while it failed fewer than three times")
    at = models.DateTimeField(help_text="when this became of it")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="of the event; it is forgotten later")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(external_id=""), name="timetable_event_named"),
            is_word("outcome", FeedOutcome, "timetable_event_outcome"),
        ]
        indexes = [
            models.Index(fields=("outcome", "at"), name="timetable_event_outcome"),
            models.Index(fields=("try_at",), condition=Q(try_at__isnull=False), name="timetable_event_again"),
        ]
