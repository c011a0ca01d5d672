"""From when the days of something in the bin count, where that is not the instant at which it came there (R134).
Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0043_suspensions'),
    ]

    operations = [
        migrations.AddField(
            model_name='kept',
            name='bin_since',
            field=models.DateTimeField(blank=True, help_text='R134: its days in the bin count from then, where not from recycled_at', null=True),
        ),
    ]
