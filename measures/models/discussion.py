"""What a cluster made of a chart: without it, the chart counts as not yet discussed."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from measures.models.definitions import Measure
from meetings.models import Action
from shared.fields import Words


class SoWhat(models.Model):
    """What a chart means, as said when its figures reached to `reaches_to`, and what follows from it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="so_whats")
    reaches_to = models.DateField(help_text="The last period that had a figure when this was said.")
    meaning = Words()
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="so_whats")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-said_at", "-pk")

    def __str__(self) -> str:
        return f"So what of {self.measure}, {self.said_at:%d %b %Y}"
