"""The index of the liveliest folders holds what the walk down it asks for, so that it reads no folder (D1). Additive."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0011_grants'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='folder', name='folder_newest'),
        migrations.AddIndex(
            model_name='folder',
            index=models.Index(models.OrderBy(models.F('newest_at'), descending=True, nulls_last=True), include=('id', 'access_from', 'start', 'starts_at', 'end', 'ends_at', 'release_delay_hours'), name='folder_newest'),
        ),
    ]
