"""Diagrams that people think with: driver diagram, fishbone, Pareto chart, SWOT. Kept as rows, drawn by the portal."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from measures.models import Measure
from meetings.models import Meeting
from qiplans.models.projects import Project
from shared.fields import Words


class Diagram(models.Model):
    """One diagram of a cluster: of a project, of a meeting, or of neither. A project has one driver diagram at most."""

    class Kind(models.TextChoices):
        DRIVER = "DRIVER", "Driver diagram"
        FISHBONE = "FISHB", "Fishbone (cause and effect)"
        PARETO = "PARETO", "Pareto chart"
        SWOT = "SWOT", "SWOT"

    kind = models.CharField(max_length=6, choices=Kind)
    title = Words(one_line=True, blank=True, help_text="What it is about; a driver diagram takes the project’s aim.")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="diagrams")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="diagrams")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="diagrams")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(kind="DRIVER"), name="one_driver_diagram_of_a_project"
            ),
            models.CheckConstraint(
                name="driver_diagram_has_a_project", condition=~Q(kind="DRIVER") | Q(project__isnull=False)
            ),
            models.CheckConstraint(
                name="diagram_of_one_thing", condition=Q(project__isnull=True) | Q(meeting__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Diagram {self.pk}"


class DiagramLine(models.Model):
    """One driver, change idea, cause, counted cause, or line of a SWOT; under another one or at the top."""

    class Part(models.TextChoices):
        """In which of the four lists of a SWOT it stands; elsewhere empty."""

        STRENGTH = "S", "Strengths"
        WEAKNESS = "W", "Weaknesses"
        OPPORTUNITY = "O", "Opportunities"
        THREAT = "T", "Threats"

    diagram = models.ForeignKey(Diagram, models.PROTECT, related_name="lines")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    part = models.CharField(max_length=1, choices=Part, blank=True)
    text = Words(one_line=True)
    count = models.PositiveIntegerField(null=True, blank=True, help_text="How often, in a Pareto chart.")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="drivers")
    position = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"Line {self.pk} of {self.diagram}"
