"""What follows a meeting: corrections, amendments, looking back, the pulse, hours, and significant events."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Forum
from meetings.models.meetings import Item, Meeting
from shared.fields import Words


class Correction(models.Model):
    """What an attendee would put right in circulated minutes, and what became of it."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Not answered yet"
        TAKEN = "TAKEN", "Put right"
        LEFT = "LEFT", "Left as it is"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="corrections")
    text = Words()
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    answer = Words(blank=True)
    nonce = models.UUIDField(unique=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="correction_answered_or_open",
                condition=Q(state="OPEN", answered_at=None, answered_by=None)
                | (~Q(state="OPEN") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk} of {self.meeting}"


class Amendment(models.Model):
    """A dated note to minutes that are published and don't change."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="amendments")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="amendments")
    text = Words()
    is_kept_in_cluster = models.BooleanField(default=False)
    nonce = models.UUIDField(unique=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return f"Amendment {self.pk} of {self.meeting}"


class LookBack(models.Model):
    """Asked on the review date of a decision: did it hold?"""

    class Verdict(models.TextChoices):
        HELD = "HELD", "It held"
        PARTLY = "PARTLY", "In part"
        NOT_HELD = "NOT", "It did not hold"

    item = models.ForeignKey(Item, models.PROTECT, related_name="look_backs")
    verdict = models.CharField(max_length=6, choices=Verdict)
    reflection = Words()
    again_on = models.DateField(null=True, blank=True, help_text="When to ask once more.")
    nonce = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = "look back on a decision"

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.item}"


class SignificantEvent(models.Model):
    """The analysis of a significant event (MTG-22, TOO-25): without names, and never of a patient."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="significant_event")
    what_happened = Words()
    why = Words(blank=True)
    learning = Words(blank=True)
    change_agreed = Words(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return f"Significant event, {self.item}"


class Pulse(models.Model):
    """One unnamed answer to how a meeting was, 1 (no) to 4 (yes). Neither who nor when, nor an order, is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="pulses")
    organised = models.PositiveSmallIntegerField()
    friendly = models.PositiveSmallIntegerField()
    facilitated = models.PositiveSmallIntegerField()
    productive = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="pulse_from_1_to_4",
                condition=Q(
                    *(
                        (f"{name}__{end}", bound)
                        for name in ("organised", "friendly", "facilitated", "productive")
                        for end, bound in (("gte", 1), ("lte", 4))
                    )
                ),
            )
        ]

    def __str__(self) -> str:
        return f"An answer about {self.meeting}"


class PulseGiven(models.Model):
    """Who has answered, so that nobody answers twice; never what."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="pulses_given")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "answer given"
        verbose_name_plural = "answers given"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_pulse_per_person")]

    def __str__(self) -> str:
        return f"{self.person} answered about {self.meeting}"


class Hours(models.Model):
    """Time that one person gave (MTG-20). Theirs alone to see, unless they share it."""

    class Kind(models.TextChoices):
        PREPARATION = "PREP", "Preparing"
        ATTENDANCE = "ATTEND", "Attending"
        LEARNING = "LEARN", "Learning session"
        OTHER = "OTHER", "Other cluster work"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hours")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="hours")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="hours")
    kind = models.CharField(max_length=6, choices=Kind)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()
    is_shared = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=True, help_text="Not where it follows from the attendance.")
    nonce = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form it was noted with.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = "hours"
        verbose_name_plural = "hours"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "meeting", "kind"], condition=Q(meeting__isnull=False), name="hours_once_per_meeting"
            ),
            models.CheckConstraint(name="hours_of_a_day", condition=Q(minutes__gte=1, minutes__lte=24 * 60)),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes"

    @property
    def audit_label(self) -> str:
        return f"Hours for {self.forum}"
