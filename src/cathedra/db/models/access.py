"""Who may do what: roles given on folders, and the effective roles after inheritance."""

from django.db import models

from cathedra.db.models.fields import is_word, word
from cathedra.domain.access import FolderRole


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
