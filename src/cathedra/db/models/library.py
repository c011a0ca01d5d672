"""What we hold and where: departments, courses, folders, recordings, their sources and streams."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q, Value

from cathedra.db.models.fields import LtreeField, dated, ends_later, is_word, is_word_or_null, word
from cathedra.domain.access import (
    OWN_DOWNLOADS,
    Downloads,
    FolderEnd,
    FolderStart,
    RecordingEnd,
    RecordingStart,
    SharingLevel,
)
from cathedra.domain.encoding import StreamRole
from cathedra.domain.library import CourseKind, FolderKind, Keeping, MediaState, Origin, Publication
from cathedra.domain.publishing import ApprovalStep


class Department(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    contact_email = models.EmailField(blank=True)


class Course(models.Model):
    """R3."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    external_id = models.TextField(unique=True)
    short_name = models.TextField()
    full_name = models.TextField()
    kind = word(CourseKind)
    department = models.ForeignKey("Department", on_delete=models.PROTECT, related_name="+")
    academic_year = models.TextField(help_text="as 2026-27")
    is_visible = models.BooleanField(default=True)
    is_authorised = models.BooleanField(default=True)

    class Meta:
        constraints = [is_word("kind", CourseKind, "course_kind")]


_SHARED = ~Q(sharing=SharingLevel.RESTRICTED)


