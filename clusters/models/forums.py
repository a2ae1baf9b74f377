"""Everything that meets, by its names."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from practices.models import HSCP, HealthBoard, Locality
from shared.fields import Words


class ForumQuerySet(models.QuerySet["Forum"]):
    def open_on(self, day: date) -> Self:
        """Forums that had begun and not closed by `day`; one without a first day was always there."""
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(begun, Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Forum(models.Model):
    """Everything that meets: a cluster, a locality quality group, a management team, a committee."""

    class Kind(models.TextChoices):
        CLUSTER = "CLUSTER", "GP cluster"
        LEAD_MANAGER = "CQL_LM", "CQL and locality manager"
        TRIPARTITE = "TRIPART", "Tripartite group"
        LOCALITY_QUALITY = "LOC_QUAL", "Locality quality group"
        LOCALITY_MANAGEMENT = "LOC_MGMT", "Locality management team"
        HSCP_GOVERNANCE = "HSCP_GOV", "HSCP clinical and care governance"
        BOARD_COMMITTEE = "BOARD", "Health board committee"
        LEADS_NETWORK = "NETWORK", "CQL network"
        TASK_GROUP = "TASK", "Task group"
        GP_FORUM = "GPFORUM", "GP forum"
        STRATEGIC_PLANNING = "STRATEG", "Strategic planning group"
        GP_SUBCOMMITTEE = "GPSUB", "Local Medical Committee or GP subcommittee"

    # Kinds that decide, and so can stand on an escalation ladder: the others bring people together or advise.
    DECIDING = (
        Kind.LEAD_MANAGER,
        Kind.TRIPARTITE,
        Kind.LOCALITY_QUALITY,
        Kind.LOCALITY_MANAGEMENT,
        Kind.HSCP_GOVERNANCE,
        Kind.BOARD_COMMITTEE,
        Kind.TASK_GROUP,
    )

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="forums")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="forums")
    board = models.ForeignKey(HealthBoard, models.PROTECT, null=True, blank=True, related_name="forums")
    purpose = Words(blank=True)
    meets_every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    responsibilities = Words(blank=True)
    structure = Words(blank=True, help_text="How it works, and who chairs.")
    outputs = Words(blank=True, help_text="Where its results go, and how they come back.")
    terms = Words(blank=True, help_text="Its terms of reference, or what they say in short.")
    terms_link = Words(blank=True, one_line=True)
    adopted_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="forum_closes_after_start",
                condition=Q(closed_on__isnull=True) | Q(starts_on__isnull=True) | Q(closed_on__gt=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def serves(self) -> Locality | HSCP | HealthBoard | None:
        """The part of the system it is for: a locality, else an HSCP, else a health board."""
        return self.locality or self.hscp or self.board

    @property
    def terms_address(self) -> str:
        """Where the whole terms can be read: nothing for whatever is no web address (blacked out, or stored before)."""
        return self.terms_link if self.terms_link.startswith(("https://", "http://")) else ""

    @property
    def hscp_served(self) -> int | None:
        """Id of the HSCP that it lies in; None for a forum of a whole health board."""
        return self.locality.hscp_id if self.locality else self.hscp_id

    def is_open_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.closed_on is None or self.closed_on > day)

    def is_review_due(self, day: date) -> bool:
        """Whether the day on which its terms were to be looked at again has gone by."""
        return self.review_on is not None and self.review_on < day and self.is_open_on(day)

    @property
    def audit_label(self) -> str:
        return self.name


class FormerName(models.Model):
    """What a forum was called until a day (exclusive); the old path redirects. A forum may have a name twice."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140)
    until = models.DateField()

    class Meta:
        ordering = ("-until", "-pk")

    def __str__(self) -> str:
        return f"{self.name} until {self.until}"
