"""The route upward and the answer back: the ladder, what was raised, and every step with its date."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from clusters.models import Cluster, Forum
from escalations.reference import USUAL_DAYS, Band, band_of
from meetings.models import Ask
from practices.models import HSCP, Practice
from shared.fields import Words


class Rung(models.Model):
    """One rung on the ladder of an HSCP. Position 1 is the first above the cluster.

    A rung names a kind of forum: the forum of that kind that serves the cluster's locality, else the HSCP, else
    the health board. `forum` pins it to a certain one where a place has several of the kind.
    """

    KINDS = [choice for choice in Forum.Kind.choices if choice[0] != Forum.Kind.CLUSTER]

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


class ReferenceYear(models.Model):
    """The last number given out in a year; its row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"ESC-{self.year}-{self.last:04}"


class Escalation(models.Model):
    """A matter that somebody cannot settle by themselves. Its steps are added, never edited."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Waiting for a decision"
        ACKNOWLEDGED = "ACK", "Acknowledged, waiting for a decision"
        ASKED = "ASKED", "Waiting for information from the raiser"
        RESOLVED = "RESOLVED", "Decided"
        DECLINED = "DECLINED", "Declined"
        CLOSED = "CLOSED", "Closed"
        WITHDRAWN = "WITHDRAW", "Withdrawn"

    # What the current rung owes a decision on.
    WAITING = (State.OPEN, State.ACKNOWLEDGED)
    UNDECIDED = (*WAITING, State.ASKED)

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
        help_text="Whom the matter is about; they never see it or act on it.",
    )
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="escalations", help_text="The rung it is on now.")
    due_on = models.DateField()
    from_ask = models.OneToOneField(Ask, models.PROTECT, null=True, blank=True, related_name="escalation")
    nonce = models.UUIDField(help_text="Made with the empty form: a second press raises nothing twice.")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="escalations_raised")

    class Meta:
        ordering = ("raised_at", "pk")
        indexes = [
            models.Index(fields=["forum", "state"]),
            models.Index(fields=["cluster", "state"]),
            models.Index(fields=["raised_by", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["raised_by", "nonce"], name="one_escalation_per_form"),
            models.CheckConstraint(
                name="escalation_risk_on_5_by_5",
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
            ),
            models.CheckConstraint(
                name="named_lead_when_confidential",
                condition=Q(is_confidential=False, named_lead__isnull=True)
                | Q(is_confidential=True, named_lead__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_label(self) -> str:
        return "A confidential escalation" if self.is_confidential else self.reference

    @property
    def band(self) -> Band:
        """The band of its risk on the NHSScotland matrix."""
        return band_of(self.likelihood, self.impact)


class StepQuerySet(models.QuerySet["Step"]):
    """Steps cannot be taken away. Redaction updates their words through a queryset, which stays possible."""

    def delete(self) -> NoReturn:
        raise TypeError("Steps of an escalation are kept for good.")


class Step(models.Model):
    """One move of an escalation: who, when, what, why. Immutable, redaction excepted."""

    class Kind(models.TextChoices):
        RAISED = "RAISED", "Raised"
        ACKNOWLEDGED = "ACK", "Acknowledged"
        PASSED_UP = "UP", "Passed up"
        MOVED_ON = "MOVED", "Moved on by itself"
        RESOLVED = "RESOLVED", "Decided"
        DECLINED = "DECLINED", "Declined"
        ASKED = "ASKED", "Asked for information"
        REPLIED = "REPLIED", "Information given"
        REOPENED = "REOPENED", "Disagreed: asked for review"
        CLOSED = "CLOSED", "Accepted and closed"
        WITHDRAWN = "WITHDRAW", "Withdrawn"
        HANDED_OVER = "HANDED", "Handed to the other lead"

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=Kind)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+", help_text="The rung it was taken on.")
    to_forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = Words(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = StepQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [models.Index(fields=["kind", "taken_at"])]

    def __str__(self) -> str:
        return f"{self.escalation}: {self.get_kind_display()}"

    @property
    def audit_label(self) -> str:
        return f"Step {self.pk} of an escalation"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the step. Raises TypeError for a step that is stored already: history is added, not changed."""
        if not self._state.adding:
            raise TypeError("A step of an escalation is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A step of an escalation is kept for good.")


class Viewer(models.Model):
    """A person whom the raiser lets read one escalation."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="viewers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["escalation", "person"], name="viewer_once")]

    def __str__(self) -> str:
        return f"{self.person} may read {self.escalation}"
