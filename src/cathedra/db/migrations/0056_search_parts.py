"""Long documents once more in parts, to rank by one word, and the first of their lines, to show what is said often (R211).

Additive. Documents that are there already are made anew by MEND_INDEX; until then they are read whole."""

import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

UNPACKED = """
ALTER TABLE cathedra_searchpart ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE cathedra_searchlines ALTER COLUMN head SET STORAGE EXTERNAL, ALTER COLUMN head_places SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0055_recorder_door'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchPart',
            fields=[
                ('pk', models.CompositePrimaryKey('recording', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField()),
                ('words', django.contrib.postgres.search.SearchVectorField(help_text='as in the document, at the same places')),
                ('length', models.IntegerField(help_text='how many places the whole document tells of')),
                ('recording', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cathedra.recording')),
            ],
        ),
        migrations.AddField(
            model_name='searchlines',
            name='head',
            field=models.TextField(db_default='', default='', help_text='the first once more; empty when these are all'),
        ),
        migrations.AddField(
            model_name='searchlines',
            name='head_places',
            field=models.TextField(db_default='', default='', help_text='theirs'),
        ),
        migrations.RunSQL(UNPACKED, migrations.RunSQL.noop),
    ]
