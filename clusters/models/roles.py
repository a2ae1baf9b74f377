"""Who holds which role, where, from when to when."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import Place, Role
from clusters.models.clusters import Cluster
from clusters.models.dated import DatedQuerySet, in_order
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.fields import Words


class RoleQuerySet(DatedQuerySet):
    def standing(self) -> Self:
        """The rows that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def on(self, day: date) -> Self:
        """The roles that are held on `day`."""
        return super().on(day).standing()

    def between(self, starts_on: date, ends_on: date | None) -> Self:
        """The roles that are held on some day from `starts_on` to `ends_on` (exclusive; None is open)."""
        held = self.standing().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
        return held.filter(starts_on__lt=ends_on) if ends_on else held


class RoleAssignment(models.Model):
    """Who holds which role, where, from when to when. Access ends at midnight before `ends_on`.

    A role that was given by mistake is withdrawn: it counts on no day, and the row stays as evidence.
    """

    class Seat(models.TextChoices):
        CORE = "CORE", "Core member"
        ASSOCIATE = "ASSOC", "Associate member"
        GUEST = "GUEST", "Guest"

    class Profession(models.TextChoices):
        PHARMACY = "PHARMACY", "Pharmacy"
        PHARMACOTHERAPY = "PHTHER", "Pharmacotherapy"
        NURSING = "NURSING", "Nursing"
        SOCIAL_WORK = "SOCIAL", "Social work"
        THIRD_SECTOR = "THIRD", "Third sector"
        ALLIED_HEALTH = "AHP", "Allied health professions"
        OTHER = "OTHER", "Other"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=10, choices=[(r.value, r.label) for r in Role])
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="roles")
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="roles")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="roles")
    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="roles")
    board = models.ForeignKey(HealthBoard, models.PROTECT, null=True, blank=True, related_name="roles")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    sessions_a_month = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    funded_by = Words(one_line=True, blank=True, help_text="Who pays for the sessions.")
    portfolio = Words(one_line=True, blank=True, help_text="Which part of the work a Cluster Quality Lead leads.")
    review_on = models.DateField(null=True, blank=True)
    seat = models.CharField(max_length=5, choices=Seat, blank=True)
    profession = models.CharField(max_length=8, choices=Profession, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["person", "starts_on"]), models.Index(fields=["role", "starts_on"])]
        constraints = [
            in_order("role_ends_after_start"),
            # At without by: the command line took it back, with the list that it came from.
            models.CheckConstraint(
                name="role_withdrawn_by_only_when_withdrawn",
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
            ),
            models.CheckConstraint(
                name="role_at_one_place_at_most",
                condition=Q(practice__isnull=True, cluster__isnull=True, locality__isnull=True, hscp__isnull=True)
                | Q(practice__isnull=True, cluster__isnull=True, locality__isnull=True, board__isnull=True)
                | Q(practice__isnull=True, cluster__isnull=True, hscp__isnull=True, board__isnull=True)
                | Q(practice__isnull=True, locality__isnull=True, hscp__isnull=True, board__isnull=True)
                | Q(cluster__isnull=True, locality__isnull=True, hscp__isnull=True, board__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {Role(self.role).label}, {self.where or 'everywhere'}"

    @property
    def audit_label(self) -> str:
        return str(self)

    @property
    def where(self) -> Practice | Cluster | Locality | HSCP | HealthBoard | None:
        """The place the role is held at; None for a role that is held everywhere."""
        return self.practice or self.cluster or self.locality or self.hscp or self.board

    @property
    def last_day(self) -> date | None:
        """The last day on which the role is held, as people say it; None while no end is set."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def place(self) -> tuple[Place, int | None]:
        """Kind and id of the place, without loading it."""
        for kind in (Place.PRACTICE, Place.CLUSTER, Place.LOCALITY, Place.HSCP, Place.BOARD):
            if held_at := getattr(self, f"{kind.value}_id"):
                return kind, held_at
        return Place.EVERYWHERE, None
