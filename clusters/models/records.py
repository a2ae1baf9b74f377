"""What is noted about a cluster over time. Rows are added, never changed: the latest is what holds."""

from django.conf import settings
from django.db import models

from clusters.models.clusters import Cluster
from shared.fields import Words


class Development(models.Model):
    """Where a cluster stands and how much support it gets from a day on, so that help can be matched (STR-35)."""

    class Stage(models.TextChoices):
        FORMING = "FORMING", "Forming"
        DEVELOPING = "DEVELOP", "Developing"
        ESTABLISHED = "ESTABL", "Established"
        LEADING = "LEADING", "Leading others"

    class Support(models.TextChoices):
        LIGHT = "LIGHT", "Light"
        REGULAR = "REGULAR", "Regular"
        INTENSIVE = "INTENS", "Intensive"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="developments")
    stage = models.CharField(max_length=7, choices=Stage)
    support = models.CharField(max_length=7, choices=Support)
    note = Words(one_line=True, help_text="What it goes by, in one line.")
    starts_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["cluster", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_stage_display()}, {self.get_support_display().lower()} support"

    @property
    def audit_label(self) -> str:
        return f"Stage and support of {self.cluster.audit_label}"


class FreedTime(models.Model):
    """Sessions freed for the expert medical generalist role in a cluster, in a year from April to March (STR-43)."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="freed_times")
    year = models.PositiveSmallIntegerField()
    sessions = models.DecimalField(max_digits=6, decimal_places=1)
    note = Words(blank=True, one_line=True, help_text="How the time was freed.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-year", "-pk")
        indexes = [models.Index(fields=["cluster", "year"])]

    def __str__(self) -> str:
        return f"{self.sessions} sessions in {self.years}, {self.cluster}"

    @property
    def audit_label(self) -> str:
        return f"Time freed in {self.cluster.audit_label}, {self.years}"

    @property
    def years(self) -> str:
        """The year as people write it: "2026/27"."""
        return f"{self.year}/{(self.year + 1) % 100:02}"
