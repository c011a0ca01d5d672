"""The foundation: people, library, access, uploads, renditions, audit; the extensions they need; the cache's table."""

import cathedra.db.models.fields
import cathedra.domain.access
import cathedra.domain.encoding
import cathedra.domain.ingest
import cathedra.domain.library
import cathedra.domain.people
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        CreateExtension("ltree"),
        CreateExtension("pg_trgm"),
        CreateExtension("unaccent"),
        migrations.RunSQL(
            "CREATE TABLE cathedra_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, "
            "expires timestamptz NOT NULL); CREATE INDEX cathedra_cache_expires ON cathedra_cache (expires)",
            "DROP TABLE cathedra_cache",
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField(unique=True)),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
            ],
        ),
        migrations.CreateModel(
            name="Principal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("is_group", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_id", models.UUIDField(blank=True, null=True)),
                ("channel", models.TextField()),
                ("address", models.TextField(blank=True)),
                ("correlation_id", models.TextField(blank=True)),
                ("action", models.TextField()),
                ("target_kind", models.TextField()),
                ("target_id", models.TextField()),
                ("facts", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target_kind", "target_id", "id"], name="audit_target"),
                    models.Index(fields=["actor_id", "id"], name="audit_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("external_id", models.TextField(unique=True)),
                ("short_name", models.TextField()),
                ("full_name", models.TextField()),
                ("kind", models.TextField()),
                ("academic_year", models.TextField(help_text="as 2026-27")),
                ("is_visible", models.BooleanField(default=True)),
                ("is_authorised", models.BooleanField(default=True)),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cathedra.department"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    cathedra.domain.library.CourseKind["AWARD"],
                                    cathedra.domain.library.CourseKind["EXECUTIVE_EDUCATION"],
                                    cathedra.domain.library.CourseKind["OTHER"],
                                    cathedra.domain.library.CourseKind["SUMMER_SCHOOL"],
                                ],
                            )
                        ),
                        name="course_kind",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("login_name", models.TextField(unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("full_name", models.TextField()),
                ("affiliation", models.TextField()),
                ("is_active", models.BooleanField(default=True)),
                ("deactivated_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cathedra.department",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "affiliation__in",
                                [
                                    cathedra.domain.people.Affiliation["COLLEGE_STAFF"],
                                    cathedra.domain.people.Affiliation["EXTERNAL"],
                                    cathedra.domain.people.Affiliation["SERVICE_ACCOUNT"],
                                    cathedra.domain.people.Affiliation["STUDENT"],
                                    cathedra.domain.people.Affiliation["UNIVERSITY_STAFF"],
                                ],
                            )
                        ),
                        name="account_affiliation",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("login_name"), name="account_login_name_any_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_active", True), ("deactivated_at__isnull", False), _connector="OR"),
                        name="account_deactivated_at",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("path", cathedra.db.models.fields.LtreeField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("inherits", models.BooleanField(default=True)),
                (
                    "newest_at",
                    models.DateTimeField(
                        blank=True, help_text="when its newest published recording was made", null=True
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cathedra.course",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cathedra.department",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cathedra.folder",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["path"], name="folder_path"),
                    models.Index(
                        models.OrderBy(models.F("newest_at"), descending=True, nulls_last=True), name="folder_newest"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    cathedra.domain.library.FolderKind["ASSIGNMENT"],
                                    cathedra.domain.library.FolderKind["COURSE"],
                                    cathedra.domain.library.FolderKind["DEPARTMENT"],
                                    cathedra.domain.library.FolderKind["GENERAL"],
                                    cathedra.domain.library.FolderKind["PERSONAL"],
                                ],
                            )
                        ),
                        name="folder_kind",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="folder_named"),
                    models.CheckConstraint(
                        condition=models.Q(("parent__isnull", False), ("inherits", False), _connector="OR"),
                        name="folder_root_owns_access",
                    ),
                    models.UniqueConstraint(fields=("parent", "name"), name="folder_name_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("external_id", models.TextField(blank=True, null=True, unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    cathedra.domain.people.GroupKind["DIRECTORY"],
                                    cathedra.domain.people.GroupKind["EXTERNAL"],
                                    cathedra.domain.people.GroupKind["INTERNAL"],
                                ],
                            )
                        ),
                        name="group_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.group"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("account", "group"), name="membership_once")]},
        ),
        migrations.CreateModel(
            name="FolderMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.folder"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.principal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    cathedra.domain.access.FolderRole["ANALYTICS_MANAGER"],
                                    cathedra.domain.access.FolderRole["CONTENT_ORGANIZER"],
                                    cathedra.domain.access.FolderRole["CREATOR"],
                                    cathedra.domain.access.FolderRole["PUBLISHER"],
                                    cathedra.domain.access.FolderRole["VIEWER"],
                                ],
                            )
                        ),
                        name="folder_member_role",
                    ),
                    models.UniqueConstraint(fields=("folder", "principal", "role"), name="folder_member_once"),
                ]
            },
        ),
        migrations.CreateModel(
            name="FolderAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.TextField()),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.folder"
                    ),
                ),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.principal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("folder", "principal", "role"), name="folder_access_by_folder"),
                    models.UniqueConstraint(fields=("principal", "folder", "role"), name="folder_access_by_principal"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("origin", models.TextField()),
                ("media_state", models.TextField(default=cathedra.domain.library.MediaState["EMPTY"])),
                ("publication", models.TextField(default=cathedra.domain.library.Publication["DRAFT"])),
                ("keeping", models.TextField(default=cathedra.domain.library.Keeping["ONLINE"])),
                ("duration_ms", models.BigIntegerField(blank=True, help_text="unedited timeline (R96)", null=True)),
                ("failure", models.TextField(blank=True, help_text="the sentence for the owner when FAILED")),
                ("failure_values", models.JSONField(default=dict)),
                ("dropped", models.JSONField(default=list, help_text="inputs left out, with the sentence why (R59)")),
                (
                    "attempt",
                    models.UUIDField(blank=True, help_text="the processing attempt that may write results", null=True),
                ),
                ("stage", models.TextField(blank=True, help_text="what is being done now: progress for people")),
                ("stage_percent", models.SmallIntegerField(blank=True, null=True)),
                ("stage_started_at", models.DateTimeField(blank=True, null=True)),
                (
                    "stage_estimate_s",
                    models.IntegerField(blank=True, help_text="seconds to the end of processing", null=True),
                ),
                ("is_ladder_complete", models.BooleanField(default=False)),
                ("captured_at", models.DateTimeField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField(blank=True, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("version", models.IntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cathedra.folder"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("folder"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="recording_in_folder",
                    ),
                    models.Index(
                        models.F("owner"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="recording_of_owner",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__in",
                                [
                                    cathedra.domain.library.Origin["ADHOC_ROOM"],
                                    cathedra.domain.library.Origin["BROWSER"],
                                    cathedra.domain.library.Origin["DESKTOP"],
                                    cathedra.domain.library.Origin["FULL_COPY"],
                                    cathedra.domain.library.Origin["IMPORT"],
                                    cathedra.domain.library.Origin["MOBILE"],
                                    cathedra.domain.library.Origin["REFERENCE_COPY"],
                                    cathedra.domain.library.Origin["SCHEDULED"],
                                    cathedra.domain.library.Origin["UPLOAD"],
                                    cathedra.domain.library.Origin["WEBCAST"],
                                ],
                            )
                        ),
                        name="recording_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_state__in",
                                [
                                    cathedra.domain.library.MediaState["CANCELLED"],
                                    cathedra.domain.library.MediaState["EMPTY"],
                                    cathedra.domain.library.MediaState["FAILED"],
                                    cathedra.domain.library.MediaState["MISSED"],
                                    cathedra.domain.library.MediaState["PREPARING"],
                                    cathedra.domain.library.MediaState["READY"],
                                    cathedra.domain.library.MediaState["RECEIVED"],
                                    cathedra.domain.library.MediaState["RECORDING"],
                                    cathedra.domain.library.MediaState["SCHEDULED"],
                                ],
                            )
                        ),
                        name="recording_media_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "publication__in",
                                [
                                    cathedra.domain.library.Publication["DRAFT"],
                                    cathedra.domain.library.Publication["PUBLISHED"],
                                    cathedra.domain.library.Publication["REJECTED"],
                                    cathedra.domain.library.Publication["WAITING"],
                                ],
                            )
                        ),
                        name="recording_publication",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "keeping__in",
                                [
                                    cathedra.domain.library.Keeping["ARCHIVED"],
                                    cathedra.domain.library.Keeping["ONLINE"],
                                    cathedra.domain.library.Keeping["PURGED"],
                                    cathedra.domain.library.Keeping["RECYCLED"],
                                    cathedra.domain.library.Keeping["RESTORING"],
                                ],
                            )
                        ),
                        name="recording_keeping",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="recording_titled"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("media_state", "READY"), _negated=True),
                            models.Q(("duration_ms__isnull", False), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="recording_ready_facts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("media_state", "FAILED"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recording_failed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("publication", "DRAFT"), ("media_state", "READY"), _connector="OR"),
                        name="recording_published_is_ready",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
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
                        condition=models.Q(("released_at__isnull", True)), fields=["recording"], name="hold_open"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.SmallIntegerField(help_text="0 for the first file, 1 for the second stream")),
                ("original_name", models.TextField()),
                ("size_bytes", models.BigIntegerField()),
                ("sha256", models.TextField(blank=True)),
                ("object_key", models.TextField(help_text="where the object store keeps it")),
                ("received_at", models.DateTimeField()),
                ("probe", models.JSONField(blank=True, null=True)),
                (
                    "problem",
                    models.TextField(blank=True, help_text="the sentence for the owner when it could not be used"),
                ),
                ("problem_values", models.JSONField(default=dict)),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.recording"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("recording", "position"), name="source_position_once")]
            },
        ),
        migrations.CreateModel(
            name="Stream",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("role", models.TextField()),
                ("source_index", models.SmallIntegerField(help_text="index of the stream in its file")),
                ("language", models.TextField(blank=True, help_text="BCP 47, for audio")),
                ("label", models.TextField(blank=True)),
                ("is_screen", models.BooleanField(default=False, help_text="slides or a desktop rather than a camera")),
                ("offset_ms", models.IntegerField(default=0)),
                ("duration_ms", models.BigIntegerField()),
                ("width", models.IntegerField(blank=True, null=True)),
                ("height", models.IntegerField(blank=True, null=True)),
                ("frame_rate", models.FloatField(blank=True, null=True)),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.recording"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    cathedra.domain.encoding.StreamRole["AUDIO"],
                                    cathedra.domain.encoding.StreamRole["PRIMARY"],
                                    cathedra.domain.encoding.StreamRole["SECONDARY"],
                                ],
                            )
                        ),
                        name="stream_role",
                    ),
                    models.UniqueConstraint(fields=("source", "source_index"), name="stream_once"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("name", models.TextField(help_text="as v720 or a0: the stem of its files")),
                ("is_copy", models.BooleanField(default=False, help_text="the upload's own bits, only packaged")),
                ("width", models.IntegerField(blank=True, null=True)),
                ("height", models.IntegerField(blank=True, null=True)),
                ("frame_rate", models.FloatField(blank=True, null=True)),
                ("codecs", models.TextField(help_text="RFC 6381, for CODECS")),
                ("peak_bps", models.BigIntegerField(help_text="BANDWIDTH, measured from the segments")),
                ("average_bps", models.BigIntegerField(help_text="AVERAGE-BANDWIDTH")),
                ("size_bytes", models.BigIntegerField()),
                ("duration_ms", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.recording"
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cathedra.stream"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    cathedra.domain.encoding.RenditionKind["AUDIO"],
                                    cathedra.domain.encoding.RenditionKind["VIDEO"],
                                ],
                            )
                        ),
                        name="rendition_kind",
                    ),
                    models.UniqueConstraint(fields=("recording", "name"), name="rendition_name_once"),
                ]
            },
        ),
        migrations.CreateModel(
            name="SystemRoleHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.TextField()),
                ("reason", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    cathedra.domain.people.SystemRole["AUDITOR"],
                                    cathedra.domain.people.SystemRole["CAPTION_REQUESTER"],
                                    cathedra.domain.people.SystemRole["SERVICE_ADMIN"],
                                    cathedra.domain.people.SystemRole["SYS_ADMIN"],
                                    cathedra.domain.people.SystemRole["VIDEOGRAPHER"],
                                ],
                            )
                        ),
                        name="system_role",
                    ),
                    models.UniqueConstraint(fields=("account", "role"), name="system_role_once"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.SmallIntegerField(default=0, help_text="0: first file, 1: second stream")),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("original_name", models.TextField(blank=True)),
                ("fingerprint", models.TextField(blank=True, help_text="what the browser knows the file by")),
                ("metadata", models.TextField(blank=True, help_text="Upload-Metadata, given back as it came")),
                ("length_bytes", models.BigIntegerField()),
                ("offset_bytes", models.BigIntegerField(default=0)),
                ("lease", models.UUIDField(blank=True, help_text="the request that may write now", null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("parts", models.JSONField(default=list, help_text="upload ids, in order, of a concatenation")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cathedra.recording",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("account"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        name="upload_of_account",
                    ),
                    models.Index(
                        condition=models.Q(("state", "OPEN")), fields=["expires_at"], name="upload_open_expiry"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    cathedra.domain.ingest.UploadKind["FINAL"],
                                    cathedra.domain.ingest.UploadKind["PARTIAL"],
                                    cathedra.domain.ingest.UploadKind["WHOLE"],
                                ],
                            )
                        ),
                        name="upload_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    cathedra.domain.ingest.UploadState["COMPLETE"],
                                    cathedra.domain.ingest.UploadState["EXPIRED"],
                                    cathedra.domain.ingest.UploadState["OPEN"],
                                    cathedra.domain.ingest.UploadState["TERMINATED"],
                                ],
                            )
                        ),
                        name="upload_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offset_bytes__gte", 0), ("offset_bytes__lte", models.F("length_bytes"))),
                        name="upload_offset_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease__isnull", True), ("lease_until__isnull", True)),
                            models.Q(("lease__isnull", False), ("lease_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="upload_lease_paired",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewingPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position_ms", models.BigIntegerField()),
                ("updated_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
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
                        models.F("account"),
                        models.OrderBy(models.F("updated_at"), descending=True),
                        name="viewing_position_latest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "recording"), name="viewing_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("position_ms__gte", 0)), name="viewing_position_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebSession",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "cathedra_web_session",
            },
        ),
    ]
