"""What was watched: every stretch as it was told, and what is kept of it for each viewer and each recording (R213)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cathedra.db.models.fields import is_word, word
from cathedra.domain.playback import Start, Stop


class ViewEvent(models.Model):
    """One stretch that was played, on the unedited timeline. Never changed. The number that the player gave its telling
    makes one that is delivered again the same. Written by COPY, thousands a second: it refers to rows without the
    database's check, which would read them again for each."""

    pk = models.CompositePrimaryKey("session", "number", "place")
    session = models.UUIDField(help_text="one opening of the page")
    number = models.IntegerField(help_text="of the telling within the session, from 1")
    place = models.SmallIntegerField(help_text="within the telling")
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    account = models.ForeignKey(
        "Account",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    at = models.DateTimeField()
    start_ms = models.BigIntegerField()
    watched_ms = models.IntegerField(help_text="how much of the recording was played, at whatever speed")
    speed = models.FloatField()
    start = word(Start)
    stop = word(Stop)

    class Meta:
        constraints = [is_word("start", Start, "view_start"), is_word("stop", Stop, "view_stop")]


class ViewProgress(models.Model):
    """How far one viewer has come with one recording (R214, R215)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    watched = models.BinaryField(
        help_text="of each segment, how long it was watched, up to what counts; two bytes each"
    )
    percent = models.SmallIntegerField(default=0, help_text="the highest ever reached")
    views = models.IntegerField(default=0)
    delivered_ms = models.BigIntegerField(default=0)
    position_ms = models.BigIntegerField(default=0, help_text="where the last stretch ended")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("recording", "account"), name="view_progress_once"),
            models.CheckConstraint(condition=models.Q(percent__range=(0, 100)), name="view_progress_percent"),
        ]


class ViewTotals(models.Model):
    """The sums of a recording, kept by whoever writes its events in the same transaction (R215)."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    views = models.IntegerField(default=0)
    anonymous_views = models.IntegerField(default=0)
    viewers = models.IntegerField(default=0, help_text="who signed in, each once")
    delivered_ms = models.BigIntegerField(default=0)
    last_at = models.DateTimeField()
    played_ms = ArrayField(models.BigIntegerField(), help_text="of each segment, how much was played by all together")
    reached_by = ArrayField(
        models.IntegerField(), help_text="of each segment, how many signed-in viewers it counts for"
    )


class ViewFigures(models.Model):
    """The sums of a recording as whoever may not see names is told them: as they stood when five people or more had
    watched since they were last renewed (R216). No row before that."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    views = models.IntegerField()
    anonymous_views = models.IntegerField()
    viewers = models.IntegerField()
    delivered_ms = models.BigIntegerField()
    last_at = models.DateTimeField()
    played_ms = ArrayField(models.BigIntegerField())
    reached_by = ArrayField(models.IntegerField())
    average_percent = models.FloatField()
    renewed_at = models.DateTimeField(help_text="what was told until then is in it")
