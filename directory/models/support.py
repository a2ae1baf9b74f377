"""Support areas of an HSCP, and who is the named link for each."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models.dated import DatedQuerySet, in_order
from practices.models import HSCP
from shared.fields import Words


class SupportArea(models.Model):
    """What clusters of an HSCP may need help with, such as QI advice. Retired when no longer offered, never deleted.

    `topic` names the entry of `directory.reference.topics` that it began as, so that a search finds it under another
    name too; blank for one that the HSCP added.
    """

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="support_areas")
    topic = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=80)
    helps_with = Words("what it helps with", blank=True, one_line=True)
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("hscp__name", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["hscp", "name"], condition=Q(retired_at__isnull=True), name="one_support_area_per_name"
            ),
            models.CheckConstraint(
                name="support_area_retired_at_and_by",
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return f"{self.name}, {self.hscp}"


class NamedLink(models.Model):
    """Who helps with a support area from a day to a day: a person here, or somebody whose details were typed."""

    area = models.ForeignKey(SupportArea, models.PROTECT, related_name="links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="support_links"
    )
    name = Words(blank=True, one_line=True, max_length=120)
    organisation = Words(blank=True, one_line=True, max_length=120)
    email = models.EmailField("e-mail address", blank=True)
    phone = models.CharField("telephone", max_length=40, blank=True)
    helps_with = Words("what they help with", blank=True, one_line=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            in_order("named_link_ends_after_start"),
            models.CheckConstraint(
                name="named_link_is_somebody",
                condition=Q(person__isnull=False, name="", email="") | (Q(person__isnull=True) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def audit_label(self) -> str:
        return f"Named link for {self.area.audit_label}"

    @property
    def called(self) -> str:
        """Their name: that of the account where they have one."""
        return self.person.full_name if self.person else self.name

    @property
    def address(self) -> str:
        """Their e-mail address; "" where only a telephone number is known."""
        return self.person.email if self.person else self.email

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None
