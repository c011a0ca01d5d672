"""How recorders in rooms are connected, what is heard of them, and what they report (R158, R164)."""

from django.db import models
from django.db.models import F, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.ingest import ErrorSeverity, RecorderState


class RecorderConnection(models.Model):
    """One for a recorder. Of its code and of its token only the digests are here; either is used by whoever holds it."""

    recorder = models.OneToOneField("Recorder", primary_key=True, on_delete=models.CASCADE, related_name="+")
    configured_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    code_digest = models.TextField(null=True, blank=True, unique=True, help_text="gone when it was used (once)")
    code_expires_at = models.DateTimeField(null=True, blank=True)
    token_digest = models.TextField(null=True, blank=True, unique=True, help_text="gone when it was revoked")
    connected_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True, help_text="the last heartbeat")
    state = word(RecorderState, default=RecorderState.STOPPED)
    free_bytes = models.BigIntegerField(null=True, blank=True, help_text="of its own disk")
    version = models.TextField(blank=True)
    silent_since = models.DateTimeField(null=True, blank=True, help_text="it records, and hears nothing (R164)")

    class Meta:
        constraints = [
            is_word("state", RecorderState, "connection_state"),
            models.CheckConstraint(
                condition=Q(code_digest__isnull=True, code_expires_at__isnull=True)
                | Q(code_digest__isnull=False, code_expires_at__isnull=False),
                name="connection_code_paired",
            ),
            models.CheckConstraint(
                condition=Q(token_digest__isnull=True) | Q(connected_at__isnull=False), name="connection_since"
            ),
            models.CheckConstraint(condition=Q(free_bytes__isnull=True) | Q(free_bytes__gte=0), name="connection_disk"),
        ]


class RecorderError(models.Model):
    """What went wrong at a recorder, as it says. `at` is when by its own clock."""

    id = models.BigAutoField(primary_key=True)
    recorder = models.ForeignKey("Recorder", on_delete=models.CASCADE, related_name="+")
    severity = word(ErrorSeverity)
    type = models.TextField()
    code = models.TextField(blank=True)
    text = models.CharField(max_length=250)
    at = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [is_word("severity", ErrorSeverity, "recorder_error_severity")]
        indexes = [models.Index("recorder", F("id").desc(), name="recorder_error_newest")]
