"""Facilities, their recorders, and what is scheduled on them; no two at once on one (R151 to R155). Additive."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0052_captures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.TextField(unique=True)),
                ('created_at', models.DateTimeField()),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.department')),
                ('schedulers', models.ManyToManyField(help_text='may schedule on its recorders (R152)', related_name='+', to=settings.AUTH_USER_MODEL)),
                ('technicians', models.ManyToManyField(help_text='are told of what was missed (N4)', related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Recorder',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('keeps_primary', models.BooleanField(default=True, help_text='records the stream that a recording cannot lack (R151)')),
                ('created_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('facility', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.facility')),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('series', models.UUIDField(blank=True, help_text='those that were scheduled together (R155)', null=True)),
                ('external_id', models.TextField(blank=True, help_text="of a timetable's event (R156)", null=True, unique=True)),
                ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('scheduled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ScheduleRecorder',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('stands', models.BooleanField(default=True, help_text='not called off: its time is taken')),
                ('recorder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.recorder')),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.schedule')),
            ],
        ),
        migrations.AddField(
            model_name='schedule',
            name='recorders',
            field=models.ManyToManyField(related_name='+', through='cathedra.ScheduleRecorder', to='cathedra.recorder'),
        ),
        migrations.AddConstraint(
            model_name='facility',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='facility_named'),
        ),
        migrations.AddConstraint(
            model_name='recorder',
            constraint=models.UniqueConstraint(fields=('facility', 'name'), name='recorder_once'),
        ),
        migrations.AddConstraint(
            model_name='recorder',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='recorder_named'),
        ),
        migrations.AddConstraint(
            model_name='recorder',
            constraint=models.CheckConstraint(condition=models.Q(('id__gte', 1), ('id__lte', 90000000)), name='recorder_number_fits'),
        ),
        migrations.AddIndex(
            model_name='schedulerecorder',
            index=models.Index(fields=['recorder', 'starts_at'], name='schedule_recorder_by_start'),
        ),
        migrations.AddConstraint(
            model_name='schedulerecorder',
            constraint=models.UniqueConstraint(fields=('schedule', 'recorder'), name='schedule_recorder_once'),
        ),
        migrations.AddConstraint(
            model_name='schedulerecorder',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='schedule_recorder_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='schedulerecorder',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('stands', True)), expressions=[(models.Func(output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(), template="int8range(recorder_id * 100000000000 + floor(extract(epoch from starts_at at time zone 'UTC'))::bigint, recorder_id * 100000000000 + ceil(extract(epoch from ends_at at time zone 'UTC'))::bigint)"), '&&')], name='schedule_recorder_alone'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(fields=['starts_at'], name='schedule_by_start'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(fields=['ends_at'], name='schedule_by_end'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(condition=models.Q(('series__isnull', False)), fields=['series', 'starts_at'], name='schedule_series'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='schedule_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(('external_id__isnull', True), models.Q(('external_id', ''), _negated=True), _connector='OR'), name='schedule_event'),
        ),
    ]
