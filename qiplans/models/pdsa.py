"""Tests of change: cycles of Plan, Do, Study, Act, in a ramp for each change idea; and what patients said."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from qiplans.models.diagrams import DiagramLine
from qiplans.models.projects import Project
from shared.fields import Words


class Ramp(models.Model):
    """A change idea and the cycles that test it: one of the driver diagram (`idea`), or one in words of its own."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="ramps")
    idea = models.OneToOneField(DiagramLine, models.PROTECT, null=True, blank=True, related_name="ramp")
    title = Words(one_line=True, blank=True)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Ramp {self.pk}"

    @property
    def name(self) -> str:
        """The change idea in words."""
        return self.idea.text if self.idea else self.title


class Cycle(models.Model):
    """One test of a change idea: planned, done, studied and decided. The portal numbers the cycles of a ramp."""

    class Kind(models.TextChoices):
        COLLECT = "COLLECT", "Find something out"
        DEVELOP = "DEVELOP", "Work the change out"
        TEST = "TEST", "Test the change"
        IMPLEMENT = "IMPLEM", "Make it the usual way"

    class Decision(models.TextChoices):
        ADOPT = "ADOPT", "Adopt: keep it as it is"
        ADAPT = "ADAPT", "Adapt: change it and test again"
        ABANDON = "ABANDON", "Abandon: try something else"

    ramp = models.ForeignKey(Ramp, models.PROTECT, related_name="cycles")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.TEST)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cycles_owned"
    )
    starts_on = models.DateField(null=True, blank=True)
    study_on = models.DateField(null=True, blank=True, help_text="The day on which the result is looked at.")
    objective = Words()
    arrangements = Words(blank=True, help_text="Who does it, where and when.")
    data_needed = Words(blank=True, help_text="What is counted, and who collects it.")
    was_as_planned = models.BooleanField(null=True, blank=True)
    observations = Words(blank=True)
    surprises = Words(blank=True)
    has_improved = models.BooleanField(null=True, blank=True)
    learning = Words(blank=True, help_text="Read above the cluster where the project is shared.")
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    next_step = Words(blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    studied_at = models.DateTimeField(null=True, blank=True)
    studied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["ramp", "number"], name="one_cycle_of_a_number"),
            models.CheckConstraint(
                name="cycle_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="cycle_studied_at_and_by",
                condition=Q(studied_at__isnull=True, studied_by__isnull=True)
                | Q(studied_at__isnull=False, studied_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Cycle {self.pk}"

    @property
    def stands(self) -> str:
        """How far it is, in a word or two: "planned", "done, not studied yet", "adapt"."""
        if self.decision:
            return self.get_decision_display().partition(":")[0].lower()
        return "done, not studied yet" if self.done_at else "planned"

    @property
    def has_fixed_questions(self) -> bool:
        """Whether its questions and predictions stay: it was done, or a result stands beside one of them."""
        return self.done_at is not None or any(q.result for q in self.questions.all())


class Question(models.Model):
    """What a cycle is to answer, what was predicted, and what came out."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = Words(one_line=True)
    prediction = Words(one_line=True)
    result = Words(one_line=True, blank=True)
    is_confirmed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["cycle", "position"], name="one_question_at_a_place")]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Feedback(models.Model):
    """A theme in what patients or carers said about what a project changes. Never a person's own story."""

    class Source(models.TextChoices):
        SURVEY = "SURVEY", "A survey"
        TALK = "TALK", "Conversations"
        GROUP = "GROUP", "A patient or carer group"
        WRITTEN = "WRITTEN", "Letters, complaints, Care Opinion"
        OTHER = "OTHER", "Something else"

    class Tone(models.TextChoices):
        WELL = "WELL", "Works well for them"
        BETTER = "BETTER", "Could be better"
        IDEA = "IDEA", "An idea of theirs"

    project = models.ForeignKey(Project, models.PROTECT, related_name="feedback")
    theme = Words(one_line=True)
    tone = models.CharField(max_length=6, choices=Tone)
    source = models.CharField(max_length=7, choices=Source)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="About how many said so.")
    heard_on = models.DateField()
    changed = Words(blank=True, help_text="What the project changed because of it.")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-heard_on", "-pk")
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        return f"Feedback {self.pk}"
