"""How long things are kept: what happened to each, the runs with their frozen plans, who was told, exemptions, restores,
tombstones. What was told and what a run was to do only grows; a trigger of the migration refuses the rest."""

import uuid

from django.db import models
from django.db.models import F, Q

from cathedra.db.models.access import one_target
from cathedra.db.models.fields import is_word, word
from cathedra.domain.retention import Exempt, ExemptionReason, ItemState, Joined, Profile, RunKind


class Kept(models.Model):
    """What happened to a recording's keeping; no row where nothing did."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    restored_at = models.DateTimeField(null=True, blank=True, help_text="R114: its anchor from then on")
    recycled_at = models.DateTimeField(null=True, blank=True)
    bin_since = models.DateTimeField(
        null=True, blank=True, help_text="R134: its days in the bin count from then, where not from recycled_at"
    )
    bin_warned_at = models.DateTimeField(null=True, blank=True, help_text="N39: that these days end was said then")
    recycled_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_by_decision = models.BooleanField(default=False, help_text="T35: put into the bin by a decision")
    unit = models.ForeignKey(
        "FolderBin",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_index=False,
        related_name="+",
        help_text="R138: put into the bin with its folder",
    )
    purged_at = models.DateTimeField(null=True, blank=True)
    has_leftovers = models.BooleanField(default=False, help_text="files of where it was before are still to be removed")

    class Meta:
        indexes = [
            models.Index(fields=("recycled_at",), condition=Q(recycled_at__isnull=False), name="kept_in_bin"),
            models.Index(fields=("recording",), condition=Q(has_leftovers=True), name="kept_leftovers"),
            models.Index(fields=("unit",), condition=Q(unit__isnull=False), name="kept_of_unit"),
        ]


class FolderBin(models.Model):
    """A folder that was put into the bin with everything below it, as one unit (R138)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.ForeignKey("Folder", on_delete=models.PROTECT, related_name="+")
    recycled_at = models.DateTimeField()
    recycled_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recordings = models.IntegerField()
    seconds = models.BigIntegerField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("folder",), condition=Q(taken_back_at__isnull=True), name="folder_bin_open_once"
            ),
        ]


class RetentionRun(models.Model):
    """One run of a year: from when people are told of it to its receipts (R127)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = word(RunKind)
    day = models.DateField(help_text="in the site's calendar")
    cutoff_at = models.DateTimeField()
    told = models.JSONField(default=dict, help_text="when each step was told, by its days")
    frozen_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True, help_text="when the library was compared with the plan")
    ended_at = models.DateTimeField(null=True, blank=True)
    receipted_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, help_text="somebody has stopped it for now")

    class Meta:
        constraints = [
            is_word("kind", RunKind, "retention_run_kind"),
            models.UniqueConstraint(fields=("kind", "day"), name="retention_run_once"),
            models.CheckConstraint(
                condition=Q(began_at__isnull=True) | Q(frozen_at__isnull=False), name="retention_run_planned_first"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(joined_at__isnull=False), name="retention_run_joined_first"
            ),
        ]


class RunOutlook(models.Model):
    """What the next run of a kind would take, as last looked at before its plan stands (R107)."""

    kind = models.TextField(primary_key=True)
    day = models.DateField(help_text="of that run, in the site's calendar")
    recordings = models.IntegerField()
    seconds = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [is_word("kind", RunKind, "run_outlook_kind")]


class RetentionTrial(models.Model):
    """A rule tried on a large library by a job: how far that is, and then what it would do (R127, R132)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.TextField(blank=True, help_text="nothing: as it is set here, with the rules of folders")
    days = models.IntegerField(default=0)
    asked_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    recordings = models.IntegerField(help_text="as many as there were when it was asked for")
    looked_at = models.IntegerField(default=0, help_text="as many of them so far")
    tallies = models.JSONField(null=True, blank=True, help_text="what each run would take; nothing when it failed")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(profile="") | Q(profile__in=sorted(Profile)), name="retention_trial_profile"
            ),
            models.CheckConstraint(
                condition=Q(tallies__isnull=True) | Q(ended_at__isnull=False), name="retention_trial_ends"
            ),
        ]
        indexes = [models.Index(fields=("profile", "days", "asked_at"), name="retention_trial_of_rule")]


