"""Which assignment folders take work that counts for a mark (R129): until now every one was taken for one, and those that
are there stay so until somebody says otherwise."""

from django.db import migrations, models

AS_BEFORE = "UPDATE cathedra_folder SET is_summative = TRUE WHERE kind = 'assignment'"


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0037_left_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='folder',
            name='is_summative',
            field=models.BooleanField(db_default=False, default=False, help_text='R129: of an assignment folder'),
        ),
        migrations.RunSQL(AS_BEFORE, migrations.RunSQL.noop),
    ]
