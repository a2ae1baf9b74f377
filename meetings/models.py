"""Meetings, who was there, what was said and decided, what somebody will do, and what the HSCP is asked."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Forum
from practices.models import Practice
from shared.fields import Words


class ShareLevel(models.TextChoices):
    """How far up a record may be read. Nothing goes above the cluster unless somebody chose it."""

    CLUSTER = "CLUSTER", "Cluster only"
    HSCP = "HSCP", "Cluster and HSCP"
    BOARD = "BOARD", "Cluster, HSCP and health board"


class Audience(models.TextChoices):
    """As whom somebody reads minutes: from inside the cluster, from the HSCP, or from the health board."""

    CLUSTER = "CLUSTER", "The cluster"
    HSCP = "HSCP", "The HSCP"
    BOARD = "BOARD", "The health board"


class Live(models.QuerySet[Any]):
    """Actions and questions that have left the draft they were typed in."""

    def live(self) -> Self:
        """Those that anybody but the minute-taker may know of: not from a meeting that is still a draft."""
        told = (Meeting.State.CIRCULATED, Meeting.State.AGREED, Meeting.State.PUBLISHED)
        return self.filter(Q(item__isnull=True) | Q(item__meeting__state__in=told))


class Meeting(models.Model):
    """One meeting of a forum. Its minutes move draft → circulated → agreed → published and then don't change."""

    class Mode(models.TextChoices):
        VIDEO = "VIDEO", "Video"
        IN_PERSON = "PERSON", "In person"
        BOTH = "BOTH", "Both"

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        CIRCULATED = "CIRC", "Circulated for correction"
        AGREED = "AGREED", "Agreed"
        PUBLISHED = "PUBL", "Published"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.VIDEO)
    place = Words(one_line=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    share_level = models.CharField(max_length=7, choices=ShareLevel, default=ShareLevel.CLUSTER)
    next_on = models.DateField(null=True, blank=True)
    was_data_present = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, help_text="Made with the empty form: a second press saves nothing twice.")
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True, help_text="When the draft was last changed.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["forum", "-held_on"])]
        constraints = [
            models.CheckConstraint(
                name="meeting_saved_at_and_by",
                condition=Q(saved_at__isnull=True, saved_by__isnull=True)
                | Q(saved_at__isnull=False, saved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meeting_published_at_and_by",
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {self.held_on:%-d %b %Y}"

    @property
    def audit_label(self) -> str:
        return f"Meeting of {self.forum}, {self.held_on}"

    @property
    def mode_in_words(self) -> str:
        """How it was held, where no choices stand beside it: "both" alone says nothing."""
        return "In person and video" if self.mode == self.Mode.BOTH else str(self.get_mode_display())


class Attendance(models.Model):
    """Whether a member practice was represented, and by whom; or, without a practice, a guest."""

    class Presence(models.TextChoices):
        PRESENT = "PRESENT", "Present"
        APOLOGIES = "APOLOGY", "Apologies"
        DEPUTY = "DEPUTY", "Deputy"
        ABSENT = "ABSENT", "Not there"
        GUEST = "GUEST", "Guest"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="attendances")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    presence = models.CharField(max_length=7, choices=Presence)
    name = Words(one_line=True, blank=True, help_text="Who came: the deputy's or the guest's name.")
    organisation = Words(one_line=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "practice"], name="one_attendance_per_practice"),
            models.CheckConstraint(
                name="guest_has_no_practice",
                condition=Q(presence="GUEST", practice__isnull=True)
                | (~Q(presence="GUEST") & Q(practice__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice or self.name}: {self.get_presence_display()}"


class Item(models.Model):
    """One thing that was covered: a title, one line of discussion, and perhaps a decision."""

    class Kind(models.TextChoices):
        DISCUSSION = "DISC", "Discussion"
        DECISION = "DECN", "Decision"
        ACTION = "ACTION", "Action"
        DATA = "DATA", "Data"
        LEARNING = "LEARN", "Learning"
        PEER_SUPPORT = "PEER", "Peer support"
        SIGNIFICANT_EVENT = "SEA", "Significant event"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = Words(one_line=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.DISCUSSION)
    discussion = Words(blank=True)
    decision = Words(blank=True)
    decision_reason = Words(blank=True)
    is_kept_in_cluster = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = "agenda item"

    def __str__(self) -> str:
        return f"Item {self.position} of {self.meeting}"

    @property
    def audit_label(self) -> str:
        return f"Item {self.position}, {self.meeting.audit_label}"


class Action(models.Model):
    """What somebody will do by a date. `origin_path` leads back to where it came from."""

    class State(models.TextChoices):
        OPEN = "OPEN", "Open"
        DONE = "DONE", "Done"
        DROPPED = "DROPPED", "Dropped"

    class Kind(models.TextChoices):
        AGREED = "AGREED", "Agreed"
        REQUESTED = "REQUEST", "Requested"
        MANDATED = "MANDATE", "Mandated"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="actions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="actions")
    what = Words(one_line=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="actions")
    owner_practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="actions")
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.AGREED)
    origin_text = Words(one_line=True, blank=True)
    origin_path = models.CharField(max_length=200, blank=True)
    evidence = Words(blank=True)
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
                condition=Q(owner__isnull=False, owner_practice__isnull=True)
                | Q(owner__isnull=True, owner_practice__isnull=False),
            ),
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
        """The person or the practice that will do it."""
        return self.owner or self.owner_practice


class Ask(models.Model):
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
