"""The limits of a licence year, and how full each was when that was last told (R106, N40 to N42). Additive."""

import cathedra.domain.metering._words
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0016_meters'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeterLevel',
            fields=[
                ('category', models.TextField(primary_key=True, serialize=False)),
                ('licence_year', models.TextField()),
                ('level', models.TextField()),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', [cathedra.domain.metering._words.Category['ARCHIVED'], cathedra.domain.metering._words.Category['RECORDED'], cathedra.domain.metering._words.Category['STORED']])), name='meter_level_category'), models.CheckConstraint(condition=models.Q(('level__in', [cathedra.domain.metering._words.Level['CRITICAL'], cathedra.domain.metering._words.Level['NOTICE'], cathedra.domain.metering._words.Level['OK'], cathedra.domain.metering._words.Level['OVER'], cathedra.domain.metering._words.Level['WARNING']])), name='meter_level_level')],
            },
        ),
        migrations.CreateModel(
            name='LicenceLimit',
            fields=[
                ('licence_year', models.TextField(primary_key=True, serialize=False)),
                ('recorded_s', models.BigIntegerField(blank=True, null=True)),
                ('stored_s', models.BigIntegerField(blank=True, null=True)),
                ('archived_s', models.BigIntegerField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('recorded_s__isnull', True), ('recorded_s__gte', 0), _connector='OR'), models.Q(('stored_s__isnull', True), ('stored_s__gte', 0), _connector='OR'), models.Q(('archived_s__isnull', True), ('archived_s__gte', 0), _connector='OR')), name='licence_limit_not_negative')],
            },
        ),
    ]
