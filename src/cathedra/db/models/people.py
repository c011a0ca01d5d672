"""Who someone is: principals, accounts, groups, memberships, system roles, web sessions."""

import uuid
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

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
        return self.model.from_db("default", names, [getattr(found[0], name) for name in names])


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

    def __str__(self) -> str:
        return self.login_name


class Group(models.Model):
    """A set of accounts that is given roles as one (R2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField(unique=True)
    kind = word(GroupKind)
    external_id = models.TextField(null=True, blank=True, unique=True)

    class Meta:
        constraints = [is_word("kind", GroupKind, "group_kind")]


class Membership(models.Model):
    """An account is in a group."""

    group = models.ForeignKey("Group", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("account", "group"), name="membership_once")]


class SystemRoleHolder(models.Model):
    """An account holds a role on the platform itself (R25)."""

    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    role = word(SystemRole)
    reason = models.TextField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("role", SystemRole, "system_role"),
            models.UniqueConstraint(fields=("account", "role"), name="system_role_once"),
        ]


class WebSession(AbstractBaseSession):
    """A browser that is signed in; the account stands in a column so that one statement can look it up."""

    account = models.ForeignKey("Account", null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "cathedra_web_session"
