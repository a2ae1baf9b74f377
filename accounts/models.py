"""Who can sign in, who is invited to, and the audit trail."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
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

    def called_on(self, day: date) -> str:
        """Their name on a day. For many people prefetch `former_names`."""
        then = (former.full_name for former in self.former_names.all() if former.until > day)
        return next(then, self.full_name)

    def get_short_name(self) -> str:
        return self.full_name.split()[0] if self.full_name else self.email


class FormerPersonName(models.Model):
    """What somebody was called before the day `until`: minutes and steps of that time keep it (F37)."""

    person = models.ForeignKey(User, models.PROTECT, related_name="former_names")
    full_name = models.CharField(max_length=120)
    until = models.DateField()

    class Meta:
        ordering = ("until", "pk")

    def __str__(self) -> str:
        return self.full_name


class Invitation(models.Model):
    """One invitation to set up a sign-in: bound to one person and address, good once, for a while.

    Of its token only a hash is kept: whoever reads the database cannot use it. Nobody in `invited_by` means the command
    line; nobody in `decided_by` that a rule of ours ended it.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting"
        ACCEPTED = "ACCEPTED", "Accepted"
        REPLACED = "REPLACED", "Replaced by a newer one"
        REVOKED = "REVOKED", "Taken back"

    person = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="WAITING"), name="one_open_invitation_per_person"
            ),
            models.CheckConstraint(
                name="invitation_decided_or_waiting",
                condition=Q(state="WAITING", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="WAITING") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.person}"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def reason(self) -> str:
        """What its letter is known by in the outbox."""
        return f"invitation:{self.pk}"

    def is_open(self, *, now: datetime) -> bool:
        """Whether it can be accepted."""
        return self.state == self.State.WAITING and now < self.valid_until


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
