"""How long things are kept: what happened to each recording, the runs of a year with their frozen plans, who was told of
them, exemptions, restores, tombstones. What was told is never changed; of a plan only what became of each line, once.
Additive.
"""

import cathedra.domain.retention._words
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


KEEP = """
CREATE FUNCTION retention_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What a run was to do and whom it told is kept as it was: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER retention_telling_keep BEFORE UPDATE OR DELETE ON cathedra_retentiontelling
    FOR EACH ROW EXECUTE FUNCTION retention_refuse();
CREATE TRIGGER retention_item_keep BEFORE DELETE ON cathedra_retentionitem
    FOR EACH ROW EXECUTE FUNCTION retention_refuse();
CREATE TRIGGER retention_item_settle BEFORE UPDATE ON cathedra_retentionitem
    FOR EACH ROW WHEN (
        OLD.state IN ('DONE', 'SKIPPED')
        OR (OLD.run_id, OLD.recording_id, OLD.owner_id, OLD.folder_id, OLD.seconds, OLD.joined)
           IS DISTINCT FROM (NEW.run_id, NEW.recording_id, NEW.owner_id, NEW.folder_id, NEW.seconds, NEW.joined)
    ) EXECUTE FUNCTION retention_refuse();
"""

UNKEEP = """
DROP TRIGGER retention_telling_keep ON cathedra_retentiontelling;
DROP TRIGGER retention_item_keep ON cathedra_retentionitem;
DROP TRIGGER retention_item_settle ON cathedra_retentionitem;
DROP FUNCTION retention_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0017_meter_limits'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('day', models.DateField(help_text="in the site's calendar")),
                ('cutoff_at', models.DateTimeField()),
                ('told', models.JSONField(default=dict, help_text='when each step was told, by its days')),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('began_at', models.DateTimeField(blank=True, null=True)),
                ('joined_at', models.DateTimeField(blank=True, help_text='when the library was compared with the plan', null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('receipted_at', models.DateTimeField(blank=True, null=True)),
                ('stopped_at', models.DateTimeField(blank=True, help_text='somebody has stopped it for now', null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [cathedra.domain.retention._words.RunKind['ARCHIVE'], cathedra.domain.retention._words.RunKind['DELETION']])), name='retention_run_kind'), models.UniqueConstraint(fields=('kind', 'day'), name='retention_run_once'), models.CheckConstraint(condition=models.Q(('began_at__isnull', True), ('frozen_at__isnull', False), _connector='OR'), name='retention_run_planned_first'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('joined_at__isnull', False), _connector='OR'), name='retention_run_joined_first')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('recording_id', models.UUIDField(primary_key=True, serialize=False)),
                ('owner_id', models.UUIDField()),
                ('folder_id', models.UUIDField()),
                ('folder_path', models.TextField()),
                ('title', models.TextField()),
                ('duration_ms', models.BigIntegerField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('purged_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('run_id', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['purged_at'], name='tombstone_purged_at')],
            },
        ),
        migrations.CreateModel(
            name='Kept',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('restored_at', models.DateTimeField(blank=True, help_text='R114: its anchor from then on', null=True)),
                ('recycled_at', models.DateTimeField(blank=True, null=True)),
                ('is_by_decision', models.BooleanField(default=False, help_text='T35: put into the bin by a decision')),
                ('purged_at', models.DateTimeField(blank=True, null=True)),
                ('has_leftovers', models.BooleanField(default=False, help_text='files of where it was before are still to be removed')),
                ('recycled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('recycled_at__isnull', False)), fields=['recycled_at'], name='kept_in_bin'), models.Index(condition=models.Q(('has_leftovers', True)), fields=['recording'], name='kept_leftovers')],
            },
        ),
        migrations.CreateModel(
            name='Restore',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('is_done', models.BooleanField(blank=True, help_text='false: it failed (T33)', null=True)),
                ('problem', models.TextField(blank=True)),
                ('resolved_at', models.DateTimeField(blank=True, help_text='when somebody dealt with the failure', null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_done', False), ('resolved_at__isnull', True)), fields=['recording'], name='restore_failed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('recording',), name='restore_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('is_done__isnull', True)), models.Q(('ended_at__isnull', False), ('is_done__isnull', False)), _connector='OR'), name='restore_ended')],
            },
        ),
        migrations.CreateModel(
            name='RetentionExemption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('reason_kind', models.TextField()),
                ('reason', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('is_granted', models.BooleanField(blank=True, help_text='null: not decided yet', null=True)),
                ('answer', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, help_text='when it was taken back before its time', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('folder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.folder')),
                ('recording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_granted', True)), fields=['folder'], name='retention_exempt_folder'), models.Index(condition=models.Q(('is_granted', True)), fields=['recording'], name='retention_exempt_recording'), models.Index(condition=models.Q(('is_granted__isnull', True)), fields=['asked_at'], name='retention_exempt_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('what__in', [cathedra.domain.retention._words.Exempt['ARCHIVE'], cathedra.domain.retention._words.Exempt['BOTH'], cathedra.domain.retention._words.Exempt['DELETION']])), name='retention_exemption_what'), models.CheckConstraint(condition=models.Q(('reason_kind__in', [cathedra.domain.retention._words.ExemptionReason['ACCREDITATION'], cathedra.domain.retention._words.ExemptionReason['ALTERNATE_YEAR'], cathedra.domain.retention._words.ExemptionReason['APPEAL'], cathedra.domain.retention._words.ExemptionReason['ASSESSMENT'], cathedra.domain.retention._words.ExemptionReason['LEGAL'], cathedra.domain.retention._words.ExemptionReason['REASONABLE_ADJUSTMENT'], cathedra.domain.retention._words.ExemptionReason['REUSABLE']])), name='retention_exemption_reason_kind'), models.CheckConstraint(condition=models.Q(models.Q(('folder__isnull', True), ('recording__isnull', False)), models.Q(('folder__isnull', False), ('recording__isnull', True)), _connector='OR'), name='retention_exemption_target'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='retention_exemption_says_why'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='retention_exemption_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_granted__isnull', True)), models.Q(('decided_at__isnull', False), ('is_granted__isnull', False)), _connector='OR'), name='retention_exemption_decided')],
            },
        ),
        migrations.CreateModel(
            name='RetentionItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recording_id', models.UUIDField()),
                ('owner_id', models.UUIDField()),
                ('folder_id', models.UUIDField()),
                ('seconds', models.BigIntegerField()),
                ('joined', models.TextField()),
                ('state', models.TextField()),
                ('why', models.TextField(blank=True, help_text='why it was skipped')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.retentionrun')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ('PLANNED', 'CLAIMED'))), fields=['run', 'id'], name='retention_item_open'), models.Index(fields=['run', 'owner_id'], name='retention_item_owner'), models.Index(fields=['recording_id'], name='retention_item_recording')],
                'constraints': [models.CheckConstraint(condition=models.Q(('joined__in', [cathedra.domain.retention._words.Joined['EXTRA'], cathedra.domain.retention._words.Joined['LATE'], cathedra.domain.retention._words.Joined['PLANNED']])), name='retention_item_joined'), models.CheckConstraint(condition=models.Q(('state__in', [cathedra.domain.retention._words.ItemState['CLAIMED'], cathedra.domain.retention._words.ItemState['DONE'], cathedra.domain.retention._words.ItemState['PLANNED'], cathedra.domain.retention._words.ItemState['SKIPPED']])), name='retention_item_state'), models.UniqueConstraint(fields=('run', 'recording_id'), name='retention_item_once'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state__in', ('PLANNED', 'CLAIMED'))), models.Q(('settled_at__isnull', False), ('state__in', ('DONE', 'SKIPPED'))), _connector='OR'), name='retention_item_settled'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SKIPPED'), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('state', 'SKIPPED'), _negated=True), ('why', '')), _connector='OR'), name='retention_item_says_why')],
            },
        ),
        migrations.CreateModel(
            name='RetentionTelling',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('step_days', models.SmallIntegerField(help_text='days before the run; 0: the receipt')),
                ('recording_id', models.UUIDField()),
                ('folder_id', models.UUIDField()),
                ('seconds', models.BigIntegerField()),
                ('recipient_id', models.UUIDField(blank=True, null=True)),
                ('address', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.retentionrun')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'step_days', 'recipient_id', 'address'], name='retention_telling_to')],
                'constraints': [models.UniqueConstraint(fields=('run', 'step_days', 'recording_id', 'recipient_id', 'address'), name='retention_telling_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('recipient_id__isnull', False)), models.Q(('recipient_id__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='retention_telling_one_recipient')],
            },
        ),
        migrations.RunSQL(KEEP, UNKEEP),
    ]
