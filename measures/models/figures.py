"""The figures of a measure, and what a person says of them: phases, what is left out, what stands out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from measures.models.definitions import Measure
from practices.models import Practice
from shared.fields import Words


class DataPoint(models.Model):
    """The figure of one period, for the whole cluster or for one practice.

    Three things are not zero: nothing entered (no row), no figure for the period (MISSING), and a figure that is kept
    back because it is small (SUPPRESSED).
    """

    class State(models.TextChoices):
        GIVEN = "GIVEN", "A figure"
        MISSING = "MISSING", "No figure for this period"
        SUPPRESSED = "SUPPR", "Too small to show"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="points")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="points")
    period_on = models.DateField(help_text="The first day of the week, month or quarter.")
    state = models.CharField(max_length=7, choices=State, default=State.GIVEN)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    note = Words(one_line=True, blank=True, help_text="What happened then that a reader should know.")
    quality_note = Words(one_line=True, blank=True, help_text="How far the figure can be trusted.")
    minutes_taken = models.PositiveSmallIntegerField(null=True, blank=True)
    is_from_practice = models.BooleanField(
        default=False, help_text="Entered by somebody who speaks for the practice: nobody else reads or changes it."
    )
    excluded_because = Words(one_line=True, blank=True, help_text="Why it sets no line and is part of no signal.")
    is_astronomical = models.BooleanField(default=False, help_text="A person says that it is obviously out of line.")
    version = models.PositiveIntegerField(default=1)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("period_on", "practice")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "period_on"], condition=Q(practice=None), name="one_point_per_period"
            ),
            models.UniqueConstraint(
                fields=["measure", "practice", "period_on"],
                condition=Q(practice__isnull=False),
                name="one_point_per_practice_and_period",
            ),
            models.CheckConstraint(
                name="point_value_when_given",
                condition=Q(state="GIVEN", value__isnull=False)
                | Q(~Q(state="GIVEN"), value__isnull=True, numerator__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display() if self.value is None else self.value} on {self.period_on}"

    @property
    def is_excluded(self) -> bool:
        return bool(self.excluded_because)


class Phase(models.Model):
    """From this day on the chart has lines of its own, because something changed: "new recall letter"."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="phases")
    starts_on = models.DateField()
    name = Words(one_line=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("starts_on",)
        constraints = [models.UniqueConstraint(fields=["measure", "starts_on"], name="one_phase_a_day")]

    def __str__(self) -> str:
        return f"Phase {self.pk} from {self.starts_on}"
