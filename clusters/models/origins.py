"""How people came to their roles, as they say it themselves: private, and apart from everything else about a role."""

from django.db import models

from clusters.models.roles import RoleAssignment
from practices.models import HSCP


class RoleOrigin(models.Model):
    """One answer of a role's holder; the latest counts, an empty one takes the answer back.

    Kept apart from the role so that no list, export or audit event of roles can carry it. The HSCP is that of the
    role's first answer and stays, so that no later change of roles or places moves a count.
    """

    class How(models.TextChoices):
        NOMINATED = "NOMINATED", "Nominated by the cluster or the practice"
        VOLUNTEERED = "VOLUNTEER", "I volunteered"
        ONLY_ONE = "ONLY", "I was the only person willing"
        APPOINTED = "APPOINTED", "Appointed by somebody else"

    held = models.ForeignKey(RoleAssignment, models.PROTECT, related_name="+")
    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="+")
    how = models.CharField(max_length=9, choices=How, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Answer {self.pk}"
