"""How recorders are connected and what is heard of them, and uploads that they send themselves. Additive."""

import cathedra.domain.ingest._recorders
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0054_deck_before'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecorderConnection',
            fields=[
                ('recorder', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recorder')),
                ('code_digest', models.TextField(blank=True, help_text='gone when it was used (once)', null=True, unique=True)),
                ('code_expires_at', models.DateTimeField(blank=True, null=True)),
                ('token_digest', models.TextField(blank=True, help_text='gone when it was revoked', null=True, unique=True)),
                ('connected_at', models.DateTimeField(blank=True, null=True)),
                ('blocked_at', models.DateTimeField(blank=True, null=True)),
                ('heard_at', models.DateTimeField(blank=True, help_text='the last heartbeat', null=True)),
                ('state', models.TextField(default=cathedra.domain.ingest._recorders.RecorderState['STOPPED'])),
                ('free_bytes', models.BigIntegerField(blank=True, help_text='of its own disk', null=True)),
                ('version', models.TextField(blank=True)),
                ('silent_since', models.DateTimeField(blank=True, help_text='it records, and hears nothing (R164)', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RecorderError',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('severity', models.TextField()),
                ('type', models.TextField()),
                ('code', models.TextField(blank=True)),
                ('text', models.CharField(max_length=250)),
                ('at', models.DateTimeField()),
                ('heard_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='capture',
            name='recorder',
            field=models.ForeignKey(blank=True, help_text='that began it (T5)', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.recorder'),
        ),
        migrations.AddField(
            model_name='upload',
            name='recorder',
            field=models.ForeignKey(blank=True, help_text='that sends it itself', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.recorder'),
        ),
        migrations.AddField(
            model_name='upload',
            name='sha256',
            field=models.TextField(blank=True, db_default='', default='', help_text='of the whole, as its recorder told it'),
        ),
        migrations.AlterField(
            model_name='upload',
            name='account',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('recorder__isnull', True)), models.Q(('account__isnull', True), ('recorder__isnull', False)), _connector='OR'), name='upload_one_sender'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', ''), ('sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='upload_sha256'),
        ),
        migrations.AddField(
            model_name='recorderconnection',
            name='configured_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='recordererror',
            name='recorder',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recorder'),
        ),
        migrations.AddConstraint(
            model_name='recorderconnection',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [cathedra.domain.ingest._recorders.RecorderState['BLOCKED'], cathedra.domain.ingest._recorders.RecorderState['DISCONNECTED'], cathedra.domain.ingest._recorders.RecorderState['FAULTED'], cathedra.domain.ingest._recorders.RecorderState['PAUSED'], cathedra.domain.ingest._recorders.RecorderState['PREVIEWING'], cathedra.domain.ingest._recorders.RecorderState['RECORDING'], cathedra.domain.ingest._recorders.RecorderState['STOPPED']])), name='connection_state'),
        ),
        migrations.AddConstraint(
            model_name='recorderconnection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code_digest__isnull', True), ('code_expires_at__isnull', True)), models.Q(('code_digest__isnull', False), ('code_expires_at__isnull', False)), _connector='OR'), name='connection_code_paired'),
        ),
        migrations.AddConstraint(
            model_name='recorderconnection',
            constraint=models.CheckConstraint(condition=models.Q(('token_digest__isnull', True), ('connected_at__isnull', False), _connector='OR'), name='connection_since'),
        ),
        migrations.AddConstraint(
            model_name='recorderconnection',
            constraint=models.CheckConstraint(condition=models.Q(('free_bytes__isnull', True), ('free_bytes__gte', 0), _connector='OR'), name='connection_disk'),
        ),
        migrations.AddIndex(
            model_name='recordererror',
            index=models.Index(models.F('recorder'), models.OrderBy(models.F('id'), descending=True), name='recorder_error_newest'),
        ),
        migrations.AddConstraint(
            model_name='recordererror',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', [cathedra.domain.ingest._recorders.ErrorSeverity['FAULT'], cathedra.domain.ingest._recorders.ErrorSeverity['INFO'], cathedra.domain.ingest._recorders.ErrorSeverity['WARNING']])), name='recorder_error_severity'),
        ),
    ]
