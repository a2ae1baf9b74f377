"""Clusters, and which practices belong to them from when to when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from clusters.models.dated import DatedQuerySet, in_order
from clusters.models.forums import Forum
from practices.models import HSCP, Locality, Practice
from shared.fields import Words


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def open_on(self, day: date) -> Self:
        """Clusters that had begun and not closed by `day`."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), starts_on__lte=day)


class Cluster(models.Model):
    """The forum that practices belong to. Practices have the HSCP; a cluster has a lead HSCP and may cross."""

    class Kind(models.TextChoices):
        IN_HOURS = "IN", "In hours"
        OUT_OF_HOURS = "OOH", "Out of hours"

    class MakeUp(models.TextChoices):
        """Who belongs to it (STR-22). An out-of-hours cluster is one of that kind."""

        GP_ONLY = "GP", "General practices only"
        MULTIDISCIPLINARY = "MDT", "Multidisciplinary"
        CIRCLE = "CIRCLE", "Circle of one profession"
        OUT_OF_HOURS = "OOH", "Out of hours"

    forum = models.OneToOneField(Forum, models.PROTECT, related_name="cluster")
    kind = models.CharField(max_length=3, choices=Kind, default=Kind.IN_HOURS)
    lead_hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="led_clusters")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="clusters")
    code = models.CharField(max_length=12, blank=True, help_text="A short code of its own, where it has one.")
    make_up = models.CharField(max_length=6, choices=MakeUp, default=MakeUp.GP_ONLY)
    mission = Words(blank=True)
    meets_when = Words(blank=True, one_line=True, max_length=120, help_text="Such as “second Thursday, 12:30”.")
    starts_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True, help_text="The first day without it.")
    closed_reason = Words(blank=True, one_line=True, help_text="Why it closed.")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ("forum__name",)
        constraints = [
            models.CheckConstraint(
                name="cluster_closes_after_start",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gt=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["lead_hscp", "code"],
                condition=~Q(code="") & Q(closed_on__isnull=True),
                name="one_cluster_code_per_hscp",
            ),
        ]

    def __str__(self) -> str:
        return self.forum.name

    @property
    def audit_label(self) -> str:
        name = self.forum.name
        return name if name.casefold().endswith(" cluster") else f"{name} cluster"


class Takeover(models.Model):
    """A cluster went on as another from a day: the members of that one read what it left, and finish it.

    When that one merges in turn, a row leads on from here to the next as well: the latest that has begun counts.
    """

    before = models.ForeignKey(Cluster, models.PROTECT, related_name="taken_over_by")
    after = models.ForeignKey(Cluster, models.PROTECT, related_name="took_over")
    starts_on = models.DateField()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_takeover_per_pair"),
            models.CheckConstraint(name="taken_over_by_another", condition=~Q(before=F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.before} into {self.after}"

    @property
    def audit_label(self) -> str:
        return f"{self.before.audit_label} into {self.after.audit_label}"


class Membership(models.Model):
    """A practice belongs to a cluster from a day to a day. In hours, one at a time."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    kind = models.CharField(
        max_length=3,
        choices=Cluster.Kind,
        default=Cluster.Kind.IN_HOURS,
        help_text="That of the cluster, kept here because a constraint on overlap sees one table only.",
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = Words(blank=True, one_line=True, help_text="Why it joined.")
    end_reason = Words(blank=True, one_line=True, help_text="Why it left, when it joined no other cluster.")
    approved_by = Words(blank=True, one_line=True, max_length=120, help_text="Who decided that it joins.")
    locality_reason = Words(
        blank=True, one_line=True, help_text="Why it is here though its locality is not that of the cluster."
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["cluster", "starts_on"]), models.Index(fields=["practice", "starts_on"])]
        constraints = [
            in_order("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["practice", "cluster"], condition=Q(ends_on__isnull=True), name="one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} in {self.cluster}"

    @property
    def audit_label(self) -> str:
        return f"{self.practice.audit_label} in {self.cluster.audit_label}"
