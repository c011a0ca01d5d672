"""Which form of the encoding gave up the lower versions of a file. Until now only the sentence for its owner said so: those
are of no form, so that the next one tries them again. Additive."""

from django.db import migrations, models

AS_BEFORE = """
UPDATE cathedra_source s
   SET given_up_form = 0
  FROM cathedra_recording r
 WHERE r.id = s.recording_id AND s.encoded_at IS NOT NULL
   AND r.dropped @> jsonb_build_array(jsonb_build_object('name', s.original_name, 'sentence',
       'It plays, but smaller versions for slow connections could not be made. The people who run this service can see '
       || 'what happened.'))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0049_saving'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='given_up_form',
            field=models.SmallIntegerField(blank=True, help_text='of the encoding that could not make the lower versions; a later one tries again', null=True),
        ),
        migrations.RunSQL(AS_BEFORE, migrations.RunSQL.noop),
    ]
