"""Who has dealt with what a run left out, when, and what came of it (R126). Additive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0036_newest_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionDealt',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='dealt', serialize=False, to='cathedra.retentionitem')),
                ('dealt_at', models.DateTimeField()),
                ('note', models.TextField(help_text='what came of it')),
                ('dealt_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='retention_dealt_says_how')],
            },
        ),
    ]
