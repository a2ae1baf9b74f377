"""The projects that follow from a priority: how they stand, and what was said of them."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from measures.models import Measure
from meetings.models import Action
from practices.models import Practice
from qiplans.models.plans import Priority
from shared.fields import Words


class Project(models.Model):
    """Work with an aim, a lead, the practices taking part, and measures that say whether it worked."""

    class State(models.TextChoices):
        IDEA = "IDEA", "Idea"
        SCOPING = "SCOPING", "Scoping"
        TESTING = "TESTING", "Testing"
        IMPLEMENTING = "IMPLEM", "Implementing"
        SUSTAINED = "SUSTAIN", "Sustained"
        COMPLETED = "COMPLET", "Completed"
        STOPPED = "STOPPED", "Stopped"

    class ShareLevel(models.TextChoices):
        """How far up it is read. Nothing goes above the cluster unless its lead chose it."""

        CLUSTER = "CLUSTER", "Cluster only"
        HSCP = "HSCP", "Cluster and HSCP"
        BOARD = "BOARD", "Cluster, HSCP and health board"
        SCOTLAND = "SCOTLAND", "Cluster, HSCP, health board and, in brief, all of Scotland"

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
    actions = models.ManyToManyField(Action, related_name="projects", blank=True)
    share_level = models.CharField(max_length=8, choices=ShareLevel, default=ShareLevel.CLUSTER)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Project {self.pk}"


class ProjectMeasure(models.Model):
    """A measure of a project, of one only. The first by position is the one that lists show."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="measured")
    measure = models.OneToOneField(Measure, models.PROTECT, related_name="in_project")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("project", "position", "pk")

    def __str__(self) -> str:
        return f"{self.measure} of {self.project}"


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
