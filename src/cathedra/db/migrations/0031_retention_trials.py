"""Rules of keeping that were tried on a large library by a job (R127, R132). Additive."""

import cathedra.domain.retention._words
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0030_viewing'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionTrial',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('profile', models.TextField(blank=True, help_text='nothing: as it is set here, with the rules of folders')),
                ('days', models.IntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('recordings', models.IntegerField(help_text='as many as there were when it was asked for')),
                ('looked_at', models.IntegerField(default=0, help_text='as many of them so far')),
                ('tallies', models.JSONField(blank=True, help_text='what each run would take; nothing when it failed', null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['profile', 'days', 'asked_at'], name='retention_trial_of_rule')],
                'constraints': [models.CheckConstraint(condition=models.Q(('profile', ''), ('profile__in', [cathedra.domain.retention._words.Profile['AGE'], cathedra.domain.retention._words.Profile['CALENDAR'], cathedra.domain.retention._words.Profile['LAST_VIEW'], cathedra.domain.retention._words.Profile['NONE']]), _connector='OR'), name='retention_trial_profile'), models.CheckConstraint(condition=models.Q(('tallies__isnull', True), ('ended_at__isnull', False), _connector='OR'), name='retention_trial_ends')],
            },
        ),
    ]
