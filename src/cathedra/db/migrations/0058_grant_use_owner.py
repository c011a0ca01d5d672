"""Whose recording it was when something was done under a grant, so that each owner hears of their own time (R149).
Additive; of what was done before it stays empty, since those rows are never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0057_search_stretches'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessgrantuse',
            name='owner',
            field=models.ForeignKey(help_text='whose it was; empty: whose it is', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
