"""What goes on an agenda: topics that people propose, what stands on every agenda, what is left out this time."""

from django.conf import settings
from django.db import models

from clusters.models import Forum
from meetings.models.meetings import Item, Meeting
from practices.models import Practice
from shared.fields import Words


class Topic(models.Model):
    """Something that a member wants to be talked about, with why (MTG-07), and how far it got (MTG-17)."""

    class Stage(models.TextChoices):
        RAISED = "RAISED", "Raised"
        IMPORTANT = "IMPORT", "Agreed to matter"
        PILOT = "PILOT", "Being tried in one practice"
        REPORTED = "REPORT", "Reported back"
        ADOPTED = "ADOPT", "Adopted by all"
        ADAPTED = "ADAPT", "Adapted by all"
        STOPPED = "STOP", "Stopped"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="topics")
    title = Words(one_line=True)
    why = Words()
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.RAISED)
    pilot = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-proposed_at", "-pk")
        indexes = [models.Index(fields=["forum", "stage"])]

    def __str__(self) -> str:
        return f"Topic {self.pk} of {self.forum}"

    @property
    def audit_label(self) -> str:
        return f"Topic for {self.forum}"


class TopicStep(models.Model):
    """One step of a topic's way, with the reason. Added, never changed."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=6, choices=Topic.Stage)
    note = Words()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_stage_display()}"


class StandingItem(models.Model):
    """What stands on every agenda of a forum, such as peer talk or the data slot."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="standing_items")
    position = models.PositiveSmallIntegerField()
    title = Words(one_line=True)
    kind = models.CharField(max_length=6, choices=Item.Kind, default=Item.Kind.DISCUSSION)
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"Standing item {self.position} of {self.forum}"

    @property
    def audit_label(self) -> str:
        return f"Standing item of {self.forum}"


class LeftOut(models.Model):
    """A suggestion that the agenda of one meeting does without."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="left_out")
    key = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = "suggestion left out"
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="left_out_once")]

    def __str__(self) -> str:
        return f"{self.key} left out of {self.meeting}"
