"""What people declare beside their roles."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from clusters.models.dated import DatedQuerySet
from shared.fields import Words


class Interest(models.Model):
    """An interest that a person declares, from a day to a day; "none" is a declaration too.

    One taken back on its first day held on no day: its end is that day. Ended, never deleted.
    """

    class Kind(models.TextChoices):
        LMC = "LMC", "Local Medical Committee"
        GP_SUBCOMMITTEE = "GPSUB", "GP subcommittee"
        CLINICAL_NETWORK = "MCN", "Managed clinical network"
        OTHER_ROLE = "ROLE", "Another role or post"
        FINANCIAL = "MONEY", "Financial interest"
        OTHER = "OTHER", "Something else"
        NONE = "NONE", "Nothing to declare"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=5, choices=Kind)
    what = Words(blank=True, one_line=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                name="interest_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="NONE", ends_on__isnull=True), name="nothing_declared_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person}"

    @property
    def audit_label(self) -> str:
        return f"Interest of {self.person}: {self.get_kind_display()}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None
