"""What a cluster wants to learn (TOO-15): answers without names, one of each person and plan year."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from qiplans.reference.learning import ASKED, HIGHEST, LOWEST


class LearningNeeds(models.Model):
    """The question put to one cluster in one plan year, named by its first calendar year."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="learning_needs")
    year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("-year",)
        verbose_name = "learning needs"
        verbose_name_plural = "learning needs"
        constraints = [models.UniqueConstraint(fields=["cluster", "year"], name="learning_needs_once_a_year")]

    def __str__(self) -> str:
        return f"Learning needs of {self.cluster}, {self.year}/{(self.year + 1) % 100:02}"

    @property
    def audit_label(self) -> str:
        return str(self)


class LearningAnswer(models.Model):
    """One unnamed answer, each of the three from 1 (strongly disagree) to 5 (strongly agree).

    The answer says neither who gave it nor when. `mark` is worked out with the secret key when somebody comes back to
    change it: the database alone does not say whose it is. The audit trail, which has the question and never an
    answer as its subject, tells who answered and when, not what.

    `shown` is the answer as the counts hold it, in the order of ASKED; None while it waits for its step.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    needs = models.ForeignKey(LearningNeeds, models.PROTECT, related_name="answers")
    mark = models.CharField(max_length=64)
    methods = models.PositiveSmallIntegerField()
    leading = models.PositiveSmallIntegerField()
    facilitating = models.PositiveSmallIntegerField()
    shown = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["needs", "mark"], name="one_learning_answer_each"),
            models.CheckConstraint(
                name="learning_answer_from_1_to_5",
                condition=Q(
                    *((f"{name}__{end}", bound) for name in ASKED for end, bound in (("gte", LOWEST), ("lte", HIGHEST)))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"An answer on {self.needs}"

    @property
    def given(self) -> list[int]:
        return [getattr(self, name) for name in ASKED]
