"""What was raised, where it stands now, and the numbers it is given."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster, Forum
from clusters.models.orientation import OutwardTagged
from escalations.reference import Band, band_of
from meetings.models import Ask
from practices.models import Practice
from shared.fields import Words


class ReferenceYear(models.Model):
    """The last number given out in a year; its row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"ESC-{self.year}-{self.last:04}"


class Escalation(OutwardTagged):
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
    # What the side that raised it must still see through: its answer is to be read and accepted.
    UNFINISHED = (*UNDECIDED, State.RESOLVED, State.DECLINED)

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
    spokesperson = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

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
    def speaker_id(self) -> int:
        """Who speaks for the raiser: since a handover somebody else reads the answer, accepts it or disagrees."""
        return self.spokesperson_id or self.raised_by_id

    @property
    def audit_label(self) -> str:
        return "A confidential escalation" if self.is_confidential else self.reference

    @property
    def band(self) -> Band:
        """The band of its risk on the NHSScotland matrix."""
        return band_of(self.likelihood, self.impact)
