"""What somebody will do after a meeting, and what the HSCP is asked."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import Role
from clusters.models import Forum
from clusters.models.orientation import OutwardTagged, Tagged
from meetings.models.meetings import Item, Meeting, pair
from practices.models import Practice
from shared.fields import Words


class Live(models.QuerySet[Any]):
    """Actions and questions that have left the draft they were typed in."""

    def live(self) -> Self:
        """Those that anybody but the minute-taker may know of: not from a meeting that is still a draft."""
        return self.filter(Q(item__isnull=True) | Q(item__meeting__state__in=Meeting.TOLD))


class Action(Tagged):
    """What somebody will do by a date. `origin_path` leads back to where it came from."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        DONE = "DONE", "Done"
        DROPPED = "DROPPED", "Dropped"

    class Kind(models.TextChoices):
        AGREED = "AGREED", "Agreed"
        REQUESTED = "REQUEST", "Requested"
        MANDATED = "MANDATE", "Mandated"

    class Verdict(models.TextChoices):
        ACCEPTED = "ACCEPT", "Accepted"
        PARTLY = "PARTLY", "Accepted in part"
        NOT_ACCEPTED = "NOT", "Not accepted"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="actions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="actions")
    what = Words(one_line=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="actions")
    owner_practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="actions")
    owner_role = models.CharField(max_length=10, choices=[(r.value, r.label) for r in Role], blank=True)
    is_for_every_practice = models.BooleanField(default=False)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.AGREED)
    origin_text = Words(one_line=True, blank=True)
    origin_path = models.CharField(max_length=200, blank=True)
    is_first = models.BooleanField(default=False, help_text="To be done before others.")
    waiting_on = Words(one_line=True, blank=True, help_text="Who or what it waits for.")
    waiting_since = models.DateField(null=True, blank=True)
    waits_for_hscp = models.BooleanField(default=False)
    is_outside_control = models.BooleanField(default=False)
    issuer = Words(one_line=True, blank=True, help_text="Of a requested or mandated action: the body that issued it.")
    grounds = Words(blank=True, help_text="Of a requested or mandated action: why.")
    evidence = Words(blank=True)
    learning = Words(one_line=True, blank=True)
    verdict = models.CharField(
        max_length=6, choices=Verdict, blank=True, help_text="What its issuer says of the reply."
    )
    verdict_reason = Words(blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form it was added with.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Live.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        indexes = [models.Index(fields=["owner", "state", "due_on"]), models.Index(fields=["forum", "state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="action_has_one_owner",
                condition=Q(owner__isnull=False, owner_practice=None, owner_role="", is_for_every_practice=False)
                | Q(owner=None, owner_practice__isnull=False, owner_role="", is_for_every_practice=False)
                | (Q(owner=None, owner_practice=None, is_for_every_practice=False) & ~Q(owner_role=""))
                | Q(owner=None, owner_practice=None, owner_role="", is_for_every_practice=True),
            ),
            models.CheckConstraint(
                name="action_waits_for_something",
                condition=Q(waiting_since=None, waiting_on="", waits_for_hscp=False)
                | (Q(waiting_since__isnull=False) & ~Q(waiting_on="")),
            ),
            models.CheckConstraint(name="action_judged_at_and_by", condition=pair("judged")),
            models.CheckConstraint(
                name="action_closed_at_and_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, state="OPEN")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(state="OPEN")),
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.pk}"

    @property
    def holder(self) -> Any:
        """Who will do it: a person, a practice, whoever holds a role, or every practice."""
        if self.is_for_every_practice:
            return "Every practice"
        return self.owner or self.owner_practice or Role(self.owner_role).label


class ActionStep(models.Model):
    """What happened to an action after it was added: added, never changed."""

    class Kind(models.TextChoices):
        NOTE = "NOTE", "Progress"
        WAITING = "WAIT", "Waiting"
        GOING_ON = "GO", "Going on"
        CLOSED = "CLOSED", "Done"
        DROPPED = "DROP", "Dropped"
        REOPENED = "REOPEN", "Opened again"
        HANDED_OVER = "HAND", "Handed over"
        NUDGED = "NUDGE", "Reminded"
        MOVED = "MOVED", "New date"
        JUDGED = "JUDGED", "Reply judged"
        RETURNED = "RETURN", "A practice answered"

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=6, choices=Kind)
    text = Words(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.action}"


class PracticeReturn(models.Model):
    """Of an action for every practice: what one of them did. No row is nothing yet."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="returns")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="returns")
    is_done = models.BooleanField()
    note = Words(one_line=True, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("practice__name",)
        constraints = [models.UniqueConstraint(fields=["action", "practice"], name="one_return_per_practice")]

    def __str__(self) -> str:
        return f"{self.practice}: {'done' if self.is_done else 'not done'}"


class Gap(models.Model):
    """Of an action in a locality's plan (ACT-12): the gap it closes, what that needs, and whether it was given."""

    action = models.OneToOneField(Action, models.PROTECT, related_name="gap")
    what = Words()
    resource_needed = Words(blank=True)
    resource_decision = Words(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="gap_decided_at_and_by", condition=pair("decided"))]

    def __str__(self) -> str:
        return f"Gap of {self.action}"


class Ask(OutwardTagged):
    """Ask the HSCP (ACT-18): one line to a named person with a reply-by date. Not an escalation."""

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting for a reply"
        ANSWERED = "ANSWER", "Answered"
        WITHDRAWN = "WITHDR", "Withdrawn"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="asks")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="asks")
    question = Words(one_line=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asks_received")
    reply_by = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    reply = Words(blank=True)
    nonce = models.UUIDField(null=True, blank=True, unique=True, help_text="Of the form it was asked with.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asks_sent")
    # Who speaks for who asked since a handover; nobody while they do so themselves.
    spokesperson = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Live.as_manager()

    class Meta:
        ordering = ("reply_by", "pk")
        indexes = [models.Index(fields=["to", "state"]), models.Index(fields=["forum", "state"])]
        constraints = [
            models.CheckConstraint(
                name="ask_replied_at_and_by",
                condition=Q(replied_at__isnull=True, replied_by__isnull=True)
                | Q(replied_at__isnull=False, replied_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Question {self.pk} to {self.to}"

    @property
    def speaker_id(self) -> int:
        """Who is told the reply, and may take the question back or go on with it."""
        return self.spokesperson_id or self.asked_by_id
