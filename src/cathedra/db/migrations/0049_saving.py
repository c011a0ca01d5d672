"""Recordings that are saved anew without what is cut: what is being made of which, and why it could not be (R103). Additive."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0048_edit_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='Saving',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.IntegerField(help_text='of the list of cuts')),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, help_text='the sentence when it could not be made')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('original', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
                ('recording', models.OneToOneField(blank=True, help_text='the new one; none when it could not be made', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('original',), name='saving_open_once'), models.CheckConstraint(condition=models.Q(('problem', ''), ('ended_at__isnull', False), _connector='OR'), name='saving_problem_ends_it')],
            },
        ),
    ]
