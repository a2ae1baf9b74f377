"""Every step of an escalation with its date, and who else may read along."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from clusters.models import Forum
from escalations.models.escalations import Escalation
from shared.fields import Words


class StepQuerySet(models.QuerySet["Step"]):
    """Steps cannot be taken away. Redaction updates their words through a queryset, which stays possible."""

    def delete(self) -> NoReturn:
        raise TypeError("Steps of an escalation are kept for good.")


class Step(models.Model):
    """One move of an escalation: who, when, what, why. Immutable, redaction excepted."""

    class Kind(models.TextChoices):
        RAISED = "RAISED", "Raised"
        ACKNOWLEDGED = "ACK", "Acknowledged"
        PASSED_UP = "UP", "Passed up"
        MOVED_ON = "MOVED", "Moved on by itself"
        RESOLVED = "RESOLVED", "Decided"
        DECLINED = "DECLINED", "Declined"
        ASKED = "ASKED", "Asked for information"
        REPLIED = "REPLIED", "Information given"
        REOPENED = "REOPENED", "Disagreed: asked for review"
        CLOSED = "CLOSED", "Accepted and closed"
        WITHDRAWN = "WITHDRAW", "Withdrawn"
        HANDED_OVER = "HANDED", "Handed to the other lead"

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+", help_text="The rung it was taken on.")
    to_forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = Words(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = StepQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["kind", "taken_at"])]

    def __str__(self) -> str:
        return f"{self.escalation}: {self.get_kind_display()}"

    @property
    def audit_label(self) -> str:
        return f"Step {self.pk} of an escalation"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the step. Raises TypeError for a step that is stored already: history is added, not changed."""
        if not self._state.adding:
            raise TypeError("A step of an escalation is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A step of an escalation is kept for good.")


class Viewer(models.Model):
    """A person whom the raiser lets read one escalation."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="viewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["escalation", "person"], name="viewer_once")]

    def __str__(self) -> str:
        return f"{self.person} may read {self.escalation}"
