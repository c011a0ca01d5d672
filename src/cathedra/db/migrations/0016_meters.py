"""The ledger of hours and its totals (R104), both kept by the database itself: lines are only ever added, and each
statement that adds some moves the totals. What is in the library already opens the ledger. Additive.
"""

import cathedra.domain.metering._words
import django.db.models.deletion
from django.db import migrations, models
from cathedra import config
from cathedra.db import sql
from datetime import UTC, datetime


KEEP = """
CREATE FUNCTION meter_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In one order, so that two transactions never wait for each other.
    INSERT INTO cathedra_metertotal AS kept (licence_year, category, department_id, seconds)
    SELECT licence_year, category, department_id, sum(delta_s) FROM fresh GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (licence_year, category, department_id) DO UPDATE SET seconds = kept.seconds + EXCLUDED.seconds;
    RETURN NULL;
END $$;

CREATE FUNCTION meter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger of hours is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER meter_total AFTER INSERT ON cathedra_meterentry REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION meter_total();
CREATE TRIGGER meter_keep BEFORE UPDATE OR DELETE ON cathedra_meterentry
    FOR EACH STATEMENT EXECUTE FUNCTION meter_refuse();
CREATE TRIGGER meter_keep_all BEFORE TRUNCATE ON cathedra_meterentry FOR EACH STATEMENT EXECUTE FUNCTION meter_refuse();
CREATE TRIGGER meter_keep BEFORE INSERT OR UPDATE OR DELETE ON cathedra_metertotal
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION meter_refuse();
CREATE TRIGGER meter_keep_all BEFORE TRUNCATE ON cathedra_metertotal FOR EACH STATEMENT EXECUTE FUNCTION meter_refuse();

-- Also where a session says that it is a replica.
ALTER TABLE cathedra_meterentry ENABLE ALWAYS TRIGGER meter_total;
ALTER TABLE cathedra_meterentry ENABLE ALWAYS TRIGGER meter_keep, ENABLE ALWAYS TRIGGER meter_keep_all;
ALTER TABLE cathedra_metertotal ENABLE ALWAYS TRIGGER meter_keep, ENABLE ALWAYS TRIGGER meter_keep_all;
"""

UNKEEP = """
DROP TRIGGER meter_total ON cathedra_meterentry;
DROP TRIGGER meter_keep ON cathedra_meterentry;
DROP TRIGGER meter_keep_all ON cathedra_meterentry;
DROP TRIGGER meter_keep ON cathedra_metertotal;
DROP TRIGGER meter_keep_all ON cathedra_metertotal;
DROP FUNCTION meter_total();
DROP FUNCTION meter_refuse();
"""


def open_ledger(apps, schema_editor):
    configured = config.get()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            sql.text("meter_opening"),
            {
                "now": datetime.now(UTC),
                "zone": configured.site.timezone,
                "year_start": configured.licence.year_start,
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0015_download'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeterEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('recording_id', models.UUIDField()),
                ('category', models.TextField()),
                ('delta_s', models.BigIntegerField(help_text='whole seconds (R96)')),
                ('cause', models.TextField()),
                ('at', models.DateTimeField()),
                ('licence_year', models.TextField(help_text='as 2026-27; of RECORDED the year it is attributed to (R98)')),
                ('department_id', models.UUIDField(blank=True, null=True)),
                ('owner_id', models.UUIDField()),
                ('folder_path', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='MeterTotal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('licence_year', models.TextField()),
                ('category', models.TextField()),
                ('department_id', models.UUIDField(blank=True, null=True)),
                ('seconds', models.BigIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='recording',
            name='recycled_from',
            field=models.TextField(blank=True, help_text='the tier it came to the bin from (R101)', null=True),
        ),
        migrations.AddConstraint(
            model_name='recording',
            constraint=models.CheckConstraint(condition=models.Q(('recycled_from', None), models.Q(('keeping', 'RECYCLED'), ('recycled_from__in', ['ONLINE', 'ARCHIVED'])), _connector='OR'), name='recording_recycled_from'),
        ),
        migrations.AddField(
            model_name='meterentry',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.meterentry'),
        ),
        migrations.AddConstraint(
            model_name='metertotal',
            constraint=models.UniqueConstraint(fields=('licence_year', 'category', 'department_id'), name='meter_total_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='meterentry',
            index=models.Index(fields=['recording_id'], name='meter_entry_recording'),
        ),
        migrations.AddIndex(
            model_name='meterentry',
            index=models.Index(fields=['at', 'category'], name='meter_entry_at'),
        ),
        migrations.AddConstraint(
            model_name='meterentry',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', [cathedra.domain.metering._words.Category['ARCHIVED'], cathedra.domain.metering._words.Category['RECORDED'], cathedra.domain.metering._words.Category['STORED']])), name='meter_entry_category'),
        ),
        migrations.AddConstraint(
            model_name='meterentry',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', [cathedra.domain.metering._words.Cause['ARCHIVED'], cathedra.domain.metering._words.Cause['COPIED'], cathedra.domain.metering._words.Cause['CORRECTION'], cathedra.domain.metering._words.Cause['MOVED'], cathedra.domain.metering._words.Cause['OPENING'], cathedra.domain.metering._words.Cause['OWNER_CHANGED'], cathedra.domain.metering._words.Cause['PURGED'], cathedra.domain.metering._words.Cause['READY'], cathedra.domain.metering._words.Cause['RECYCLED'], cathedra.domain.metering._words.Cause['RESTORED'], cathedra.domain.metering._words.Cause['TAKEN_BACK']])), name='meter_entry_cause'),
        ),
        migrations.AddConstraint(
            model_name='meterentry',
            constraint=models.CheckConstraint(condition=models.Q(('delta_s', 0), _negated=True), name='meter_entry_says_something'),
        ),
        migrations.AddConstraint(
            model_name='meterentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('category', cathedra.domain.metering._words.Category['RECORDED']), _negated=True), ('delta_s__gt', 0), ('cause', cathedra.domain.metering._words.Cause['CORRECTION']), _connector='OR'), name='meter_entry_recorded_grows'),
        ),
        migrations.AddConstraint(
            model_name='meterentry',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), ('cause', cathedra.domain.metering._words.Cause['CORRECTION']), _connector='OR'), name='meter_entry_corrects'),
        ),
        migrations.RunSQL(KEEP, UNKEEP),
        migrations.RunPython(open_ledger, migrations.RunPython.noop),
    ]
