"""A second sound of a recording that also says what is shown, and what was made of it (R212). Additive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0050_given_up'),
    ]

    operations = [
        migrations.CreateModel(
            name='AudioDescription',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('language', models.TextField(help_text='BCP 47')),
                ('original_name', models.TextField()),
                ('object_key', models.TextField()),
                ('size_bytes', models.BigIntegerField()),
                ('sha256', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('attempt', models.UUIDField(blank=True, help_text='the attempt that may write results', null=True)),
                ('percent', models.SmallIntegerField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, help_text='the sentence when it could not be used (R59)')),
                ('problem_values', models.JSONField(default=dict)),
                ('name', models.TextField(help_text='the stem of the files that are made of it')),
                ('codecs', models.TextField(blank=True, help_text='RFC 6381, for CODECS')),
                ('peak_bps', models.BigIntegerField(default=0)),
                ('average_bps', models.BigIntegerField(default=0)),
                ('made_bytes', models.BigIntegerField(default=0)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('language', ''), _negated=True), name='audio_description_language')],
            },
        ),
    ]
