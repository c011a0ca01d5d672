"""The one index (R211): accents folded, places and lines beside it, words to spell by. Documents are made by MEND_INDEX."""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# A stem without its accents; numbers and words with digits as they are. What only looks like an address never comes here.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION cathedra (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION cathedra
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION cathedra ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION cathedra DROP MAPPING FOR email, url, host, url_path, file;
"""
# Vectors with places do not shrink by compression: they are read as they lie.
UNPACKED = "ALTER TABLE cathedra_searchdocument ALTER COLUMN words SET STORAGE EXTERNAL;"
PACKED = "ALTER TABLE cathedra_searchdocument ALTER COLUMN words SET STORAGE EXTENDED;"
EMPTY = "DELETE FROM cathedra_searchdocument;"


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0027_slides'),
    ]

    operations = [
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION cathedra;"),
        migrations.RunSQL(EMPTY, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='searchdocument',
            name='folder_id',
            field=models.UUIDField(default=uuid.uuid4, help_text="as the recording's; kept by whatever moves it"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='recorded_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='searchdocument',
            name='words',
            field=django.contrib.postgres.search.SearchVectorField(help_text='A title and tags, B chapters and titles of slides, C description and slides, D speech; with = before them those of title and tags once more'),
        ),
        migrations.RunSQL(UNPACKED, PACKED),
        migrations.CreateModel(
            name='SearchLines',
            fields=[
                ('recording', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cathedra.recording')),
                ('text', models.TextField(help_text='a line each')),
                ('places', models.TextField(help_text='a line for each: its kind and when it begins, in ms')),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.TextField(help_text='small letters, no accents', primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), name='search_word_near')],
            },
        ),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(condition=models.Q(('sharing__isnull', False)), fields=['sharing'], name='recording_leveled'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('text', config='cathedra'), name='note_words'),
        ),
    ]
