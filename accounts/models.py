"""Who can sign in, and the audit trail."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, full_name: str, password: str | None = None, **extra: Any) -> "User":
        """A new person. The e-mail address is their sign-in and is kept in lower case."""
        user = self.model(email=email.strip().lower(), full_name=full_name, **extra)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who can sign in. What they may do hangs on their roles, never on this row."""

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField("name", max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering = ("full_name", "pk")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def audit_label(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[0] if self.full_name else self.email


class AuditEvent(models.Model):
    """One change, added beside it in the same transaction. Database triggers refuse to change or remove it.

    `changes` maps a structural field to [before, after]; of a free-text field only the name is kept, under "words".
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject"),
            models.Index(fields=["by", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.verb} {self.subject}"
