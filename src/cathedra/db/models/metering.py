"""The ledger of hours and its totals (R104). Lines are only ever added; the database itself sees to that."""

import uuid

from django.db import models
from django.db.models import F, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.metering import Category, Cause, Level


class MeterEntry(models.Model):
    """One line of the ledger. What it names is written down as it was, so that nothing later changes it.

    The database refuses every UPDATE, DELETE and TRUNCATE, and keeps `MeterTotal` by a trigger.
    """

    id = models.BigAutoField(primary_key=True)
    recording_id = models.UUIDField()
    category = word(Category)
    delta_s = models.BigIntegerField(help_text="whole seconds (R96)")
    cause = word(Cause)
    at = models.DateTimeField()
    licence_year = models.TextField(help_text="as 2026-27; of RECORDED the year it is attributed to (R98)")
    department_id = models.UUIDField(null=True, blank=True)
    owner_id = models.UUIDField()
    folder_path = models.TextField()
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            is_word("category", Category, "meter_entry_category"),
            is_word("cause", Cause, "meter_entry_cause"),
            models.CheckConstraint(condition=~Q(delta_s=0), name="meter_entry_says_something"),
            models.CheckConstraint(  # R98: never reduced, but by a correction
                condition=~Q(category=Category.RECORDED) | Q(delta_s__gt=0) | Q(cause=Cause.CORRECTION),
                name="meter_entry_recorded_grows",
            ),
            models.CheckConstraint(  # R8
                condition=Q(corrects__isnull=True) | Q(cause=Cause.CORRECTION), name="meter_entry_corrects"
            ),
        ]
        indexes = [
            models.Index(fields=("recording_id",), name="meter_entry_recording"),
            models.Index(fields=("at", "category"), name="meter_entry_at"),
            models.Index(  # what was recorded for somebody (R111)
                fields=("owner_id", "licence_year"), condition=Q(category=Category.RECORDED), name="meter_entry_owner"
            ),
        ]


class MeterTotal(models.Model):
    """The running sum of a category by licence year and department. Written by the database alone."""

    id = models.BigAutoField(primary_key=True)
    licence_year = models.TextField()
    category = word(Category)
    department_id = models.UUIDField(null=True, blank=True)
    seconds = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("licence_year", "category", "department_id"), nulls_distinct=False, name="meter_total_once"
            )
        ]


class LicenceLimit(models.Model):
    """The limits of one licence year (R106), in whole seconds; null: none. A year without a row has those of the
    configuration."""

    licence_year = models.TextField(primary_key=True)
    recorded_s = models.BigIntegerField(null=True, blank=True)
    stored_s = models.BigIntegerField(null=True, blank=True)
    archived_s = models.BigIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(recorded_s__isnull=True) | Q(recorded_s__gte=0))
                & (Q(stored_s__isnull=True) | Q(stored_s__gte=0))
                & (Q(archived_s__isnull=True) | Q(archived_s__gte=0)),
                name="licence_limit_not_negative",
            )
        ]


class MeterLevel(models.Model):
    """How full a category was when it was last looked at, and when that was last told (N40 to N42)."""

    category = models.TextField(primary_key=True)
    licence_year = models.TextField()
    level = word(Level)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("category", Category, "meter_level_category"),
            is_word("level", Level, "meter_level_level"),
        ]


class Allocation(models.Model):
    """Hours set aside for a department, or for a folder with all below it (R110), in whole seconds; null: none. The
    steps are those that were told last (N51), the recorded one in `told_year`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    department = models.OneToOneField("Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    folder = models.OneToOneField("Folder", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_s = models.BigIntegerField(null=True, blank=True)
    stored_s = models.BigIntegerField(null=True, blank=True)
    is_enforced = models.BooleanField(default=False)
    told_year = models.TextField(blank=True, default="")
    told_recorded = models.SmallIntegerField(default=0)
    told_stored = models.SmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=True, folder__isnull=False)
                | Q(department__isnull=False, folder__isnull=True),
                name="allocation_of_one",
            ),
            models.CheckConstraint(
                condition=(Q(recorded_s__isnull=True) | Q(recorded_s__gte=0))
                & (Q(stored_s__isnull=True) | Q(stored_s__gte=0))
                & (Q(recorded_s__isnull=False) | Q(stored_s__isnull=False)),
                name="allocation_says_something",
            ),
        ]


class LimitException(models.Model):
    """Somebody asks to bring in new recordings while a limit refuses them, or whoever runs the service lets them (R108).
    Asked for, given until an end, ended before it; refused is ended without having been given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField()
    given_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="limit_exception_says_why"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True, until__isnull=True)
                | Q(given_at__isnull=False, until__gt=F("given_at")),
                name="limit_exception_ends",
            ),
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(given_at__isnull=True, ended_at__isnull=True),
                name="limit_exception_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=("account", "until"), condition=Q(ended_at__isnull=True), name="limit_exception_open")
        ]