class Folder(models.Model):
    """R4. `path` is the ids from the root down, without dashes, joined by dots. `access_from` is the folder that its
    members, level and settings come from: itself, or the nearest above that owns its access (R28); kept by
    `writes.access.recompute`. A setting that is null is as there; null there too: the default."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    path = LtreeField()
    name = models.TextField()
    kind = word(FolderKind)
    inherits = models.BooleanField(default=True)
    department = models.ForeignKey("Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey("Course", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    access_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+")
    sharing = word(
        SharingLevel, default=SharingLevel.RESTRICTED, db_default=SharingLevel.RESTRICTED.value, help_text="R31"
    )
    start = word(FolderStart, null=True, blank=True, help_text="R44; when_approved is approval by Publishers (R62)")
    starts_at = models.DateTimeField(null=True, blank=True)
    end = word(FolderEnd, null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    release_delay_hours = models.SmallIntegerField(null=True, blank=True, help_text="R49")
    downloads = word(Downloads, null=True, blank=True)
    public_notes = models.BooleanField(null=True, blank=True, help_text="null: as where its access comes from (R218)")
    is_summative = models.BooleanField(default=False, db_default=False, help_text="R129: of an assignment folder")
    newest_at = models.DateTimeField(null=True, blank=True, help_text="when its newest published recording was made")
    recycled_in = models.ForeignKey(  # R138
        "FolderBin", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("kind", FolderKind, "folder_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="folder_named"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(inherits=False), name="folder_root_owns_access"
            ),
            models.UniqueConstraint(fields=("parent", "name"), name="folder_name_once"),
            is_word("sharing", SharingLevel, "folder_sharing"),
            is_word_or_null("start", FolderStart, "folder_start"),
            is_word_or_null("end", FolderEnd, "folder_end"),
            is_word_or_null("downloads", Downloads, "folder_downloads"),
            dated("start", "folder_starts_at"),
            dated("end", "folder_ends_at"),
            ends_later("folder_ends_later"),
            models.CheckConstraint(
                condition=Q(release_delay_hours__isnull=True) | Q(release_delay_hours__range=(0, 168)),
                name="folder_release_delay",
            ),
            # the level goes with the members (R28, R29)
            models.CheckConstraint(condition=Q(inherits=False) | ~_SHARED, name="folder_level_needs_own_access"),
            models.CheckConstraint(  # R34: a personal folder itself cannot be shared, those in it can
                condition=~Q(kind=FolderKind.PERSONAL) | Q(parent__isnull=False) | Q(sharing=SharingLevel.RESTRICTED),
                name="folder_personal_restricted",
            ),
        ]
        indexes = [
            GistIndex(fields=["path"], name="folder_path"),
            models.Index(  # the walk down the liveliest folders, from the index alone (D1)
                F("newest_at").desc(nulls_last=True),
                name="folder_newest",
                include=("id", "access_from", "start", "starts_at", "end", "ends_at", "release_delay_hours", "kind"),
            ),
            # where everybody signed in, or everybody, is let in and told
            models.Index(fields=("sharing",), include=("id",), condition=_SHARED, name="folder_shared"),
        ]


_OFFERED = Q(media_state="READY", publication="PUBLISHED", keeping="ONLINE")
_CAME_TO_THE_BIN = Q(recycled_from=None) | Q(keeping="RECYCLED", recycled_from__in=["ONLINE", "ARCHIVED"])


class Recording(models.Model):
    """One recording with its metadata (R5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    folder = models.ForeignKey("Folder", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    description = models.TextField(blank=True)
    tags = ArrayField(
        models.TextField(), default=list, db_default=Value([], output_field=ArrayField(models.TextField()))
    )
    origin = word(Origin)
    media_state = word(MediaState, default=MediaState.EMPTY)
    publication = word(Publication, default=Publication.DRAFT)
    keeping = word(Keeping, default=Keeping.ONLINE)
    recycled_from = word(Keeping, null=True, blank=True, help_text="the tier it came to the bin from (R101)")
    duration_ms = models.BigIntegerField(null=True, blank=True, help_text="unedited timeline (R96)")
    edited_ms = models.BigIntegerField(null=True, blank=True, help_text="as viewers have it, when parts are cut")
    failure = models.TextField(blank=True, help_text="the sentence for the owner when FAILED")
    failure_values = models.JSONField(default=dict)
    dropped = models.JSONField(default=list, help_text="inputs left out, with the sentence why (R59)")
    stage = models.TextField(blank=True, help_text="what is being done now: progress for people")
    stage_percent = models.SmallIntegerField(null=True, blank=True)
    stage_started_at = models.DateTimeField(null=True, blank=True)
    stage_estimate_s = models.IntegerField(null=True, blank=True, help_text="seconds to the end of processing")
    is_ladder_complete = models.BooleanField(default=False)
    sharing = word(SharingLevel, null=True, blank=True, help_text="R32: adds to the folder's; null: the folder's alone")
    downloads = word(
        Downloads, null=True, blank=True, help_text="R204: stricter than the folder's; null: as the folder"
    )
    start = word(RecordingStart, default=RecordingStart.WITH_FOLDER, db_default=RecordingStart.WITH_FOLDER.value)
    starts_at = models.DateTimeField(null=True, blank=True)
    end = word(RecordingEnd, default=RecordingEnd.WITH_FOLDER, db_default=RecordingEnd.WITH_FOLDER.value)
    ends_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="when it was last handed to the Publishers")
    submitted_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approval = word(ApprovalStep, blank=True, db_default="", help_text="the last step of its approval (R74)")
    approval_at = models.DateTimeField(null=True, blank=True)
    approval_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approval_reason = models.TextField(blank=True, db_default="")
    reference_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="R140: plays as that does"
    )
    captured_at = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    content_version = models.IntegerField(default=1, db_default=1, help_text="grows with whatever it is found by")

    class Meta:
        constraints = [
            is_word("origin", Origin, "recording_origin"),
            is_word("media_state", MediaState, "recording_media_state"),
            is_word("publication", Publication, "recording_publication"),
            is_word("keeping", Keeping, "recording_keeping"),
            models.CheckConstraint(condition=_CAME_TO_THE_BIN, name="recording_recycled_from"),
            models.CheckConstraint(condition=~Q(title=""), name="recording_titled"),
            models.CheckConstraint(
                condition=~Q(media_state="READY") | Q(ready_at__isnull=False, duration_ms__isnull=False),
                name="recording_ready_facts",
            ),
            models.CheckConstraint(
                condition=~Q(media_state="FAILED") | ~Q(failure=""), name="recording_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(publication="DRAFT") | Q(media_state="READY"), name="recording_published_is_ready"
            ),
            is_word_or_null("sharing", SharingLevel, "recording_sharing"),
            models.CheckConstraint(  # R204
                condition=Q(downloads__isnull=True) | Q(downloads__in=sorted(OWN_DOWNLOADS)), name="recording_downloads"
            ),
            is_word("start", RecordingStart, "recording_start"),
            is_word("end", RecordingEnd, "recording_end"),
            dated("start", "recording_starts_at"),
            dated("end", "recording_ends_at"),
            ends_later("recording_ends_later"),
            models.CheckConstraint(
                condition=Q(approval="", approval_at__isnull=True)
                | Q(approval__in=sorted(ApprovalStep), approval_at__isnull=False),
                name="recording_approval_step",
            ),
            models.CheckConstraint(  # R67
                condition=~Q(approval=ApprovalStep.REJECTED) | ~Q(approval_reason=""),
                name="recording_rejected_says_why",
            ),
            models.CheckConstraint(
                condition=Q(reference_of__isnull=True) | Q(origin=Origin.REFERENCE_COPY), name="recording_reference"
            ),
        ]
        indexes = [
            models.Index("folder", F("created_at").desc(), F("id").desc(), name="recording_in_folder"),
            models.Index("owner", F("created_at").desc(), F("id").desc(), name="recording_of_owner"),
            models.Index(  # the newest of many folders, from the index alone (D1)
                "folder",
                F("created_at").desc(),
                F("id").desc(),
                name="recording_newest",
                condition=_OFFERED,
                include=("start", "starts_at", "end", "ends_at", "origin", "ready_at", "owner", "reference_of"),
            ),
            models.Index(  # the Publishers' queue (R64)
                fields=("folder", "submitted_at"),
                condition=Q(publication="WAITING", keeping="ONLINE"),
                name="recording_waiting",
            ),
            models.Index(  # the newest that reach everybody by a level of their own (R32)
                F("created_at").desc(),
                F("id").desc(),
                name="recording_listed",
                condition=_OFFERED & Q(sharing__in=[SharingLevel.ORGANISATION, SharingLevel.PUBLIC]),
            ),
            models.Index(
                fields=("reference_of",), condition=Q(reference_of__isnull=False), name="recording_reference_copies"
            ),
            models.Index(fields=("sharing",), condition=Q(sharing__isnull=False), name="recording_leveled"),
        ]


