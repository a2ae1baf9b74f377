"""What is counted: a definition that somebody else could count by, and the rules its chart is read by."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from clusters.models import Cluster
from practices.models import HSCP
from shared.fields import Words


class Ruleset(models.TextChoices):
    """The published rules that a chart is read by; one a chart, fixed before its first figure."""

    PERLA = "PERLA", "Perla, Provost and Murray 2011 (run chart)"
    ANHOEJ = "ANHOEJ", "Anhøj and Olesen 2014 (run chart, fewest false alarms)"
    PHS = "PHS", "Public Health Scotland (run chart)"
    MDC = "MDC", "NHS Making Data Count (control chart)"


class Measure(models.Model):
    """A measure of a cluster: one figure a period for the whole cluster, or one for each of its practices."""

    class Kind(models.TextChoices):
        OUTCOME = "OUTCOME", "Outcome: what it is all for"
        PROCESS = "PROCESS", "Process: whether we do what we meant to do"
        BALANCING = "BALANCE", "Balancing: what might get worse meanwhile"

    class Scope(models.TextChoices):
        CLUSTER = "CLUSTER", "One figure for the whole cluster"
        PRACTICE = "PRACT", "One figure for each practice"

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

    class ChartKind(models.TextChoices):
        """As `analysis.reading.Chart` names them."""

        RUN = "run", "Run chart"
        XMR = "i", "Control chart of single values (XmR)"
        P = "p", "Control chart of proportions (p)"
        U = "u", "Control chart of rates (u)"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="measures")
    name = Words(one_line=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.OUTCOME)
    definition = Words(blank=True, help_text="What is counted, where numerator and denominator don't say it.")
    numerator = Words(one_line=True, blank=True)
    denominator = Words(one_line=True, blank=True)
    source = Words(one_line=True, blank=True, help_text="Where the figures come from: a search, a report, a tally.")
    scope = models.CharField(max_length=7, choices=Scope, default=Scope.CLUSTER)
    unit = models.CharField(max_length=7, choices=Unit, default=Unit.PERCENT)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    frequency = models.CharField(max_length=7, choices=Frequency, default=Frequency.MONTH)
    goal = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    chart = models.CharField(max_length=3, choices=ChartKind, default=ChartKind.RUN)
    ruleset = models.CharField(max_length=6, choices=Ruleset, default=Ruleset.PERLA)
    baseline = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many first periods of each phase set its lines; empty: all of them."
    )
    is_offered = models.BooleanField(
        default=False, help_text="Other clusters read how it is counted, never its figures, and may count the same."
    )
    ended_on = models.DateField(null=True, blank=True, help_text="From this day on nobody is asked for its figures.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("cluster", Lower("name"), name="one_measure_of_a_name"),
            models.CheckConstraint(
                name="measure_chart_and_ruleset",
                condition=(Q(chart="run") & ~Q(ruleset="MDC")) | (~Q(chart="run") & Q(ruleset="MDC")),
            ),
        ]

    def __str__(self) -> str:
        return f"Measure {self.pk}"

    def counted_until(self, day: date) -> date:
        """`day`, or the day on which it ended where that came before."""
        return min(day, self.ended_on or day)

    @property
    def is_by_practice(self) -> bool:
        return self.scope == self.Scope.PRACTICE

    @property
    def is_share(self) -> bool:
        """Whether a figure is a numerator out of a denominator."""
        return self.unit != self.Unit.COUNT


class MeasurePause(models.Model):
    """A time in which nobody was asked for the figures of a measure: it had ended, and was begun again.

    The end of a measure that has not begun again is its own `ended_on`.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The first day after it: nothing from before this day's period is asked for.")

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.CheckConstraint(name="pause_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return f"{self.measure} from {self.starts_on} to {self.ends_on}"


class HouseRuleset(models.Model):
    """The ruleset that new run charts of an HSCP's clusters begin with, where it is not PERLA."""

    hscp = models.OneToOneField(HSCP, models.PROTECT, related_name="house_ruleset")
    ruleset = models.CharField(max_length=6, choices=Ruleset)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.hscp}: {self.get_ruleset_display()}"
