"""The priority studio: topics that might become priorities, how they were scored, and what became of them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from clusters.models import Cluster
from meetings.models import Item, Topic
from meetings.models.meetings import pair
from practices.models import HSCP
from qiplans.models.plans import Plan, Priority
from qiplans.reference.criteria import CRITERIA, POINTS
from shared.fields import Words


class Candidate(models.Model):
    """A topic that a cluster might take up, wherever it came from (PLN-03). Stays when it is not chosen."""

    class Source(models.TextChoices):
        MEMBER = "MEMBER", "A member’s idea"
        TOPIC = "TOPIC", "The topic box"
        DATA = "DATA", "A chart or figures"
        EVENT = "EVENT", "An adverse or significant event"
        LIST = "LIST", "The suggested list"
        HSCP = "HSCP", "The HSCP asked for it"

    class State(models.TextChoices):
        OPEN = "OPEN", "Put forward"
        CHOSEN = "CHOSEN", "Chosen"
        ASIDE = "ASIDE", "Not now"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="candidates")
    title = Words(one_line=True)
    why = Words(help_text="What should be better, and for whom.")
    source = models.CharField(max_length=6, choices=Source, default=Source.MEMBER)
    evidence = Words(blank=True, help_text="Where it is known from: a guideline, figures, what happened.")
    dataset = Words(one_line=True, blank=True, help_text="Where the figures come from.")
    link = Words(one_line=True, blank=True, max_length=500, help_text="Of a chart or a paper: here or on the web.")
    suggestion = models.CharField(max_length=20, blank=True, help_text="Its code in the suggested list.")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="candidates")
    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="topics_asked_for")
    answer_by = models.DateField(null=True, blank=True, help_text="When the HSCP hopes for an answer.")
    answer = Words(blank=True, help_text="What the cluster says to the HSCP that asked.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    settled_reason = Words(blank=True, help_text="Why it was chosen, or why not now.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    priority = models.OneToOneField(Priority, models.PROTECT, null=True, blank=True, related_name="candidate")
    # The decision may be taken out of minutes that are still a draft; the reason stays here.
    decision = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="topics_chosen")
    put_forward_at = models.DateTimeField()
    put_forward_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-put_forward_at", "-pk")
        verbose_name = "topic put forward"
        verbose_name_plural = "topics put forward"
        indexes = [models.Index(fields=["cluster", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "topic"], condition=Q(topic__isnull=False), name="a_topic_put_forward_once"
            ),
            models.CheckConstraint(name="candidate_answered_at_and_by", condition=pair("answered")),
            models.CheckConstraint(
                name="candidate_settled_or_open",
                condition=Q(state="OPEN", settled_at=None, settled_by=None)
                | (~Q(state="OPEN") & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="candidate_chosen_is_a_priority", condition=~Q(state="CHOSEN") | Q(priority__isnull=False)
            ),
            models.CheckConstraint(
                name="candidate_asked_for_by_an_hscp",
                condition=Q(source="HSCP", hscp__isnull=False) | (~Q(source="HSCP") & Q(hscp=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"Topic {self.pk} put forward in {self.cluster}"

    @property
    def waits_for_answer(self) -> bool:
        return self.source == self.Source.HSCP and self.answered_at is None


class Score(models.Model):
    """The one score that a cluster agreed on for a topic: 0 to 3 for each question, or not scored."""

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="score")
    need = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.PositiveSmallIntegerField(null=True, blank=True)
    relevance = models.PositiveSmallIntegerField(null=True, blank=True)
    inequalities = models.PositiveSmallIntegerField(null=True, blank=True)
    data = models.PositiveSmallIntegerField(null=True, blank=True)
    fit = models.PositiveSmallIntegerField(null=True, blank=True)
    note = Words(blank=True)
    version = models.PositiveIntegerField(default=1)
    scored_at = models.DateTimeField()
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="score_from_0_to_3",
                condition=Q(*(Q((c.code, None)) | Q((f"{c.code}__lte", POINTS[-1])) for c in CRITERIA)),
            )
        ]

    def __str__(self) -> str:
        return f"Score of {self.candidate}"

    @classmethod
    def total(cls, prefix: str = "") -> Coalesce:
        """All points together, in SQL; what is not scored counts nothing."""
        parts = [Coalesce(F(f"{prefix}{c.code}"), Value(0)) for c in CRITERIA]
        return sum(parts[1:], parts[0])  # type: ignore[arg-type, return-value]

    @property
    def points(self) -> dict[str, int | None]:
        """The points of each question by its code."""
        return {c.code: getattr(self, c.code) for c in CRITERIA}

    @property
    def is_answered(self) -> bool:
        """Whether any question has points: 0 is an answer too."""
        return any(told is not None for told in self.points.values())


class Disagreement(models.Model):
    """Where people see it differently: the positions, who decides, the way up, and what came of it (PLN-09).

    Positions stand without names, unless somebody asks to be named.
    """

    class Decider(models.TextChoices):
        CLUSTER = "CLUSTER", "The cluster, at a meeting"
        LEAD = "LEAD", "The Cluster Quality Lead"
        LOCALITY = "LOCAL", "The locality or tripartite group"
        HSCP = "HSCP", "The HSCP"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="disagreements")
    about = Words(one_line=True)
    positions = Words()
    decider = models.CharField(max_length=7, choices=Decider)
    route = Words(one_line=True, blank=True, help_text="Where it goes when it cannot be settled there.")
    outcome = Words(blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = [models.CheckConstraint(name="disagreement_settled_at_and_by", condition=pair("settled"))]

    def __str__(self) -> str:
        return f"Disagreement {self.pk} of {self.plan}"
