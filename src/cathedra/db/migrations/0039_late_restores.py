"""Whether people heard that a restore takes longer than was promised (R120). Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0038_summative'),
    ]

    operations = [
        migrations.AddField(
            model_name='restore',
            name='told_late_at',
            field=models.DateTimeField(blank=True, help_text='when people heard that it takes too long', null=True),
        ),
    ]
