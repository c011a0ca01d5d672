"""What the newest recordings are found by: the folders that everybody is let into, and who was added to a recording, both
read from the index alone. When a recording was made does not change, so it stands beside who was added to it: the
database writes it, whoever inserts. Additive."""

import cathedra.domain.access._words
from django.db import migrations, models

KEEP = """
CREATE FUNCTION cathedra_note_recording_created_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.recording_created_at := (SELECT r.created_at FROM cathedra_recording r WHERE r.id = NEW.recording_id);
    RETURN NEW;
END $$;
CREATE TRIGGER recording_created_at BEFORE INSERT OR UPDATE OF recording_id ON cathedra_recordingviewer
    FOR EACH ROW EXECUTE FUNCTION cathedra_note_recording_created_at();
UPDATE cathedra_recordingviewer w SET recording_created_at = r.created_at
    FROM cathedra_recording r WHERE r.id = w.recording_id;
"""
UNKEEP = """
DROP TRIGGER recording_created_at ON cathedra_recordingviewer;
DROP FUNCTION cathedra_note_recording_created_at();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0035_lines_as_they_lie'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='folder',
            name='folder_shared',
        ),
        migrations.RemoveIndex(
            model_name='folder',
            name='folder_newest',
        ),
        migrations.AddField(
            model_name='recordingviewer',
            name='recording_created_at',
            field=models.DateTimeField(editable=False, help_text='written by the database; newest_recordings finds the newest by it', null=True),
        ),
        migrations.RunSQL(KEEP, UNKEEP),
        migrations.AddIndex(
            model_name='folder',
            index=models.Index(models.OrderBy(models.F('newest_at'), descending=True, nulls_last=True), include=('id', 'access_from', 'start', 'starts_at', 'end', 'ends_at', 'release_delay_hours', 'kind'), name='folder_newest'),
        ),
        migrations.AddIndex(
            model_name='folder',
            index=models.Index(condition=models.Q(('sharing', cathedra.domain.access._words.SharingLevel['RESTRICTED']), _negated=True), fields=['sharing'], include=('id',), name='folder_shared'),
        ),
        migrations.AddIndex(
            model_name='recordingviewer',
            index=models.Index(fields=['principal', '-recording_created_at'], include=('recording',), name='recording_viewer_newest'),
        ),
    ]
