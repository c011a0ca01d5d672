"""What people who were told of a run let go with it (R125). Additive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0041_defer_ground'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionLetGo',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recording_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.retentionrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'recording_id', 'account'), name='retention_let_go_once')],
            },
        ),
    ]
