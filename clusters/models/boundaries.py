"""Practices whose patients, or whose care, lie across a boundary, and what was decided about them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from practices.models import Practice
from shared.fields import Words


class BoundaryIssue(models.Model):
    """Somebody noted that a practice straddles a boundary; somebody decided what comes of it. Nothing is rewritten.

    `deciders` are the person or group who decided; `settled_by` is who put that down.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        DECIDED = "DECIDED", "Decided"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="boundary_issues")
    straddles = Words(help_text="What lies across which boundary.")
    proposal = Words(blank=True, help_text="How it could be re-aligned.")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = Words(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    deciders = Words(blank=True, one_line=True, max_length=120)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-noted_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="boundary_issue_decided_or_open",
                condition=Q(state="OPEN", decided_on=None, settled_at=None, settled_by=None)
                | Q(state="DECIDED", decided_on__isnull=False, settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Boundary issue of {self.practice}"

    @property
    def audit_label(self) -> str:
        return f"Boundary issue of {self.practice.audit_label}"
