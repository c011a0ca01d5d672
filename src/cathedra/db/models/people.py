"""Who someone is: principals, accounts, groups, memberships, system roles, web sessions."""

import uuid
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Upper

from cathedra.db import prepared
from cathedra.db.models.fields import is_word, word
from cathedra.domain.people import Affiliation, GroupKind, SystemRole


class Principal(models.Model):
    """An account or a group: whatever can be given a role. Its id is the account's or group's id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_group = models.BooleanField(default=False)


class Accounts(BaseUserManager["Account"]):
    """How the sign-in library looks accounts up. Every request asks for one by its key alone: that is prepared."""

    def get(self, *args: Any, **wanted: Any) -> "Account":
        """One account."""
        if args or set(wanted) != {"pk"}:
            return cast(Account, super().get(*args, **wanted))
        found = prepared.rows("account", id=self.model._meta.pk.to_python(wanted["pk"]))
        if not found:
            raise self.model.DoesNotExist
        names = [field.attname for field in self.model._meta.concrete_fields]
        account = self.model.from_db("default", names, [getattr(found[0], name) for name in names])
        account.is_gated = found[0].is_gated
        return account


class Account(AbstractBaseUser):
    """One human, or a service account (R1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login_name = models.TextField(unique=True)
    email = models.EmailField(max_length=254, blank=True)
    full_name = models.TextField()
    affiliation = word(Affiliation)
    department = models.ForeignKey("Department", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    is_gated = True  # not a column: whoever is looked up by key is told; of anybody else nothing better is known (R9)

    USERNAME_FIELD = "login_name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("email",)
    objects = Accounts()

    class Meta:
        constraints = [
            is_word("affiliation", Affiliation, "account_affiliation"),
            models.UniqueConstraint(Lower("login_name"), name="account_login_name_any_case"),
            models.CheckConstraint(
                condition=models.Q(is_active=True) | models.Q(deactivated_at__isnull=False),
                name="account_deactivated_at",
            ),
        ]
        indexes = [
            models.Index(Lower("full_name"), "id", name="account_by_name"),
            GinIndex(
                OpClass(Upper("full_name"), "gin_trgm_ops"),
                OpClass(Upper("login_name"), "gin_trgm_ops"),
                OpClass(Upper("email"), "gin_trgm_ops"),
                name="account_found",
            ),
        ]

    def __str__(self) -> str:
        return self.login_name


class Group(models.Model):
    """A set of accounts that is given roles as one (R2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    kind = word(GroupKind)
    external_id = models.TextField(null=True, blank=True, unique=True)
    pushed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("kind", GroupKind, "group_kind"),
            models.CheckConstraint(
                condition=models.Q(kind=GroupKind.INTERNAL.value, external_id=None)
                | (~models.Q(kind=GroupKind.INTERNAL.value) & models.Q(external_id__isnull=False)),
                name="group_external_id",
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="group_by_name"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="group_found"),
        ]


class Membership(models.Model):
    """An account is in a group."""

    group = models.ForeignKey("Group", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("account", "group"), name="membership_once")]


class Invitation(models.Model):
    """A link by which somebody chooses their first password. Its secret is kept only as a digest."""

    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    digest = models.TextField(unique=True)
    created_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("account",), condition=models.Q(used_at=None), name="invitation_one_open"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="invitation_expires"
            ),
        ]


class SystemRoleHolder(models.Model):
    """An account holds a role on the platform itself (R25): why, who approved it, until when (R27)."""

    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    role = word(SystemRole)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")
    review_date = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("role", SystemRole, "system_role"),
            models.UniqueConstraint(fields=("account", "role"), name="system_role_once"),
            models.CheckConstraint(
                condition=models.Q(approver=None) | ~models.Q(approver=models.F("account")),
                name="system_role_second_person",
            ),
        ]


class WebSession(AbstractBaseSession):
    """A browser that is signed in; the account stands in a column so that one statement can look it up."""

    account = models.ForeignKey("Account", null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "cathedra_web_session"
