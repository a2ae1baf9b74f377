"""One HSCP may act for another, as East Ayrshire does for primary care in Ayrshire."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from clusters.models.dated import DatedQuerySet, in_order
from practices.models import HSCP
from shared.fields import Words


class Hosting(models.Model):
    """An HSCP acts for another from a day to a day: whoever holds a role at the host reaches the other too."""

    host = models.ForeignKey(HSCP, models.PROTECT, related_name="acts_for")
    served = models.ForeignKey(HSCP, models.PROTECT, related_name="hosted_by")
    service = Words(one_line=True, help_text="What it does for the other, such as primary care.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("host__name", "served__name", "starts_on")
        constraints = [
            in_order("hosting_ends_after_start"),
            models.CheckConstraint(name="hosts_another", condition=~Q(host=F("served"))),
            models.UniqueConstraint(
                fields=["host", "served"], condition=Q(ends_on__isnull=True), name="one_open_hosting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} acts for {self.served}"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def last_day(self) -> date | None:
        """The last day on which it acts, as people say it; None while no end is set."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None
