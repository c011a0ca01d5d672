"""What timetables told, and what became of it (R156). Additive."""

import cathedra.domain.ingest.timetable
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0058_grant_use_owner'),
    ]

    operations = [
        migrations.CreateModel(
            name='TimetableEvent',
            fields=[
                ('external_id', models.TextField(primary_key=True, serialize=False)),
                ('said', models.JSONField()),
                ('taken', models.JSONField(blank=True, null=True)),
                ('outcome', models.TextField()),
                ('why', models.JSONField(blank=True, help_text='the code, the rule, the sentence and its values', null=True)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('try_at', models.DateTimeField(blank=True, help_text='again, while it failed fewer than three times', null=True)),
                ('at', models.DateTimeField(help_text='when this became of it')),
                ('ends_at', models.DateTimeField(blank=True, help_text='of the event; it is forgotten later', null=True)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['outcome', 'at'], name='timetable_event_outcome'), models.Index(condition=models.Q(('try_at__isnull', False)), fields=['try_at'], name='timetable_event_again')],
                'constraints': [models.CheckConstraint(condition=models.Q(('external_id', ''), _negated=True), name='timetable_event_named'), models.CheckConstraint(condition=models.Q(('outcome__in', [cathedra.domain.ingest.timetable.FeedOutcome['CALLED_OFF'], cathedra.domain.ingest.timetable.FeedOutcome['CHANGED'], cathedra.domain.ingest.timetable.FeedOutcome['EXCLUDED'], cathedra.domain.ingest.timetable.FeedOutcome['FAILED'], cathedra.domain.ingest.timetable.FeedOutcome['MADE'], cathedra.domain.ingest.timetable.FeedOutcome['MOVED'], cathedra.domain.ingest.timetable.FeedOutcome['UNCHANGED']])), name='timetable_event_outcome')],
            },
        ),
        migrations.CreateModel(
            name='TimetableRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_trial', models.BooleanField(help_text='says what would be done, and does nothing')),
                ('received_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('events', models.IntegerField(help_text='how many there are')),
                ('seen', models.IntegerField(default=0, help_text='how many of them were worked through')),
                ('said', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('lines', models.JSONField(default=list)),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('received_at'), descending=True), name='timetable_run_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('events__gte', 1), ('seen__gte', 0)), name='timetable_run_counts')],
            },
        ),
    ]
