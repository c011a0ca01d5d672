"""The audit trail becomes a chain that the database itself keeps (R224, ADR 9).

`audit_line` is the one text of an event that its hash is made of; `sql/audit_chain.sql` says the same without it, so that
`cathedra audit verify` needs nothing that stands in the database. Events that are there already are numbered without gaps
and chained in their order. Additive but for that.
"""

import django.db.models.fields.json
from django.db import migrations, models

CHAIN = """
CREATE FUNCTION audit_line(e cathedra_auditevent) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id, e.on_behalf_of_id,
        e.channel, e.address, e.correlation_id, e.action, e.target_kind, e.target_id, e.before, e.after, e.reason, e.facts
    )::text
$$;

CREATE FUNCTION audit_hash(previous text, e cathedra_auditevent) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(previous || audit_line(e), 'UTF8')), 'hex')
$$;

-- The events that are there already, oldest first.
DO $$
DECLARE
    e cathedra_auditevent;
    number bigint := 0;
    latest text := repeat('0', 64);
BEGIN
    FOR e IN SELECT * FROM cathedra_auditevent ORDER BY id LOOP
        number := number + 1;
        UPDATE cathedra_auditevent SET id = number WHERE id = e.id;
        e.id := number;
        UPDATE cathedra_auditevent SET previous_hash = latest, hash = audit_hash(latest, e) WHERE id = number;
        latest := audit_hash(latest, e);
    END LOOP;
    INSERT INTO cathedra_audithead (id, last_id, last_hash) VALUES (1, number, latest);
END $$;

-- Number and chain a new event. The row lock on the head is held to the end of the transaction: one after the other.
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head cathedra_audithead;
BEGIN
    INSERT INTO cathedra_audithead (id, last_id, last_hash) VALUES (1, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM cathedra_audithead WHERE id = 1 FOR UPDATE;
    NEW.id := head.last_id + 1;
    NEW.previous_hash := head.last_hash;
    NEW.hash := audit_hash(head.last_hash, NEW);
    UPDATE cathedra_audithead SET last_id = NEW.id, last_hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_seal BEFORE INSERT ON cathedra_auditevent FOR EACH ROW EXECUTE FUNCTION audit_seal();
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON cathedra_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON cathedra_auditevent FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_keep BEFORE INSERT OR UPDATE OR DELETE ON cathedra_audithead
    FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON cathedra_audithead FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Also where a session says that it is a replica.
ALTER TABLE cathedra_auditevent ENABLE ALWAYS TRIGGER audit_keep, ENABLE ALWAYS TRIGGER audit_keep_all;
ALTER TABLE cathedra_audithead ENABLE ALWAYS TRIGGER audit_keep, ENABLE ALWAYS TRIGGER audit_keep_all;
"""

UNCHAIN = """
DROP TRIGGER audit_keep ON cathedra_auditevent;
DROP TRIGGER audit_keep_all ON cathedra_auditevent;
DROP TRIGGER audit_seal ON cathedra_auditevent;
DROP TRIGGER audit_keep ON cathedra_audithead;
DROP TRIGGER audit_keep_all ON cathedra_audithead;
DROP FUNCTION audit_seal();
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_hash(text, cathedra_auditevent);
DROP FUNCTION audit_line(cathedra_auditevent);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cathedra", "0004_access"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("last_id", models.BigIntegerField()),
                ("last_hash", models.TextField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_one")]},
        ),
        migrations.AddField(
            model_name="auditevent",
            name="after",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="before",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="hash",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="on_behalf_of_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="previous_hash",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["action", "id"], name="audit_action"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["at"], name="audit_at"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("on_behalf_of_id__isnull", False)),
                fields=["on_behalf_of_id", "id"],
                name="audit_behalf",
            ),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                django.db.models.fields.json.KeyTextTransform("folder_id", "before"),
                models.F("id"),
                condition=models.Q(("before__has_key", "folder_id")),
                name="audit_left",
            ),
        ),
        migrations.RunSQL(CHAIN, UNCHAIN),
    ]
