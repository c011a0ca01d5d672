"""Who may do what: roles on folders and after inheritance, extra viewers, requests, exemptions, appointments."""

import uuid

from django.db import models
from django.db.models import F, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.access import ExemptionKind, FolderRole, RequestAnswer


def one_target(name: str) -> models.CheckConstraint:
    """It is about one folder or one recording, never both."""
    return models.CheckConstraint(
        condition=Q(folder__isnull=True, recording__isnull=False) | Q(folder__isnull=False, recording__isnull=True),
        name=name,
    )


class FolderMember(models.Model):
    """A role given to a principal on a folder that owns its access (R29)."""

    folder = models.ForeignKey("Folder", on_delete=models.CASCADE, related_name="+")
    principal = models.ForeignKey("Principal", on_delete=models.CASCADE, related_name="+")
    role = word(FolderRole)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("role", FolderRole, "folder_member_role"),
            models.UniqueConstraint(fields=("folder", "principal", "role"), name="folder_member_once"),
        ]


class FolderAccess(models.Model):
    """The effective role of a principal on a folder, inheritance resolved; kept by `writes.access.recompute`."""

    folder = models.ForeignKey("Folder", on_delete=models.CASCADE, related_name="+")
    principal = models.ForeignKey("Principal", on_delete=models.CASCADE, related_name="+")
    role = word(FolderRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("folder", "principal", "role"), name="folder_access_by_folder"),
            models.UniqueConstraint(fields=("principal", "folder", "role"), name="folder_access_by_principal"),
        ]


class RecordingViewer(models.Model):
    """Somebody, or a group, who may view one recording beside the members of its folder (R24)."""

    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    principal = models.ForeignKey("Principal", on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recording_created_at = models.DateTimeField(
        null=True, editable=False, help_text="written by the database; newest_recordings finds the newest by it"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("recording", "principal"), name="recording_viewer_once"),
            models.UniqueConstraint(fields=("principal", "recording"), name="recording_viewer_by_principal"),
        ]
        indexes = [
            models.Index(
                fields=("principal", "-recording_created_at"), include=("recording",), name="recording_viewer_newest"
            ),
            models.Index(
                fields=("-recording_created_at",), include=("recording", "principal"), name="recording_viewer_lately"
            ),
        ]


class AccessRequest(models.Model):
    """Somebody who was refused asks to be let in (R36); open until answered, and once at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asker = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey("Folder", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey("Recording", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    message = models.TextField(blank=True)
    at = models.DateTimeField()
    answer = word(RequestAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            one_target("access_request_target"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=sorted(RequestAnswer), answered_at__isnull=False),
                name="access_request_answered",
            ),
            models.UniqueConstraint(
                fields=("asker", "recording"),
                condition=Q(answered_at__isnull=True, recording__isnull=False),
                name="access_request_open_recording",
            ),
            models.UniqueConstraint(
                fields=("asker", "folder"),
                condition=Q(answered_at__isnull=True, folder__isnull=False),
                name="access_request_open_folder",
            ),
        ]
        indexes = [
            models.Index(
                fields=("folder", "at"), condition=Q(answered_at__isnull=True), name="access_request_of_folder"
            ),
            models.Index(
                fields=("recording", "at"), condition=Q(answered_at__isnull=True), name="access_request_of_recording"
            ),
            models.Index("asker", F("at").desc(), name="access_request_of_asker"),
        ]


class Exemption(models.Model):
    """A folder with all below it, or a recording, is let off a rule until a day (R33)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = word(ExemptionKind)
    folder = models.ForeignKey("Folder", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey("Recording", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was taken back before its time")

    class Meta:
        constraints = [
            is_word("kind", ExemptionKind, "exemption_kind"),
            one_target("exemption_target"),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_says_why"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("given_at")), name="exemption_expires_later"),
        ]
        indexes = [
            models.Index(fields=("folder",), condition=Q(ended_at__isnull=True), name="exemption_of_folder"),
            models.Index(fields=("recording",), condition=Q(ended_at__isnull=True), name="exemption_of_recording"),
        ]


class SystemRoleScope(models.Model):
    """The folders, each with all below it, that a videographer or scheduler is appointed to (R25)."""

    holder = models.ForeignKey("SystemRoleHolder", on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey("Folder", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("holder", "folder"), name="system_role_scope_once")]
