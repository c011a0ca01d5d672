"""The sums of watching as whoever may not see names is told them (R216). Additive."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0044_bin_since'),
    ]

    operations = [
        migrations.CreateModel(
            name='ViewFigures',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('views', models.IntegerField()),
                ('anonymous_views', models.IntegerField()),
                ('viewers', models.IntegerField()),
                ('delivered_ms', models.BigIntegerField()),
                ('last_at', models.DateTimeField()),
                ('played_ms', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('reached_by', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('average_percent', models.FloatField()),
                ('renewed_at', models.DateTimeField(help_text='what was told until then is in it')),
            ],
        ),
    ]
