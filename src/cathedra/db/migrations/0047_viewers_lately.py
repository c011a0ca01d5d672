"""Who was added to the newest recordings, whoever it was, from the index alone: newest_recordings reads the few of them
instead of asking for each group of a person. Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0046_removal_told'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='recordingviewer',
            index=models.Index(fields=['-recording_created_at'], include=('recording', 'principal'), name='recording_viewer_lately'),
        ),
    ]