class RetentionItem(models.Model):
    """One recording in a run: as it was when it came into the plan, and what became of it. Outlives the recording."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("RetentionRun", on_delete=models.PROTECT, related_name="+")
    recording_id = models.UUIDField()
    owner_id = models.UUIDField()
    folder_id = models.UUIDField()
    seconds = models.BigIntegerField()
    joined = word(Joined)
    state = word(ItemState)
    why = models.TextField(blank=True, help_text="why it was skipped")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("joined", Joined, "retention_item_joined"),
            is_word("state", ItemState, "retention_item_state"),
            models.UniqueConstraint(fields=("run", "recording_id"), name="retention_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=("PLANNED", "CLAIMED"), settled_at__isnull=True)
                | Q(state__in=("DONE", "SKIPPED"), settled_at__isnull=False),
                name="retention_item_settled",
            ),
            models.CheckConstraint(
                condition=(Q(state="SKIPPED") & ~Q(why="")) | (~Q(state="SKIPPED") & Q(why="")),
                name="retention_item_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=("run", "id"), condition=Q(state__in=("PLANNED", "CLAIMED")), name="retention_item_open"
            ),
            models.Index(fields=("run", "owner_id"), name="retention_item_owner"),
            models.Index(fields=("recording_id",), name="retention_item_recording"),
        ]


class RetentionTelling(models.Model):
    """Whom a step of a run was addressed to, recording by recording: the proof that R126 asks for, with the notice of
    the same event. Never changed."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("RetentionRun", on_delete=models.PROTECT, related_name="+")
    step_days = models.SmallIntegerField(help_text="days before the run; 0: the receipt")
    recording_id = models.UUIDField()
    folder_id = models.UUIDField()
    seconds = models.BigIntegerField()
    recipient_id = models.UUIDField(null=True, blank=True)
    address = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("run", "step_days", "recording_id", "recipient_id", "address"),
                name="retention_telling_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(recipient_id__isnull=False, address="") | (Q(recipient_id__isnull=True) & ~Q(address="")),
                name="retention_telling_one_recipient",
            ),
        ]
        indexes = [
            models.Index(fields=("run", "step_days", "recipient_id", "address"), name="retention_telling_to"),
        ]


class RetentionExemption(models.Model):
    """Somebody asks that a folder with all below it, or a recording, is kept longer, and what was decided (R128)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.ForeignKey("Folder", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey("Recording", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    what = word(Exempt)
    reason_kind = word(ExemptionReason)
    reason = models.TextField()
    asked_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True, blank=True, help_text="null: not decided yet")
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was taken back before its time")

    class Meta:
        constraints = [
            is_word("what", Exempt, "retention_exemption_what"),
            is_word("reason_kind", ExemptionReason, "retention_exemption_reason_kind"),
            one_target("retention_exemption_target"),
            models.CheckConstraint(condition=~Q(reason=""), name="retention_exemption_says_why"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="retention_exemption_ends_later"),
            models.CheckConstraint(
                condition=Q(is_granted__isnull=True, decided_at__isnull=True)
                | Q(is_granted__isnull=False, decided_at__isnull=False),
                name="retention_exemption_decided",
            ),
        ]
        indexes = [
            models.Index(fields=("folder",), condition=Q(is_granted=True), name="retention_exempt_folder"),
            models.Index(fields=("recording",), condition=Q(is_granted=True), name="retention_exempt_recording"),
            models.Index(fields=("asked_at",), condition=Q(is_granted__isnull=True), name="retention_exempt_open"),
        ]


class Restore(models.Model):
    """Somebody asked for a recording back from the archive (R119, R120)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_done = models.BooleanField(null=True, blank=True, help_text="false: it failed (T33)")
    problem = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True, help_text="when somebody dealt with the failure")
    taken_up = models.SmallIntegerField(default=0, db_default=0, help_text="how often it was begun again")
    told_late_at = models.DateTimeField(null=True, blank=True, help_text="when people heard that it takes too long")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("recording",), condition=Q(ended_at__isnull=True), name="restore_open_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, is_done__isnull=True)
                | Q(ended_at__isnull=False, is_done__isnull=False),
                name="restore_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=("recording",), condition=Q(is_done=False, resolved_at__isnull=True), name="restore_failed"
            ),
        ]


class Tombstone(models.Model):
    """What is remembered of a recording that was destroyed, for `retention.tombstone_years` (R58)."""

    recording_id = models.UUIDField(primary_key=True)
    owner_id = models.UUIDField()
    folder_id = models.UUIDField()
    folder_path = models.TextField()
    title = models.TextField()
    duration_ms = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField()
    reason = models.TextField()
    run_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=("purged_at",), name="tombstone_purged_at")]
