"""How far each practice lets its own figures be seen, from which day on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from practices.models import Practice


class Consent(models.Model):
    """A practice says how its line is shown to its cluster, and above it; ended rows say how it was.

    Without one, its figures count in the cluster line and are seen by the practice alone.
    """

    class Level(models.TextChoices):
        NONE = "NONE", "Not even in the cluster line"
        AGGREGATE = "AGGR", "In the cluster line only"
        CODED = "CODED", "As a line without its name"
        NAMED = "NAMED", "As a line with its name"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="consents")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="consents")
    inside = models.CharField(max_length=5, choices=Level, default=Level.AGGREGATE)
    above = models.CharField(max_length=5, choices=Level, default=Level.AGGREGATE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "cluster"], condition=Q(ends_on=None), name="one_consent_in_force"
            ),
            models.CheckConstraint(
                name="consent_ends_after_start", condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Consent of {self.practice} from {self.starts_on}"
