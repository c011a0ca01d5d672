"""Plumbing every room uses: the audit trail."""

from django.db import models


class AuditEvent(models.Model):
    """Something that was done, by whom, to what (R224). Append-only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, blank=True)
    channel = models.TextField()
    address = models.TextField(blank=True)
    correlation_id = models.TextField(blank=True)
    action = models.TextField()
    target_kind = models.TextField()
    target_id = models.TextField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=("target_kind", "target_id", "id"), name="audit_target"),
            models.Index(fields=("actor_id", "id"), name="audit_actor"),
        ]
