"""Other ways to look at a priority: its class of work, who could be left behind, and what quality means in it."""

from uuid import uuid4

from django.db import models

from qiplans.models.plans import Priority
from shared.fields import Words


class Lens(models.Model):
    """What the cluster says of a priority beside its purpose (PLN-21, PLN-23). All of it is optional."""

    class Work(models.TextChoices):
        PLANNING = "PLAN", "Quality planning: what is needed, and how it could be given"
        IMPROVEMENT = "IMPROVE", "Quality improvement: make it better, and see whether it is"
        ASSURANCE = "ASSURE", "Quality assurance: know that it is as it should be"

    priority = models.OneToOneField(Priority, models.PROTECT, related_name="lens")
    work = models.CharField(max_length=7, choices=Work, blank=True)
    inequalities = Words(blank=True)
    wellbeing = Words(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "lenses"

    def __str__(self) -> str:
        return f"Lens on {self.priority}"


class QualityReading(models.Model):
    """How many members say that a meaning is what quality means in a priority (PLN-22). Never who.

    `shown` is what the counts show: it follows `given` in steps, so that two looks tell of nobody's answer.
    """

    class Meaning(models.TextChoices):
        SAFETY = "SAFETY", "Safety: nobody is harmed"
        EFFICIENCY = "EFFIC", "Efficiency: nothing is wasted"
        POPULATION = "POPUL", "Population health: everybody who could gain is reached"
        WELLBEING = "WELL", "Wellbeing: of patients and of those who care for them"
        SUSTAINABILITY = "SUST", "Sustainability: it can go on, with these people and on this planet"
        STANDARDS = "STAND", "Standards: what was agreed is kept to"

    priority = models.ForeignKey(Priority, models.PROTECT, related_name="readings")
    meaning = models.CharField(max_length=6, choices=Meaning)
    given = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["priority", "meaning"], name="one_count_a_meaning")]

    def __str__(self) -> str:
        return f"A reading of {self.priority}"


class ReadingGiven(models.Model):
    """That somebody has said what quality means in a priority, so that nobody is counted twice; never what, nor when.

    `mark` is worked out with the secret key: the database alone does not say whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="readings_given")
    mark = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["priority", "mark"], name="one_reading_each")]

    def __str__(self) -> str:
        return f"Somebody read {self.priority}"
