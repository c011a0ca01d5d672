"""Plumbing every room uses: the audit trail."""

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT


class AuditEvent(models.Model):
    """Something that was done, by whom, to what (R224). Append-only, as a chain (ADR 9).

    The database gives `id` (1, 2, 3 … without a gap), `previous_hash` and `hash`, whatever is inserted, and refuses
    every UPDATE, DELETE and TRUNCATE.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, blank=True)
    on_behalf_of_id = models.UUIDField(null=True, blank=True)
    channel = models.TextField()
    address = models.TextField(blank=True)
    correlation_id = models.TextField(blank=True)
    action = models.TextField()
    target_kind = models.TextField()
    target_id = models.TextField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.TextField(blank=True, editable=False)
    hash = models.TextField(blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=("target_kind", "target_id", "id"), name="audit_target"),
            models.Index(fields=("actor_id", "id"), name="audit_actor"),
            models.Index(fields=("action", "id"), name="audit_action"),
            models.Index(fields=("at",), name="audit_at"),
            models.Index(
                fields=("on_behalf_of_id", "id"), name="audit_behalf", condition=Q(on_behalf_of_id__isnull=False)
            ),
            models.Index(  # what left a folder (R225)
                KT("before__folder_id"), F("id"), name="audit_left", condition=Q(before__has_key="folder_id")
            ),
        ]


class AuditHead(models.Model):
    """The end of the chain: the number and the hash of the last event. One row, moved by the database alone."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    last_id = models.BigIntegerField()
    last_hash = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_one")]
