"""Phrases are found wherever they stand in a long document (R211): those of which the vector could not keep all places are
made anew by MEND_INDEX, which does so for a long document without parts."""

from django.db import migrations

TO_BE_MADE_ANEW = """
DELETE FROM cathedra_searchpart
WHERE recording_id IN (
    SELECT p.recording_id
    FROM cathedra_searchpart p
    CROSS JOIN unnest(p.words) w
    WHERE cardinality(w.positions) >= 255 OR w.positions[cardinality(w.positions)] >= 16383
);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0056_search_parts'),
    ]

    operations = [
        migrations.RunSQL(TO_BE_MADE_ANEW, migrations.RunSQL.noop),
    ]
