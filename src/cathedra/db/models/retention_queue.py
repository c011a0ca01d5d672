"""What people say of runs: whoever answers for a recording lets it go (R125); somebody of the service has dealt with a line
that a run left out, and says what came of it (R126)."""

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


class RetentionLetGo(models.Model):
    """Somebody who was told of a run lets a recording go with it, and wants no more reminders of that."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("RetentionRun", on_delete=models.PROTECT, related_name="+")
    recording_id = models.UUIDField()
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("run", "recording_id", "account"), name="retention_let_go_once"),
        ]
