"""A recording's own, stricter policy of downloads (R204). Additive."""

import cathedra.domain.access._words
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0014_policy'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='downloads',
            field=models.TextField(blank=True, help_text="R204: stricter than the folder's; null: as the folder", null=True),
        ),
        migrations.AddConstraint(
            model_name='recording',
            constraint=models.CheckConstraint(condition=models.Q(('downloads__isnull', True), ('downloads__in', [cathedra.domain.access._words.Downloads['CREATORS'], cathedra.domain.access._words.Downloads['NOBODY']]), _connector='OR'), name='recording_downloads'),
        ),
    ]
