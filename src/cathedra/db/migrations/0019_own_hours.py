"""Hours set aside for departments and folders (R110), and what was recorded for somebody found by its owner (R111).
Additive."""

import cathedra.domain.metering._words
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cathedra", "0018_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("recorded_s", models.BigIntegerField(blank=True, null=True)),
                ("stored_s", models.BigIntegerField(blank=True, null=True)),
                ("is_enforced", models.BooleanField(default=False)),
                ("told_year", models.TextField(blank=True, default="")),
                ("told_recorded", models.SmallIntegerField(default=0)),
                ("told_stored", models.SmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_s__isnull", True), ("recorded_s__gte", 0), _connector="OR"),
                            models.Q(("stored_s__isnull", True), ("stored_s__gte", 0), _connector="OR"),
                            models.Q(("recorded_s__isnull", False), ("stored_s__isnull", False), _connector="OR"),
                        ),
                        name="allocation_says_something",
                    )
                ]
            },
        ),
        migrations.AddIndex(
            model_name="meterentry",
            index=models.Index(
                condition=models.Q(("category", cathedra.domain.metering._words.Category["RECORDED"])),
                fields=["owner_id", "licence_year"],
                name="meter_entry_owner",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="changed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="department",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cathedra.department",
            ),
        ),
        migrations.AddField(
            model_name="allocation",
            name="folder",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cathedra.folder",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", True), ("folder__isnull", False)),
                    models.Q(("department__isnull", False), ("folder__isnull", True)),
                    _connector="OR",
                ),
                name="allocation_of_one",
            ),
        ),
    ]
