"""The deck that is in use until another has been read, and stays where that one cannot be (R59). Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0053_schedules'),
    ]

    operations = [
        migrations.AddField(
            model_name='slidedeck',
            name='earlier',
            field=models.JSONField(blank=True, help_text='what is in use until this one has been read', null=True),
        ),
        migrations.AddField(
            model_name='slidedeck',
            name='refused_name',
            field=models.TextField(blank=True, db_default='', help_text='of the later file that has the problem'),
        ),
    ]
