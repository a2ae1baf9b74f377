"""The line of sight from a priority to the HSCP's strategic plan (PLN-06), and emergency periods (PLN-31)."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clusters.models import Cluster
from meetings.models.meetings import pair
from practices.models import HSCP
from qiplans.models.plans import Priority
from shared.dates import in_words
from shared.fields import Words

MEANS = "Less or different activity in this time is no failure."


class StrategicLine(models.Model):
    """A line of an HSCP's strategic plan, as the HSCP keeps it. Retired, never deleted."""

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="strategic_lines")
    title = Words(one_line=True)
    source = Words(one_line=True, blank=True, help_text="The plan and the place in it.")
    priorities = models.ManyToManyField(Priority, related_name="strategic_lines", blank=True)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = "line of a strategic plan"
        verbose_name_plural = "lines of strategic plans"
        constraints = [models.CheckConstraint(name="strategic_line_retired_at_and_by", condition=pair("retired"))]

    def __str__(self) -> str:
        return f"Line {self.pk} of the strategic plan of {self.hscp}"

    @property
    def name(self) -> str:
        """The title, and that it is retired where it is."""
        return f"{self.title} (retired)" if self.retired_at else self.title


class Emergency(models.Model):
    """A time in which less activity is no failure, such as a winter or a pandemic: of one cluster, or of an HSCP."""

    class Kind(models.TextChoices):
        WINTER = "WINTER", "Winter pressure"
        PANDEMIC = "PANDEM", "Pandemic"
        STAFF = "STAFF", "Staff shortage"
        OTHER = "OTHER", "Other emergency"

    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="emergencies")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="emergencies")
    kind = models.CharField(max_length=6, choices=Kind)
    reason = Words(one_line=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The first day after it.")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-starts_on", "-pk")
        verbose_name_plural = "emergencies"
        constraints = [
            models.CheckConstraint(
                name="emergency_of_a_cluster_or_an_hscp",
                condition=Q(hscp__isnull=False, cluster=None) | Q(hscp=None, cluster__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in {self.cluster or self.hscp}"

    @property
    def told(self) -> str:
        """What stands after its kind: its days, why, for whom it holds, and what it means for figures."""
        last = f" to {in_words(self.ends_on - timedelta(days=1))}" if self.ends_on else ""
        whole = f" It holds for all of {self.hscp}." if self.hscp else ""
        why = self.reason if self.reason.endswith((".", "!", "?")) else f"{self.reason}."
        return f"from {in_words(self.starts_on)}{last}: {why}{whole} {MEANS}"
