"""The route upward and the answer back: the ladder, what was raised, and every step with its date."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster, Forum
from meetings.models import Ask
from practices.models import HSCP, Practice
from shared.fields import Words


class Rung(models.Model):
    """One forum on the ladder of an HSCP. Position 1 is the first above the cluster."""

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="rungs")
    position = models.PositiveSmallIntegerField()
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="rungs")
    decide_within_days = models.PositiveSmallIntegerField(default=20, help_text="Working days.")

    class Meta:
        ordering = ("hscp", "position", "pk")

    def __str__(self) -> str:
        return f"{self.forum} (rung {self.position})"

    @property
    def audit_label(self) -> str:
        return f"Rung {self.position} of {self.hscp}: {self.forum}"


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


class Escalation(models.Model):
    """A matter that a cluster cannot settle by itself. Its steps are added, never edited."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Waiting for a decision"
        RESOLVED = "RESOLVED", "Decided"
        DECLINED = "DECLINED", "Declined"
        CLOSED = "CLOSED", "Closed"

    class Theme(models.TextChoices):
        WORKFORCE = "WORKFORCE", "Workforce"
        ACCESS = "ACCESS", "Access to services"
        INTERFACE = "INTERFACE", "Hospital and community interface"
        PREMISES = "PREMISES", "Premises and equipment"
        IT = "IT", "IT and data"
        FUNDING = "FUNDING", "Time and funding"
        RELATIONSHIP = "RELATION", "Working relationships"
        OTHER = "OTHER", "Something else"

    reference = models.CharField(max_length=16, unique=True)
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="escalations")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="escalations")
    title = Words(one_line=True)
    situation = Words()
    background = Words(blank=True)
    assessment = Words(blank=True)
    ask_text = Words(verbose_name="what is asked")
    tried = Words(blank=True, verbose_name="what was tried")
    theme = models.CharField(max_length=9, choices=Theme, default=Theme.OTHER)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    needed_by = models.DateField(null=True, blank=True)
    is_confidential = models.BooleanField(default=False)
    named_lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom the matter is about; they never act on it.",
    )
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="escalations", help_text="The rung it is on now.")
    due_on = models.DateField()
    from_ask = models.OneToOneField(Ask, models.PROTECT, null=True, blank=True, related_name="escalation")
    nonce = models.UUIDField(unique=True)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="escalations_raised")

    class Meta:
        ordering = ("-raised_at", "-pk")
        indexes = [models.Index(fields=["forum", "state"]), models.Index(fields=["cluster", "state"])]
        constraints = [
            models.CheckConstraint(
                name="escalation_risk_on_5_by_5",
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
            ),
            models.CheckConstraint(
                name="confidential_has_a_named_lead",
                condition=Q(is_confidential=False) | Q(named_lead__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_label(self) -> str:
        return self.reference


class Step(models.Model):
    """One move of an escalation: who, when, what, why. Immutable, redaction excepted."""

    class Kind(models.TextChoices):
        RAISED = "RAISED", "Raised"
        ACKNOWLEDGED = "ACK", "Acknowledged"
        PASSED_UP = "UP", "Passed up"
        RESOLVED = "RESOLVED", "Decided"
        DECLINED = "DECLINED", "Declined"
        ASKED = "ASKED", "Asked for information"
        REPLIED = "REPLIED", "Information given"
        REOPENED = "REOPENED", "Disagreed: asked for review"
        CLOSED = "CLOSED", "Closed"

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+", help_text="The rung it was taken on.")
    to_forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = Words(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("taken_at", "pk")

    def __str__(self) -> str:
        return f"{self.escalation}: {self.get_kind_display()}"


class Viewer(models.Model):
    """A person whom the raiser lets read one escalation."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="viewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["escalation", "person"], name="viewer_once")]

    def __str__(self) -> str:
        return f"{self.person} may read {self.escalation}"
