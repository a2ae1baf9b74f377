"""What a cluster wants to learn (TOO-15): answers without names, one of each person and plan year."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from clusters.models import Cluster

ASKED = ("methods", "leading", "facilitating")


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

    Neither who nor when is kept. `mark` is worked out with the secret key when somebody comes back to change an answer:
    the database alone does not say whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    needs = models.ForeignKey(LearningNeeds, models.PROTECT, related_name="answers")
    mark = models.CharField(max_length=64)
    methods = models.PositiveSmallIntegerField()
    leading = models.PositiveSmallIntegerField()
    facilitating = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["needs", "mark"], name="one_learning_answer_each"),
            models.CheckConstraint(
                name="learning_answer_from_1_to_5",
                condition=Q(*((f"{name}__{end}", bound) for name in ASKED for end, bound in (("gte", 1), ("lte", 5)))),
            ),
        ]

    def __str__(self) -> str:
        return f"An answer on {self.needs}"
