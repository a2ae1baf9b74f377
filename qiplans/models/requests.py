"""Requests to the analyst: a question, the decision that it will inform, and what came back."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from measures.models import Measure
from shared.fields import Words


class AnalystRequest(models.Model):
    """What a cluster asks its analyst. States move by steps, each with who, when and words."""

    class State(models.TextChoices):
        NEW = "NEW", "New"
        QUERIED = "QUERIED", "Asked back"
        ACCEPTED = "ACCEPT", "Accepted"
        DECLINED = "DECLINE", "Declined"
        DELIVERED = "DELIVER", "Delivered"

    class Useful(models.TextChoices):
        YES = "YES", "Yes, it informed the decision"
        PARTLY = "PARTLY", "In part"
        NO = "NO", "No"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="analyst_requests")
    question = Words()
    decision = Words(help_text="The decision that it will inform.")
    needed_by = models.DateField()
    population = Words(one_line=True, blank=True)
    period = Words(one_line=True, blank=True)
    level = Words(one_line=True, blank=True, help_text="By practice, by cluster, against Scotland.")
    state = models.CharField(max_length=7, choices=State, default=State.NEW)
    link = models.URLField("where the answer is", blank=True, max_length=400)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="analyst_requests")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    useful = models.CharField(max_length=6, choices=Useful, blank=True)
    useful_note = Words(one_line=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="request_judged_at_and_by",
                condition=Q(judged_at=None, judged_by=None) | Q(judged_at__isnull=False, judged_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Request {self.pk} of {self.cluster}"


class AnalystStep(models.Model):
    """One step of a request: asked back, accepted, declined with its reason, delivered, or answered."""

    request = models.ForeignKey(AnalystRequest, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=7, choices=AnalystRequest.State)
    to_state = models.CharField(max_length=7, choices=AnalystRequest.State)
    words = Words(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("taken_at", "pk")

    def __str__(self) -> str:
        return f"{self.request}: {self.get_to_state_display()}"


class AnalystCard(models.Model):
    """What an analyst says of themselves: what they can do for clusters."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="analyst_card")
    can_do = Words(blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Card of {self.person}"
