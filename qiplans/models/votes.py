"""Rounds of multi-voting (PLN-05, TOO-02): everybody has some dots and lays them on topics."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Cluster
from meetings.models.meetings import pair
from qiplans.models.studio import Candidate
from shared.fields import Words

MOST_DOTS = 10


class Round(models.Model):
    """One vote of a cluster; one is open at a time, and a closed one does not change."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="rounds")
    title = Words(one_line=True)
    dots = models.PositiveSmallIntegerField(default=3)
    is_anonymous = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-opened_at", "-pk")
        verbose_name = "vote on topics"
        verbose_name_plural = "votes on topics"
        constraints = [
            models.UniqueConstraint(fields=["cluster"], condition=Q(closed_at=None), name="one_round_open_at_a_time"),
            models.CheckConstraint(name="round_closed_at_and_by", condition=pair("closed")),
            models.CheckConstraint(name="round_has_dots", condition=Q(dots__gte=1, dots__lte=MOST_DOTS)),
        ]

    def __str__(self) -> str:
        return f"Vote {self.pk} of {self.cluster}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Option(models.Model):
    """A topic that is voted on, with its dots. Of an anonymous round this number is all that a vote leaves.

    `shown` is what the tally shows: of an anonymous round nothing before it is closed, so that nobody who watches
    learns what one voter did.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="options")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="options")
    dots = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["round", "candidate"], name="a_topic_once_a_round")]

    def __str__(self) -> str:
        return f"Option {self.pk} of {self.round}"


class Voter(models.Model):
    """Who has voted, so that nobody votes twice; never what, nor when."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="voters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("person__full_name",)
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_vote_per_person")]

    def __str__(self) -> str:
        return f"{self.person} voted in {self.round}"


class OpenVote(models.Model):
    """The dots of one person on one topic, in a round that is open to be read. Anonymous rounds have none of these."""

    option = models.ForeignKey(Option, models.PROTECT, related_name="open_votes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dots = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("person__full_name", "pk")
        constraints = [models.UniqueConstraint(fields=["option", "person"], name="one_open_vote_per_topic")]

    def __str__(self) -> str:
        return f"{self.dots} dots on {self.option}"
