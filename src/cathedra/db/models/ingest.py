"""Getting bytes in: uploads by the tus protocol, captures, and imports that wait for their owner."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.ingest import CapturePhase, UploadKind, UploadState


class Upload(models.Model):
    """A tus upload. `offset_bytes` is the truth; the file may hold more, never less."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("Account", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recorder = models.ForeignKey(
        "Recorder", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="that sends it itself"
    )
    recording = models.ForeignKey("Recording", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.SmallIntegerField(default=0, help_text="0: first file, 1: second stream")
    kind = word(UploadKind)
    state = word(UploadState)
    original_name = models.TextField(blank=True)
    fingerprint = models.TextField(blank=True, help_text="what the browser knows the file by")
    metadata = models.TextField(blank=True, help_text="Upload-Metadata, given back as it came")
    length_bytes = models.BigIntegerField(help_text="while deferred: the most it may become")
    is_deferred = models.BooleanField(default=False, db_default=False, help_text="its length is told at its end (tus)")
    sha256 = models.TextField(blank=True, default="", db_default="", help_text="of the whole, as its recorder told it")
    offset_bytes = models.BigIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True, help_text="the request that may write now")
    lease_until = models.DateTimeField(null=True, blank=True)
    parts = models.JSONField(default=list, help_text="upload ids, in order, of a concatenation")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("kind", UploadKind, "upload_kind"),
            is_word("state", UploadState, "upload_state"),
            models.CheckConstraint(
                condition=Q(offset_bytes__gte=0, offset_bytes__lte=F("length_bytes")), name="upload_offset_in_range"
            ),
            models.CheckConstraint(
                condition=Q(lease__isnull=True, lease_until__isnull=True)
                | Q(lease__isnull=False, lease_until__isnull=False),
                name="upload_lease_paired",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, recorder__isnull=True)
                | Q(account__isnull=True, recorder__isnull=False),
                name="upload_one_sender",
            ),
            models.CheckConstraint(condition=Q(sha256="") | Q(sha256__regex="^[0-9a-f]{64}$"), name="upload_sha256"),
        ]
        indexes = [
            models.Index("account", F("created_at").desc(), name="upload_of_account"),
            models.Index(fields=("expires_at",), condition=Q(state="OPEN"), name="upload_open_expiry"),
        ]


class Intake(models.Model):
    """R93: an import that has arrived and that its owner has neither kept nor discarded. The row goes when they keep it;
    what comes out of the bin waits anew."""

    recording = models.OneToOneField("Recording", primary_key=True, on_delete=models.CASCADE, related_name="+")
    brought_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    since_at = models.DateTimeField(help_text="from when its days count")


class Capture(models.Model):
    """A recording that is being made, in a browser or by a recorder (T8 to T11, R55). The row stays: of its pauses, in
    milliseconds from its begin, the cuts are made (R162)."""

    recording = models.OneToOneField("Recording", primary_key=True, on_delete=models.CASCADE, related_name="+")
    phase = word(CapturePhase)
    begun_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list, help_text="[from, to] each; to is null while it lasts")
    parts = ArrayField(models.SmallIntegerField(), help_text="the positions of its files")
    heard_at = models.DateTimeField(help_text="when whoever captures was last heard of")
    recorder = models.ForeignKey(
        "Recorder", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="that began it (T5)"
    )

    class Meta:
        constraints = [
            is_word("phase", CapturePhase, "capture_phase"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("begun_at")), name="capture_stops_later"
            ),
            models.CheckConstraint(
                condition=Q(phase__in=("capturing", "paused")) | Q(stopped_at__isnull=False), name="capture_stopped"
            ),
        ]
        indexes = [
            models.Index(fields=("heard_at",), condition=~Q(phase="ended"), name="capture_going_on"),
        ]
