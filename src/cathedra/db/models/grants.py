"""Administrative access to content: grants, what each covers, what was done under it (R141 to R150)."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cathedra.db.models.access import one_target
from cathedra.db.models.fields import is_word, word
from cathedra.domain.access import DeferGround, GrantPurpose, GrantRight, GrantUse, Informed


class AccessGrant(models.Model):
    """Staff may see content for a while, for the system's sake. It lets nobody in before `live_since` (R146)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grantee = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    purpose = word(GrantPurpose)
    explanation = models.TextField()
    rights = ArrayField(models.TextField(), default=list, help_text="members of GrantRight; view is always among them")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    granted_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    live_since = models.DateTimeField(
        null=True, blank=True, help_text="when the owner was told, or why not was written down"
    )
    is_notice_held = models.BooleanField(
        default=False,
        db_default=False,
        help_text="R147: owners are not told until a second person decides or the review",
    )
    deferred_ground = word(DeferGround, blank=True, db_default="")
    deferred_reason = models.TextField(blank=True)
    deferred_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_reason = models.TextField(blank=True, db_default="")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when its end was dealt with: summary, notice")

    class Meta:
        constraints = [
            is_word("purpose", GrantPurpose, "access_grant_purpose"),
            models.CheckConstraint(
                condition=Q(deferred_ground__in=["", *DeferGround]), name="access_grant_deferred_ground"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="access_grant_ends_later"),
            models.CheckConstraint(condition=~Q(grantee=F("granted_by")), name="access_grant_by_another"),
            models.CheckConstraint(
                condition=Q(rights__contains=["view"]) & Q(rights__contained_by=sorted(GrantRight)),
                name="access_grant_rights",
            ),
            models.CheckConstraint(
                condition=Q(deferred_reason="", deferred_by__isnull=True, review_at__isnull=True)
                | (~Q(deferred_reason="") & Q(deferred_by__isnull=False, review_at__isnull=False)),
                name="access_grant_deferral_whole",
            ),
        ]
        indexes = [
            models.Index(fields=("grantee",), condition=Q(revoked_at__isnull=True), name="access_grant_of_grantee"),
            models.Index(fields=("ends_at",), condition=Q(ended_at__isnull=True), name="access_grant_open_end"),
        ]


class AccessGrantItem(models.Model):
    """A recording, or a folder with all below it, that a grant covers (R145)."""

    grant = models.ForeignKey("AccessGrant", on_delete=models.CASCADE, related_name="+")
    folder = models.ForeignKey("Folder", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    recording = models.ForeignKey("Recording", null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            one_target("access_grant_item_target"),
            models.UniqueConstraint(
                fields=("grant", "recording"), condition=Q(recording__isnull=False), name="access_grant_recording_once"
            ),
            models.UniqueConstraint(
                fields=("grant", "folder"), condition=Q(folder__isnull=False), name="access_grant_folder_once"
            ),
        ]


class AccessGrantTelling(models.Model):
    """An owner of what a grant covers, and who was told for them (R146, R147). The grant counts for their recordings
    from `live_since` on: when a notice of this was delivered, or when there was nobody to tell and a reason stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey("AccessGrant", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    informed = word(Informed)
    told_at = models.DateTimeField()
    live_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("informed", Informed, "access_grant_telling_informed"),
            models.UniqueConstraint(fields=("grant", "owner"), name="access_grant_telling_once"),
        ]
        indexes = [
            models.Index(fields=("owner", "-told_at"), name="access_grant_telling_of_owner"),
            models.Index(fields=("told_at",), condition=Q(live_since__isnull=True), name="access_grant_telling_waits"),
        ]


class AccessGrantUse(models.Model):
    """Something done under a grant (R148). Append-only: triggers refuse every change and removal."""

    id = models.BigAutoField(primary_key=True)
    grant = models.ForeignKey("AccessGrant", on_delete=models.PROTECT, related_name="+")
    recording = models.ForeignKey("Recording", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        "Account", null=True, on_delete=models.PROTECT, related_name="+", help_text="whose it was; empty: whose it is"
    )
    kind = word(GrantUse)
    at = models.DateTimeField()

    class Meta:
        constraints = [is_word("kind", GrantUse, "access_grant_use_kind")]
        indexes = [models.Index(fields=("grant", "recording", "at"), name="access_grant_use_of_grant")]
