"""The language of captions stands in addresses and in names of files: it is written as BCP 47 writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cathedra", "0024_content")]

    operations = [
        migrations.AddConstraint(
            model_name="captiontrack",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__regex", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")),
                name="caption_language_bcp47",
            ),
        ),
    ]
