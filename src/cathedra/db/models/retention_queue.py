"""What a run left out waits for somebody: who dealt with a line, when, and what came of it (R126)."""

from django.db import models
from django.db.models import Q


class RetentionDealt(models.Model):
    """Somebody has dealt with a recording that a run left out."""

    item = models.OneToOneField("RetentionItem", on_delete=models.PROTECT, primary_key=True, related_name="dealt")
    dealt_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    dealt_at = models.DateTimeField()
    note = models.TextField(help_text="what came of it")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="retention_dealt_says_how")]
