"""The versions of a plan that meetings agreed, kept as they were; and who signed them (PLN-29)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.models import Meeting
from practices.models import Practice
from qiplans.models.plans import Plan, Priority
from shared.fields import Words


class PlanVersion(models.Model):
    """A plan as one meeting agreed it. Added, never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        verbose_name = "version of a plan"
        verbose_name_plural = "versions of plans"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.plan}"


class VersionLine(models.Model):
    """A priority in the words of a version."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="lines")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = Words(one_line=True)
    purpose = Words()
    orientation = models.CharField(max_length=4, choices=Priority.Orientation)
    chosen_by = models.CharField(max_length=7, choices=Priority.ChosenBy)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = "priority of a version"
        verbose_name_plural = "priorities of versions"
        constraints = [models.UniqueConstraint(fields=["version", "priority"], name="a_priority_once_a_version")]

    def __str__(self) -> str:
        return f"Priority {self.position} of {self.version}"


class SignOff(models.Model):
    """A quality lead signed a version: for the cluster, or for a practice."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="sign_offs")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["version", "practice"], name="one_sign_off_a_practice"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(practice=None), name="one_sign_off_for_the_cluster"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_by} signed {self.version}"
