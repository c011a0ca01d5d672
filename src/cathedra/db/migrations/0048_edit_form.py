"""What the files of an edited version were made like, so that what was made otherwise is found and made anew. Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0047_viewers_lately'),
    ]

    operations = [
        migrations.AddField(
            model_name='edit',
            name='form',
            field=models.IntegerField(default=0, help_text='what its files were made like; of another form they are made anew'),
        ),
    ]