class Source(models.Model):
    """A file as received. The original is kept until the recording is archived or purged (R61). From position 10 on are
    those that could not be used and wait until what was sent in their place plays (T18)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    position = models.SmallIntegerField(help_text="0 for the first file, 1 for the second stream")
    original_name = models.TextField()
    size_bytes = models.BigIntegerField()
    sha256 = models.TextField(blank=True)
    object_key = models.TextField(help_text="where the object store keeps it")
    received_at = models.DateTimeField()
    probe = models.JSONField(null=True, blank=True)
    attempt = models.UUIDField(null=True, blank=True, help_text="the processing attempt that may write results")
    encoded_at = models.DateTimeField(null=True, blank=True, help_text="when everything made of it was there")
    given_up_form = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="of the encoding that could not make the lower versions; a later one tries again",
    )
    problem = models.TextField(blank=True, help_text="the sentence for the owner when it could not be used")
    problem_values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("recording", "position"), name="source_position_once")]


class Stream(models.Model):
    """A picture or sound of a recording that plays in step with the others (R6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey("Source", on_delete=models.CASCADE, related_name="+")
    role = word(StreamRole)
    source_index = models.SmallIntegerField(help_text="index of the stream in its file")
    language = models.TextField(blank=True, help_text="BCP 47, for audio")
    label = models.TextField(blank=True)
    is_screen = models.BooleanField(default=False, help_text="slides or a desktop rather than a camera")
    offset_ms = models.IntegerField(default=0)
    duration_ms = models.BigIntegerField()
    width = models.IntegerField(null=True, blank=True)
    height = models.IntegerField(null=True, blank=True)
    frame_rate = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("role", StreamRole, "stream_role"),
            models.UniqueConstraint(fields=("source", "source_index"), name="stream_once"),
        ]
