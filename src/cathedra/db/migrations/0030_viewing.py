"""What was watched, and whether notes may be public (R213 to R218). Additive."""

import cathedra.domain.playback._views
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0029_edits'),
    ]

    operations = [
        migrations.CreateModel(
            name='ViewTotals',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('views', models.IntegerField(default=0)),
                ('anonymous_views', models.IntegerField(default=0)),
                ('viewers', models.IntegerField(default=0, help_text='who signed in, each once')),
                ('delivered_ms', models.BigIntegerField(default=0)),
                ('last_at', models.DateTimeField()),
                ('played_ms', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), help_text='of each segment, how much was played by all together', size=None)),
                ('reached_by', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='of each segment, how many signed-in viewers it counts for', size=None)),
            ],
        ),
        migrations.AddField(
            model_name='folder',
            name='public_notes',
            field=models.BooleanField(blank=True, help_text='null: as where its access comes from (R218)', null=True),
        ),
        migrations.CreateModel(
            name='ViewEvent',
            fields=[
                ('pk', models.CompositePrimaryKey('session', 'number', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('session', models.UUIDField(help_text='one opening of the page')),
                ('number', models.IntegerField(help_text='of the telling within the session, from 1')),
                ('place', models.SmallIntegerField(help_text='within the telling')),
                ('at', models.DateTimeField()),
                ('start_ms', models.BigIntegerField()),
                ('watched_ms', models.IntegerField(help_text='how much of the recording was played, at whatever speed')),
                ('speed', models.FloatField()),
                ('start', models.TextField()),
                ('stop', models.TextField()),
                ('account', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('start__in', [cathedra.domain.playback._views.Start['GO_ON'], cathedra.domain.playback._views.Start['RESUME'], cathedra.domain.playback._views.Start['SEEK'], cathedra.domain.playback._views.Start['SPEED'], cathedra.domain.playback._views.Start['START']])), name='view_start'), models.CheckConstraint(condition=models.Q(('stop__in', [cathedra.domain.playback._views.Stop['CLOSE'], cathedra.domain.playback._views.Stop['END'], cathedra.domain.playback._views.Stop['GOES_ON'], cathedra.domain.playback._views.Stop['PAUSE'], cathedra.domain.playback._views.Stop['SEEK'], cathedra.domain.playback._views.Stop['SPEED']])), name='view_stop')],
            },
        ),
        migrations.CreateModel(
            name='ViewProgress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('watched', models.BinaryField(help_text='of each segment, how long it was watched, up to what counts; two bytes each')),
                ('percent', models.SmallIntegerField(default=0, help_text='the highest ever reached')),
                ('views', models.IntegerField(default=0)),
                ('delivered_ms', models.BigIntegerField(default=0)),
                ('position_ms', models.BigIntegerField(default=0, help_text='where the last stretch ended')),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recording', 'account'), name='view_progress_once'), models.CheckConstraint(condition=models.Q(('percent__range', (0, 100))), name='view_progress_percent')],
            },
        ),
    ]
