"""The lines that results are shown from are read as they lie: twenty lectures took 7 ms to unpack, and lie twice as
large now, 60 kB for an hour of speech. Those that are there already stay packed until they are next written."""

from django.db import migrations

UNPACKED = """
ALTER TABLE cathedra_searchlines ALTER COLUMN text SET STORAGE EXTERNAL, ALTER COLUMN places SET STORAGE EXTERNAL;
"""
PACKED = """
ALTER TABLE cathedra_searchlines ALTER COLUMN text SET STORAGE EXTENDED, ALTER COLUMN places SET STORAGE EXTENDED;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0034_look_again'),
    ]

    operations = [migrations.RunSQL(UNPACKED, PACKED)]
