"""The ladder of an HSCP, and where matters go that are not for an escalation."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from clusters.models import Forum
from escalations.reference import USUAL_DAYS
from practices.models import HSCP
from shared.fields import Words


class Rung(models.Model):
    """One rung on the ladder of an HSCP. Position 1 is the first above the cluster.

    A rung names a kind of forum: the forum of that kind that serves the cluster's locality, else the HSCP, else
    the health board. `forum` pins it to a certain one where a place has several of the kind.
    """

    KINDS = [(kind.value, kind.label) for kind in Forum.DECIDING]

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=KINDS)
    name = Words("what it is called here", max_length=80, blank=True, one_line=True)
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="rungs")
    decide_within_days = models.PositiveSmallIntegerField(
        default=USUAL_DAYS, validators=[MinValueValidator(1), MaxValueValidator(120)], help_text="Working days."
    )

    class Meta:
        ordering = ("hscp", "position", "pk")
        constraints = [models.UniqueConstraint(fields=["hscp", "position"], name="one_rung_per_position")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()

    @property
    def audit_label(self) -> str:
        return f"Rung {self.position} of {self.hscp}: {self.get_kind_display()}"


class SafetyContacts(models.Model):
    """Where matters go that are not for an escalation; set per HSCP and shown on the form."""

    hscp = models.OneToOneField(HSCP, models.PROTECT, related_name="safety_contacts")
    safety_incident = Words(one_line=True, blank=True)
    child_protection = Words(one_line=True, blank=True)
    adult_protection = Words(one_line=True, blank=True)
    concern_about_colleague = Words(one_line=True, blank=True)
    first_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A confidential matter goes to the raiser and one of the two leads named here.",
    )
    second_lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "safety contacts"

    def __str__(self) -> str:
        return f"Safety contacts of {self.hscp}"

    @property
    def audit_label(self) -> str:
        return str(self)
