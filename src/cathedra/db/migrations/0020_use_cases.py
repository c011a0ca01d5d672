"""Cases of the acceptable use policy and what was reported (R86 to R92). Additive."""

import cathedra.domain.policy._use_desk
import cathedra.domain.policy._use_words
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cathedra", "0019_own_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="UseCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("cause", models.TextField()),
                ("state", models.TextField()),
                ("opened_at", models.DateTimeField()),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, help_text="N15, after the working days of R86", null=True),
                ),
                ("verdict", models.TextField(blank=True, help_text="the last decision", null=True)),
                ("failed", models.JSONField(default=list, help_text="the requirements that a refusal names (R90)")),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "is_visible",
                    models.BooleanField(default=False, help_text="left to its audience in the days of grace (R90)"),
                ),
                ("grace_until", models.DateTimeField(blank=True, null=True)),
                ("warned_at", models.DateTimeField(blank=True, help_text="N19, seven days before", null=True)),
                ("exempt_until", models.DateTimeField(blank=True, null=True)),
                (
                    "proposed_until",
                    models.DateTimeField(blank=True, help_text="of an exemption that waits for consent", null=True),
                ),
                ("proposed_why", models.TextField(blank=True)),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(blank=True, null=True)),
                ("is_appeal_decided", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="when decided (R91)",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.recording"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["state", "opened_at"],
                        name="use_case_waiting",
                    ),
                    models.Index(fields=["recording", "-decided_at"], name="use_case_of_recording"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "cause__in",
                                [
                                    cathedra.domain.policy._use_desk.CaseCause["LAPSED"],
                                    cathedra.domain.policy._use_desk.CaseCause["REFERRED"],
                                    cathedra.domain.policy._use_desk.CaseCause["REPORTED"],
                                ],
                            )
                        ),
                        name="use_case_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    cathedra.domain.policy._use_desk.CaseState["APPEALED"],
                                    cathedra.domain.policy._use_desk.CaseState["CLOSED"],
                                    cathedra.domain.policy._use_desk.CaseState["OPEN"],
                                    cathedra.domain.policy._use_desk.CaseState["REFUSED"],
                                ],
                            )
                        ),
                        name="use_case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__isnull", True),
                            (
                                "verdict__in",
                                [
                                    cathedra.domain.policy._use_words.Verdict["EXEMPT"],
                                    cathedra.domain.policy._use_words.Verdict["NOT_PERMITTED"],
                                    cathedra.domain.policy._use_words.Verdict["PERMITTED"],
                                    cathedra.domain.policy._use_words.Verdict["REFERRED"],
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="use_case_verdict",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=("recording",),
                        name="use_case_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("grace_until__isnull", False), ("verdict", "NOT_PERMITTED")),
                            _connector="OR",
                        ),
                        name="use_case_refused_has_grace",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__isnull", True),
                            models.Q(("verdict", "EXEMPT"), _negated=True),
                            ("exempt_until__isnull", False),
                            _connector="OR",
                        ),
                        name="use_case_exemption_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UseReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.usecase"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("case", "reporter"), name="use_report_once")]},
        ),
    ]
