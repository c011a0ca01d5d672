"""Recordings that are being made, with their phases and pauses, and uploads whose length is told at their end. Additive."""

import cathedra.domain.ingest._captures
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0051_audio_description'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='is_deferred',
            field=models.BooleanField(db_default=False, default=False, help_text='its length is told at its end (tus)'),
        ),
        migrations.AlterField(
            model_name='upload',
            name='length_bytes',
            field=models.BigIntegerField(help_text='while deferred: the most it may become'),
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('phase', models.TextField()),
                ('begun_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('pauses', models.JSONField(default=list, help_text='[from, to] each; to is null while it lasts')),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), help_text='the positions of its files', size=None)),
                ('heard_at', models.DateTimeField(help_text='when whoever captures was last heard of')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('phase', 'ended'), _negated=True), fields=['heard_at'], name='capture_going_on')],
                'constraints': [models.CheckConstraint(condition=models.Q(('phase__in', [cathedra.domain.ingest._captures.CapturePhase['CAPTURING'], cathedra.domain.ingest._captures.CapturePhase['ENDED'], cathedra.domain.ingest._captures.CapturePhase['PAUSED'], cathedra.domain.ingest._captures.CapturePhase['TRANSFERRING']])), name='capture_phase'), models.CheckConstraint(condition=models.Q(('stopped_at__isnull', True), ('stopped_at__gte', models.F('begun_at')), _connector='OR'), name='capture_stops_later'), models.CheckConstraint(condition=models.Q(('phase__in', ('capturing', 'paused')), ('stopped_at__isnull', False), _connector='OR'), name='capture_stopped')],
            },
        ),
    ]
