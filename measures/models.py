"""What is counted, and the counts: one figure a period for the whole cluster, as practices consented to no more."""

from django.conf import settings
from django.db import models

from clusters.models import Cluster
from shared.fields import Words


class Measure(models.Model):
    """A definition that somebody else could count by."""

    class Direction(models.TextChoices):
        UP = "UP", "Higher is better"
        DOWN = "DOWN", "Lower is better"
        NONE = "NONE", "Neither"

    class Unit(models.TextChoices):
        PERCENT = "PERCENT", "Per cent"
        COUNT = "COUNT", "Count"
        RATE = "RATE", "Rate per 1,000 patients"

    class Frequency(models.TextChoices):
        WEEK = "WEEK", "Every week"
        MONTH = "MONTH", "Every month"
        QUARTER = "QUARTER", "Every quarter"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="measures")
    name = Words(one_line=True)
    definition = Words(blank=True, help_text="What is counted, out of what, and from which source.")
    unit = models.CharField(max_length=7, choices=Unit, default=Unit.PERCENT)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    frequency = models.CharField(max_length=7, choices=Frequency, default=Frequency.MONTH)
    goal = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Measure {self.pk}"


class DataPoint(models.Model):
    """The figure of one period, for the whole cluster. No value: the period is known to have no figure (not zero)."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="points")
    period_on = models.DateField(help_text="The first day of the week, month or quarter.")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    note = Words(one_line=True, blank=True, help_text="What happened then that a reader should know.")
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("period_on",)
        constraints = [models.UniqueConstraint(fields=["measure", "period_on"], name="one_point_per_period")]

    def __str__(self) -> str:
        return f"{'No figure' if self.value is None else self.value} on {self.period_on}"
