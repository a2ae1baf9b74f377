"""A cluster's plan for a year: priorities with a purpose, and the projects that follow from them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from measures.models import Measure
from meetings.models import Action, Meeting
from practices.models import Practice
from shared.fields import Words


class Plan(models.Model):
    """The QI plan of one cluster for one year (April to March, named by its first calendar year)."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        AGREED = "AGREED", "Agreed"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
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

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="priorities")
    position = models.PositiveSmallIntegerField(default=1)
    title = Words(one_line=True)
    purpose = Words()
    orientation = models.CharField(max_length=4, choices=Orientation, default=Orientation.INTRINSIC)
    agreed_title = Words(one_line=True, blank=True, help_text="As a meeting agreed it: all that is read above.")
    agreed_purpose = Words(blank=True)
    agreed_orientation = models.CharField(max_length=4, choices=Orientation, blank=True)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return f"Priority {self.pk}"


class Project(models.Model):
    """Work with an aim, a lead, the practices taking part, and one measure that says whether it worked."""

    class State(models.TextChoices):
        IDEA = "IDEA", "Idea"
        SCOPING = "SCOPING", "Scoping"
        TESTING = "TESTING", "Testing"
        IMPLEMENTING = "IMPLEM", "Implementing"
        SUSTAINED = "SUSTAIN", "Sustained"
        COMPLETED = "COMPLET", "Completed"
        STOPPED = "STOPPED", "Stopped"

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="projects")
    title = Words(one_line=True)
    aim = Words(help_text="What, where, how much, by when.")
    why_now = Words(blank=True)
    could_use_help_with = Words(one_line=True, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="projects_led"
    )
    state = models.CharField(max_length=7, choices=State, default=State.IDEA)
    next_review_on = models.DateField(null=True, blank=True)
    practices = models.ManyToManyField(Practice, related_name="projects", blank=True)
    measure = models.OneToOneField(Measure, models.PROTECT, null=True, blank=True, related_name="project")
    actions = models.ManyToManyField(Action, related_name="projects", blank=True)
    is_shared_with_hscp = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Project {self.pk}"


class ProjectStep(models.Model):
    """A project moved to another state; a reason is required to stop it, and is kept as learning."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=7, choices=Project.State)
    to_state = models.CharField(max_length=7, choices=Project.State)
    reason = Words(blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_at", "pk")

    def __str__(self) -> str:
        return f"{self.project}: {self.get_to_state_display()}"


class ProgressUpdate(models.Model):
    """One line on how a project is going."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="updates")
    text = Words(one_line=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return f"Update {self.pk} of {self.project}"
