"""A cluster's plan for a year, and the priorities in it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from meetings.models import Meeting
from shared.fields import Words


class Plan(models.Model):
    """The QI plan of one cluster for one year (April to March, named by its first calendar year)."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        AGREED = "AGREED", "Agreed"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    review_on = models.DateField(null=True, blank=True, help_text="When the cluster looks at it again.")
    version = models.PositiveIntegerField(default=1)
    agreed_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version that was agreed; a later one says that something changed since."
    )
    agreed_at_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="plans_agreed")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="one_plan_a_year"),
            models.CheckConstraint(
                name="plan_agreed_at_and_by",
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True, state="DRAFT")
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, state="AGREED"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} plan {self.year}/{(self.year + 1) % 100:02}"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def years(self) -> str:
        """The plan year as people write it: "2026/27"."""
        return f"{self.year}/{(self.year + 1) % 100:02}"

    @property
    def has_changed_since_agreed(self) -> bool:
        return self.agreed_version is not None and self.version > self.agreed_version


class Priority(models.Model):
    """What the cluster chose to work on, and why."""

    class Orientation(models.TextChoices):
        INTRINSIC = "INTR", "Intrinsic: among our own practices"
        EXTRINSIC = "EXTR", "Extrinsic: with others, on their services"

    class ChosenBy(models.TextChoices):
        CLUSTER = "CLUSTER", "The cluster itself"
        LIST = "LIST", "The cluster, from a suggested list"
        HSCP = "HSCP", "The HSCP asked for it"
        MANDATED = "MANDATE", "It was mandated"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="priorities")
    position = models.PositiveSmallIntegerField(default=1)
    title = Words(one_line=True)
    purpose = Words()
    orientation = models.CharField(max_length=4, choices=Orientation, default=Orientation.INTRINSIC)
    chosen_by = models.CharField(max_length=7, choices=ChosenBy, default=ChosenBy.CLUSTER)
    agreed_title = Words(one_line=True, blank=True, help_text="As a meeting agreed it: all that is read above.")
    agreed_purpose = Words(blank=True)
    agreed_orientation = models.CharField(max_length=4, choices=Orientation, blank=True)
    agreed_chosen_by = models.CharField(max_length=7, choices=ChosenBy, blank=True)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return f"Priority {self.pk}"
