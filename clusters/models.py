"""Who meets, who belongs where, and who holds which role, from when to when."""

from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.roles import Place, Role
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.fields import Words, WordsMap


class DatedQuerySet(models.QuerySet[Any]):
    """Facts with a from (inclusive) and a to (exclusive; null is open)."""

    def on(self, day: date) -> Self:
        """The rows that hold on `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")))


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

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="forums")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="forums")
    board = models.ForeignKey(HealthBoard, models.PROTECT, null=True, blank=True, related_name="forums")
    purpose = Words(blank=True)
    meets_every_weeks = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

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


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def open_on(self, day: date) -> Self:
        """Clusters that had begun and not closed by `day`."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), starts_on__lte=day)


class Cluster(models.Model):
    """The forum that practices belong to. Practices have the HSCP; a cluster has a lead HSCP and may cross."""

    class Kind(models.TextChoices):
        IN_HOURS = "IN", "In hours"
        OUT_OF_HOURS = "OOH", "Out of hours"

    forum = models.OneToOneField(Forum, models.PROTECT, related_name="cluster")
    kind = models.CharField(max_length=3, choices=Kind, default=Kind.IN_HOURS)
    lead_hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="led_clusters")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="clusters")
    mission = Words(blank=True)
    starts_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ("forum__name",)

    def __str__(self) -> str:
        return self.forum.name

    @property
    def audit_label(self) -> str:
        name = self.forum.name
        return name if name.casefold().endswith(" cluster") else f"{name} cluster"


class Membership(models.Model):
    """A practice belongs to a cluster from a day to a day. In hours, one at a time."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    kind = models.CharField(
        max_length=3,
        choices=Cluster.Kind,
        default=Cluster.Kind.IN_HOURS,
        help_text="That of the cluster, kept here because a constraint on overlap sees one table only.",
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = Words(blank=True, one_line=True, help_text="Why it joined.")
    end_reason = Words(blank=True, one_line=True, help_text="Why it left, when it joined no other cluster.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["cluster", "starts_on"]), models.Index(fields=["practice", "starts_on"])]
        constraints = [
            _in_order("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["practice", "cluster"], condition=Q(ends_on__isnull=True), name="one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} in {self.cluster}"

    @property
    def audit_label(self) -> str:
        return f"{self.practice.code} in {self.cluster.audit_label}"


class RoleQuerySet(DatedQuerySet):
    def standing(self) -> Self:
        """The rows that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def on(self, day: date) -> Self:
        """The roles that are held on `day`."""
        return super().on(day).standing()


class RoleAssignment(models.Model):
    """Who holds which role, where, from when to when. Access ends at midnight before `ends_on`.

    A role that was given by mistake is withdrawn: it counts on no day, and the row stays as evidence.
    """

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
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["person", "starts_on"]), models.Index(fields=["role", "starts_on"])]
        constraints = [
            _in_order("role_ends_after_start"),
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


# How the reason of a membership begins that a practice list began.
LIST_REASON = "Practice list of"


class PracticeList(models.Model):
    """One practice list: previewed first, then applied once or laid aside.

    Nobody in `uploaded_by` or `decided_by` means the command line. `rows` holds what the file says while it waits for
    a decision, `outcome` what was done.
    """

    class State(models.TextChoices):
        PREVIEWED = "PREVIEW", "Waiting for a decision"
        APPLIED = "APPLIED", "Applied"
        SET_ASIDE = "ASIDE", "Laid aside"

    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    rows = WordsMap(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEWED)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["file_hash", "as_of"], condition=Q(state="PREVIEW"), name="one_preview_per_practice_list"
            ),
            models.CheckConstraint(
                name="practice_list_decided_or_waiting",
                condition=Q(state="PREVIEW", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="PREVIEW") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{LIST_REASON} {self.as_of.day} {self.as_of:%B %Y}"

    @property
    def audit_label(self) -> str:
        return str(self)
