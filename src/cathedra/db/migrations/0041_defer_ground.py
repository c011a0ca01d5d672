"""Which of the two grounds of R147 a deferral is for; earlier ones say none. Additive."""

import cathedra.domain.access._words
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0040_holds_by_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='accessgrant',
            name='deferred_ground',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddConstraint(
            model_name='accessgrant',
            constraint=models.CheckConstraint(condition=models.Q(('deferred_ground__in', ['', cathedra.domain.access._words.DeferGround['SECURITY_INCIDENT'], cathedra.domain.access._words.DeferGround['LEGAL_DUTY']])), name='access_grant_deferred_ground'),
        ),
    ]
