"""When the owner of what a takedown removes was told so, seven days before (N19): of what is decided already that is said
once more. Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0045_view_figures'),
    ]

    operations = [
        migrations.AddField(
            model_name='hold',
            name='remove_told_at',
            field=models.DateTimeField(blank=True, help_text='N19, seven days before', null=True),
        ),
    ]
