"""Cases that the desk opens itself, and why (R16). Additive."""

import cathedra.domain.policy._use_desk
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0033_standing'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='usecase',
            name='use_case_cause',
        ),
        migrations.AddField(
            model_name='usecase',
            name='why',
            field=models.TextField(blank=True, db_default='', help_text='of what the desk chose to look at again (R16)'),
        ),
        migrations.AddConstraint(
            model_name='usecase',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', [cathedra.domain.policy._use_desk.CaseCause['AGAIN'], cathedra.domain.policy._use_desk.CaseCause['LAPSED'], cathedra.domain.policy._use_desk.CaseCause['REFERRED'], cathedra.domain.policy._use_desk.CaseCause['REPORTED']])), name='use_case_cause'),
        ),
    ]
