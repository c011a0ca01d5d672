"""Which version of its cuts viewers have, and how long a recording is for them. Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0028_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='edit',
            name='file_bytes',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='edit',
            name='file_key',
            field=models.TextField(blank=True, help_text='where the object store keeps it as one file, once asked for (R204)'),
        ),
        migrations.AddField(
            model_name='edit',
            name='is_made',
            field=models.BooleanField(default=False, help_text='its playlists and edges are in place'),
        ),
        migrations.AddField(
            model_name='edit',
            name='problem',
            field=models.TextField(blank=True, help_text='the sentence when its edges could not be encoded'),
        ),
        migrations.AddField(
            model_name='edit',
            name='shown_at',
            field=models.DateTimeField(blank=True, help_text='since when viewers have it; the highest shown counts', null=True),
        ),
        migrations.AddField(
            model_name='recording',
            name='edited_ms',
            field=models.BigIntegerField(blank=True, help_text='as viewers have it, when parts are cut', null=True),
        ),
    ]
