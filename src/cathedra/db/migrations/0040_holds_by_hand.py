"""Who opened a hold by hand and why, how it ended, and what is decided of what it holds (R130, T27 to T29). Additive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0039_late_restores'),
    ]

    operations = [
        migrations.AddField(
            model_name='hold',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='reason',
            field=models.TextField(blank=True, db_default='', help_text='for the service alone'),
        ),
        migrations.AddField(
            model_name='hold',
            name='reference',
            field=models.TextField(blank=True, db_default='', help_text='of the case, as others number it'),
        ),
        migrations.AddField(
            model_name='hold',
            name='release_reason',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='hold',
            name='released_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='remove_at',
            field=models.DateTimeField(blank=True, help_text='T29: decided, when the appeal period is over', null=True),
        ),
        migrations.AddField(
            model_name='hold',
            name='remove_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hold',
            name='remove_reason',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='hold',
            name='review_on',
            field=models.DateField(blank=True, help_text='when somebody looks whether it is still needed', null=True),
        ),
        migrations.AddField(
            model_name='hold',
            name='told',
            field=models.TextField(blank=True, db_default='', help_text="for the owner and the folder's Creators (N17)"),
        ),
        migrations.AlterField(
            model_name='hold',
            name='kind',
            field=models.TextField(help_text='R54, R87, R130; takedown_legal stops its owner too (R43)'),
        ),
    ]
