"""From when the days of something in the bin count, where that is not the instant at which it came there (R134), and when
it was said that they end (N39): of what is there already that is said anew. Additive."""

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
        migrations.AddField(
            model_name='kept',
            name='bin_warned_at',
            field=models.DateTimeField(blank=True, help_text='N39: that these days end was said then', null=True),
        ),
    ]
