"""Decisions under the acceptable use policy as rows that only grow (R8, R16), what counts for a recording now in one
place, and no emptying of what only grows. Additive."""

import cathedra.domain.policy._use_words
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The function is that of 0007.
ONLY_GROWS = """
CREATE TRIGGER use_decision_only_grows BEFORE UPDATE OR DELETE ON cathedra_usedecision
    FOR EACH ROW EXECUTE FUNCTION cathedra_terms_only_grow();
CREATE TRIGGER use_keep_all BEFORE TRUNCATE ON cathedra_usedecision
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_terms_only_grow();
CREATE TRIGGER use_keep_all BEFORE TRUNCATE ON cathedra_usedeclaration
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_terms_only_grow();
CREATE TRIGGER use_keep_all BEFORE TRUNCATE ON cathedra_usepolicyversion
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_terms_only_grow();
ALTER TABLE cathedra_usedecision
    ENABLE ALWAYS TRIGGER use_keep_all, ENABLE ALWAYS TRIGGER use_decision_only_grows;
ALTER TABLE cathedra_usedeclaration
    ENABLE ALWAYS TRIGGER use_keep_all, ENABLE ALWAYS TRIGGER use_declaration_only_grows;
ALTER TABLE cathedra_usepolicyversion
    ENABLE ALWAYS TRIGGER use_keep_all, ENABLE ALWAYS TRIGGER use_policy_version_only_grows;
"""
MAY_CHANGE = """
ALTER TABLE cathedra_usepolicyversion ENABLE TRIGGER use_policy_version_only_grows;
ALTER TABLE cathedra_usedeclaration ENABLE TRIGGER use_declaration_only_grows;
DROP TRIGGER use_keep_all ON cathedra_usepolicyversion;
DROP TRIGGER use_keep_all ON cathedra_usedeclaration;
DROP TRIGGER use_keep_all ON cathedra_usedecision;
DROP TRIGGER use_decision_only_grows ON cathedra_usedecision;
"""

# What is kept, what was declared of it last, and what counts for it: the last decision of a reviewer, unless something
# was declared after it. The same as `find_use_verdict` says of one recording, but for exemptions that have ended. The
# hours of a copy by reference are those of its original (R140).
STANDING = """
CREATE VIEW cathedra_usestanding AS
SELECT r.id AS recording_id, r.title, r.owner_id, r.folder_id,
       CASE WHEN r.origin = 'reference_copy' THEN 0 ELSE coalesce(r.duration_ms, 0) END AS duration_ms,
       d.q1, d.q2, d.q3, d.category, d.course_kind, d.relevance,
       CASE WHEN c.decided_at >= d.at OR d.at IS NULL THEN c.verdict ELSE d.verdict END AS verdict,
       coalesce(c.decided_at >= d.at OR (c.decided_at IS NOT NULL AND d.at IS NULL), false) AS is_decided
  FROM cathedra_recording r
  LEFT JOIN LATERAL (
      SELECT u.q1, u.q2, u.q3, u.category, u.course_kind, u.relevance, u.verdict, u.at
        FROM cathedra_usedeclaration u
       WHERE u.recording_id = r.id
       ORDER BY u.id DESC
       LIMIT 1
  ) d ON true
  LEFT JOIN LATERAL (
      SELECT k.verdict, k.decided_at
        FROM cathedra_usecase k
       WHERE k.recording_id = r.id AND k.decided_at IS NOT NULL
       ORDER BY k.decided_at DESC
       LIMIT 1
  ) c ON true
 WHERE r.keeping NOT IN ('RECYCLED', 'PURGED')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0020_use_cases'),
    ]

    operations = [
        migrations.CreateModel(
            name='UseDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.TextField()),
                ('failed', models.JSONField(default=list)),
                ('reason', models.TextField()),
                ('is_appeal', models.BooleanField(default=False)),
                ('is_visible', models.BooleanField(default=False)),
                ('exempt_until', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cathedra.usecase')),
                ('consented_by', models.ForeignKey(help_text='to an exemption (R89)', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.usedecision')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.usepolicyversion', to_field='version')),
                ('recording', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cathedra.recording')),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-id'], name='use_decision_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', [cathedra.domain.policy._use_words.Verdict['EXEMPT'], cathedra.domain.policy._use_words.Verdict['NOT_PERMITTED'], cathedra.domain.policy._use_words.Verdict['PERMITTED'], cathedra.domain.policy._use_words.Verdict['REFERRED']])), name='use_decision_verdict'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'EXEMPT'), _negated=True), models.Q(('consented_by__isnull', False), ('exempt_until__isnull', False)), _connector='OR'), name='use_decision_exemption')],
            },
        ),
        migrations.RunSQL(ONLY_GROWS, MAY_CHANGE),
        migrations.RunSQL(STANDING, "DROP VIEW cathedra_usestanding"),
    ]
