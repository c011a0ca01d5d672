"""The activated versions of the acceptable use policy as rules, and what was declared under them; both only grow. Additive."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Rows are never changed or removed (R8): the function is that of 0007.
ONLY_GROWS = """
CREATE TRIGGER use_policy_version_only_grows BEFORE UPDATE OR DELETE ON cathedra_usepolicyversion
    FOR EACH ROW EXECUTE FUNCTION cathedra_terms_only_grow();
CREATE TRIGGER use_declaration_only_grows BEFORE UPDATE OR DELETE ON cathedra_usedeclaration
    FOR EACH ROW EXECUTE FUNCTION cathedra_terms_only_grow();
"""
MAY_CHANGE = """
DROP TRIGGER use_declaration_only_grows ON cathedra_usedeclaration;
DROP TRIGGER use_policy_version_only_grows ON cathedra_usepolicyversion;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0013_grants_only_grow'),
    ]

    operations = [
        migrations.CreateModel(
            name='UsePolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('title', models.TextField()),
                ('text', models.TextField(help_text='the file, word by word')),
                ('text_hash', models.TextField()),
                ('why', models.TextField()),
                ('activated_at', models.DateTimeField()),
                ('activated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UseDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('q1', models.TextField(help_text='supports current students (R76)')),
                ('q2', models.TextField(help_text='educational content')),
                ('q3', models.TextField(help_text='between lecturers and students')),
                ('category', models.TextField(help_text='a word of that version of the policy')),
                ('course_kind', models.TextField(help_text='as it was on that day')),
                ('relevance', models.TextField()),
                ('note', models.TextField(blank=True)),
                ('verdict', models.TextField()),
                ('by', models.JSONField(default=list, help_text='the ids of the rules that decided')),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('course', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.course')),
                ('recording', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cathedra.recording')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cathedra.usepolicyversion', to_field='version')),
            ],
            options={
                'indexes': [models.Index(fields=['recording', '-id'], name='use_declaration_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('q1__in', ['no', 'unsure', 'yes'])), name='use_declaration_q1'), models.CheckConstraint(condition=models.Q(('q2__in', ['no', 'unsure', 'yes'])), name='use_declaration_q2'), models.CheckConstraint(condition=models.Q(('q3__in', ['no', 'unsure', 'yes'])), name='use_declaration_q3'), models.CheckConstraint(condition=models.Q(('course_kind__in', ['award', 'executive_education', 'none', 'other', 'summer_school'])), name='use_declaration_course_kind'), models.CheckConstraint(condition=models.Q(('relevance__in', ['no', 'not_asked', 'unsure', 'yes'])), name='use_declaration_relevance'), models.CheckConstraint(condition=models.Q(('verdict__in', ['EXEMPT', 'NOT_PERMITTED', 'PERMITTED', 'REFERRED'])), name='use_declaration_verdict'), models.CheckConstraint(condition=models.Q(models.Q(('course__isnull', True), ('course_kind', 'none')), models.Q(('course__isnull', False), models.Q(('course_kind', 'none'), _negated=True)), _connector='OR'), name='use_declaration_course')],
            },
        ),
        migrations.RunSQL(ONLY_GROWS, MAY_CHANGE),
    ]
