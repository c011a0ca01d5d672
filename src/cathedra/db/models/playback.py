"""Giving it back: where each viewer stopped."""

from django.db import models


class ViewingPosition(models.Model):
    """Where somebody left a recording, to resume there."""

    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    position_ms = models.BigIntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("account", "recording"), name="viewing_position_once"),
            models.CheckConstraint(condition=models.Q(position_ms__gte=0), name="viewing_position_positive"),
        ]
        indexes = [models.Index("account", models.F("updated_at").desc(), name="viewing_position_latest")]
