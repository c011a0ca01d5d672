"""Exceptions from the limits of hours (R108), and what the next archive run would take (R107). Additive."""

import cathedra.domain.retention._words
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0022_keeping_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='RunOutlook',
            fields=[
                ('kind', models.TextField(primary_key=True, serialize=False)),
                ('day', models.DateField(help_text="of that run, in the site's calendar")),
                ('recordings', models.IntegerField()),
                ('seconds', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [cathedra.domain.retention._words.RunKind['ARCHIVE'], cathedra.domain.retention._words.RunKind['DELETION']])), name='run_outlook_kind')],
            },
        ),
        migrations.CreateModel(
            name='LimitException',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['account', 'until'], name='limit_exception_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='limit_exception_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('until__isnull', True)), models.Q(('given_at__isnull', False), ('until__gt', models.F('given_at'))), _connector='OR'), name='limit_exception_ends'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True), ('given_at__isnull', True)), fields=('account',), name='limit_exception_asked_once')],
            },
        ),
    ]
