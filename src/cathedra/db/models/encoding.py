"""Encoded outputs."""

import uuid

from django.db import models

from cathedra.db.models.fields import is_word, word
from cathedra.domain.encoding import RenditionKind


class Rendition(models.Model):
    """One encoded or copied output that is ready to be played. A row exists only once its bytes are in place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    stream = models.ForeignKey("Stream", on_delete=models.CASCADE, related_name="+")
    kind = word(RenditionKind)
    name = models.TextField(help_text="as v720 or a0: the stem of its files")
    is_copy = models.BooleanField(default=False, help_text="the upload's own bits, only packaged")
    width = models.IntegerField(null=True, blank=True)
    height = models.IntegerField(null=True, blank=True)
    frame_rate = models.FloatField(null=True, blank=True)
    codecs = models.TextField(help_text="RFC 6381, for CODECS")
    peak_bps = models.BigIntegerField(help_text="BANDWIDTH, measured from the segments")
    average_bps = models.BigIntegerField(help_text="AVERAGE-BANDWIDTH")
    size_bytes = models.BigIntegerField()
    duration_ms = models.BigIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("kind", RenditionKind, "rendition_kind"),
            models.UniqueConstraint(fields=("recording", "name"), name="rendition_name_once"),
        ]
