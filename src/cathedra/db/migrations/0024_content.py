"""What is said, shown and searched, and how it is cut (R208 to R218). Additive."""

import cathedra.domain.library._captions
import cathedra.domain.library._chapters
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0023_limit_exceptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='recording',
            name='content_version',
            field=models.IntegerField(db_default=1, default=1, help_text='grows with whatever it is found by'),
        ),
        migrations.AddField(
            model_name='recording',
            name='tags',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=models.Value([], output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)), default=list, size=None),
        ),
        migrations.CreateModel(
            name='Glossary',
            fields=[
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.course')),
                ('words', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('content_version', models.IntegerField()),
                ('words', django.contrib.postgres.search.SearchVectorField(help_text='A title and tags, B chapters and titles of slides, C slides, D speech')),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='search_words')],
            },
        ),
        migrations.CreateModel(
            name='SlideDeck',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('original_name', models.TextField()),
                ('object_key', models.TextField()),
                ('size_bytes', models.BigIntegerField()),
                ('sha256', models.TextField()),
                ('pages', models.JSONField(default=list, help_text='text of each page')),
                ('problem', models.TextField(blank=True, help_text='the sentence when it could not be read (R59)')),
                ('problem_values', models.JSONField(default=dict)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('state', models.TextField(default=cathedra.domain.library._chapters.AnalysisState['WAITING'])),
                ('engine', models.TextField(blank=True, help_text='what did it, with its version and model')),
                ('percent', models.SmallIntegerField(blank=True, null=True)),
                ('problem', models.TextField(blank=True, help_text='the sentence for the Creator when FAILED or OFF')),
                ('problem_values', models.JSONField(default=dict)),
                ('attempt', models.UUIDField(blank=True, help_text='the attempt that may write results', null=True)),
                ('changed_at', models.DateTimeField()),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [cathedra.domain.library._chapters.AnalysisKind['SLIDES'], cathedra.domain.library._chapters.AnalysisKind['SPEECH']])), name='analysis_kind'), models.CheckConstraint(condition=models.Q(('state__in', [cathedra.domain.library._chapters.AnalysisState['DONE'], cathedra.domain.library._chapters.AnalysisState['FAILED'], cathedra.domain.library._chapters.AnalysisState['NOTHING'], cathedra.domain.library._chapters.AnalysisState['OFF'], cathedra.domain.library._chapters.AnalysisState['RUNNING'], cathedra.domain.library._chapters.AnalysisState['WAITING']])), name='analysis_state'), models.UniqueConstraint(fields=('recording', 'kind'), name='analysis_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'FAILED'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='analysis_failed_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at_ms', models.BigIntegerField()),
                ('title', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'recording', 'at_ms'), name='bookmark_once')],
            },
        ),
        migrations.CreateModel(
            name='CaptionTrack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('language', models.TextField(help_text='BCP 47')),
                ('origin', models.TextField()),
                ('cues', models.JSONField(help_text='[[start_ms, end_ms, text, [[start_ms, end_ms, text, confidence], ...]], ...]')),
                ('is_spoken', models.BooleanField(default=True, help_text='the language that is spoken, not a translation')),
                ('engine', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('version', models.IntegerField(default=1)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', [cathedra.domain.library._captions.CaptionOrigin['AUTOMATIC'], cathedra.domain.library._captions.CaptionOrigin['EDITED'], cathedra.domain.library._captions.CaptionOrigin['UPLOADED']])), name='caption_origin'), models.UniqueConstraint(fields=('recording', 'language'), name='caption_language_once')],
            },
        ),
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('start_ms', models.BigIntegerField()),
                ('title', models.TextField()),
                ('origin', models.TextField()),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('origin__in', [cathedra.domain.library._chapters.MarkOrigin['AUTOMATIC'], cathedra.domain.library._chapters.MarkOrigin['PERSON']])), name='chapter_origin'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='chapter_titled'), models.UniqueConstraint(fields=('recording', 'start_ms'), name='chapter_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.IntegerField()),
                ('cuts', models.JSONField(default=list, help_text='[[start_ms, end_ms], ...]')),
                ('looks', models.JSONField(default=list, help_text='[[start_ms, layout], ...]: which streams show when')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recording', 'version'), name='edit_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at_ms', models.BigIntegerField()),
                ('text', models.TextField()),
                ('is_public', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
            options={
                'indexes': [models.Index(fields=['recording', 'account', 'at_ms'], name='note_in_recording')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Slide',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.IntegerField(help_text='from 0 in the order of time')),
                ('start_ms', models.BigIntegerField()),
                ('end_ms', models.BigIntegerField()),
                ('image', models.TextField(help_text="name of its picture among the recording's files")),
                ('text', models.TextField(blank=True, help_text='as read from the picture, or from the page of the deck')),
                ('title', models.TextField(blank=True)),
                ('confidence', models.FloatField(blank=True, help_text='of the reading, 0 to 1', null=True)),
                ('page', models.IntegerField(blank=True, help_text='of the attached deck, from 1', null=True)),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.stream')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('recording', 'position'), name='slide_position_once'), models.CheckConstraint(condition=models.Q(('end_ms__gt', models.F('start_ms'))), name='slide_lasts')],
            },
        ),
    ]
