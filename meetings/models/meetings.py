"""Meetings, who was there, and what was said and decided."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Forum
from clusters.models.orientation import Tagged
from practices.models import Practice
from shared.dates import SCOTLAND
from shared.fields import Words


class ShareLevel(models.TextChoices):
    """How far up a record may be read. Nothing goes above the cluster unless somebody chose it."""

    CLUSTER = "CLUSTER", "Cluster only"
    HSCP = "HSCP", "Cluster and HSCP"
    BOARD = "BOARD", "Cluster, HSCP and health board"


class Audience(models.TextChoices):
    """As whom somebody reads minutes: from inside the forum, from the HSCP, from the health board, or from a cluster
    around a forum that is none.
    """

    CLUSTER = "CLUSTER", "The cluster"
    HSCP = "HSCP", "The HSCP"
    BOARD = "BOARD", "The health board"
    AROUND = "AROUND", "The clusters around it"


def pair(deed: str) -> Q:
    """The condition that `<deed>_at` and `<deed>_by` are both there or both missing."""
    at, by = f"{deed}_at__isnull", f"{deed}_by__isnull"
    return Q((at, True), (by, True)) | Q((at, False), (by, False))


class Meeting(models.Model):
    """One meeting of a forum: planned or called off, then minutes that move on.

    Minutes go draft → circulated → agreed → published and then don't change. `logged_at` is when they were begun.
    Times are those of the clock in Scotland on that day.
    """

    class Sort(models.TextChoices):
        ORDINARY = "ORD", "Ordinary meeting"
        LEARNING = "PLT", "Protected learning time"
        ONE_TO_ONE = "ONE", "One-to-one"

    class Mode(models.TextChoices):
        VIDEO = "VIDEO", "Video"
        IN_PERSON = "PERSON", "In person"
        BOTH = "BOTH", "Both"

    class State(models.TextChoices):
        PLANNED = "PLAN", "Planned"
        CANCELLED = "CANCEL", "Called off"
        DRAFT = "DRAFT", "Draft"
        CIRCULATED = "CIRC", "Circulated for correction"
        AGREED = "AGREED", "Agreed"
        PUBLISHED = "PUBL", "Published"

    # States whose minutes others than the writers know of, and those that somebody must still bring to an end.
    TOLD = (State.CIRCULATED, State.AGREED, State.PUBLISHED)
    UNFINISHED = (State.DRAFT, State.CIRCULATED, State.AGREED)
    # Planned and no more, or not to be: nothing was said or decided there.
    NOT_HELD = (State.PLANNED, State.CANCELLED)

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=90)
    sort = models.CharField(max_length=3, choices=Sort, default=Sort.ORDINARY)
    series = models.ForeignKey("meetings.Series", models.PROTECT, null=True, blank=True, related_name="meetings")
    slot_on = models.DateField(
        null=True, blank=True, help_text="The day of the series that it was made for, wherever it was moved since."
    )
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.VIDEO)
    place = Words(one_line=True, blank=True)
    joining_link = Words(one_line=True, blank=True, max_length=500)
    funding = Words(one_line=True, blank=True, help_text="Of protected learning time: who pays for the cover.")
    outcome = Words(blank=True, help_text="Of protected learning time: what came of it.")
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    share_level = models.CharField(max_length=7, choices=ShareLevel, default=ShareLevel.CLUSTER)
    is_for_clusters = models.BooleanField(
        default=False, help_text="Published minutes of a forum above: the clusters around it read them too."
    )
    next_on = models.DateField(null=True, blank=True)
    was_data_present = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    nonce = models.UUIDField(unique=True, help_text="Made with the empty form: a second press saves nothing twice.")
    sequence = models.PositiveIntegerField(default=0, help_text="Of its calendar entry: how often it was changed.")
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = Words(one_line=True, blank=True)
    logged_at = models.DateTimeField(null=True, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True, help_text="When the draft was last changed.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    circulated_at = models.DateTimeField(null=True, blank=True)
    circulated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    corrections_until = models.DateField(null=True, blank=True, help_text="The last day for corrections.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["forum", "-held_on"])]
        constraints = [
            *(
                models.CheckConstraint(name=f"meeting_{deed}_at_and_by", condition=pair(deed))
                for deed in ("planned", "cancelled", "logged", "saved", "circulated", "agreed", "published")
            ),
            models.CheckConstraint(
                name="meeting_planned_or_logged", condition=Q(planned_at__isnull=False) | Q(logged_at__isnull=False)
            ),
            models.CheckConstraint(
                name="meeting_cancelled_says_so",
                condition=Q(state="CANCEL", cancelled_at__isnull=False) | (~Q(state="CANCEL") & Q(cancelled_at=None)),
            ),
            models.UniqueConstraint(
                fields=["series", "held_on"],
                condition=Q(series__isnull=False, state="PLAN"),
                name="one_meeting_of_a_series_a_day",
            ),
            models.UniqueConstraint(fields=["series", "slot_on"], name="one_meeting_a_slot_of_a_series"),
        ]

    def __str__(self) -> str:
        return f"{self.forum}, {self.held_on:%-d %b %Y}"

    @property
    def audit_label(self) -> str:
        return f"Meeting of {self.forum}, {self.held_on}"

    @property
    def begins_at(self) -> datetime | None:
        """The moment at which it begins; None where no time is set."""
        return datetime.combine(self.held_on, self.starts_at, SCOTLAND) if self.starts_at else None

    @property
    def ends_at(self) -> datetime | None:
        """The moment at which it is to be over, in Scotland's time; None where no time is set."""
        begins = self.begins_at
        return (begins.astimezone(UTC) + timedelta(minutes=self.minutes_long)).astimezone(SCOTLAND) if begins else None

    @property
    def end_of_day(self) -> datetime:
        """The last moment of its day."""
        return datetime.combine(self.held_on, time.max, SCOTLAND)

    @property
    def joining_address(self) -> str:
        """Where to join by video: nothing for whatever is no web address (blacked out, or stored before)."""
        return self.joining_link if self.joining_link.startswith(("https://", "http://")) else ""

    @property
    def mode_in_words(self) -> str:
        """How it was held, where no choices stand beside it: "both" alone says nothing."""
        return "In person and video" if self.mode == self.Mode.BOTH else str(self.get_mode_display())


class Attendance(models.Model):
    """Whether a member practice was represented, and by whom; of a forum without practices, whether a member came.

    Guests have neither practice nor seat.
    """

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
    is_from_hscp = models.BooleanField(default=False, help_text="A guest who represented the HSCP.")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "practice"], name="one_attendance_per_practice"),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(practice__isnull=True, person__isnull=False) & ~Q(presence="GUEST"),
                name="one_attendance_per_member",
            ),
            models.CheckConstraint(
                name="guest_has_no_practice",
                condition=Q(presence="GUEST", practice__isnull=True)
                | (~Q(presence="GUEST") & (Q(practice__isnull=False) | Q(person__isnull=False) | ~Q(name=""))),
            ),
            models.CheckConstraint(
                name="guest_alone_is_from_hscp", condition=Q(is_from_hscp=False) | Q(presence="GUEST")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice or self.name}: {self.get_presence_display()}"


class Item(Tagged):
    """One thing that was covered: a title, one line of discussion, and perhaps a decision."""

    class Kind(models.TextChoices):
        INFORMATION = "INFO", "Information"
        DISCUSSION = "DISC", "Discussion"
        DECISION = "DECN", "Decision"
        ACTION = "ACTION", "Action"
        DATA = "DATA", "Data"
        LEARNING = "LEARN", "Learning"
        PEER_SUPPORT = "PEER", "Peer support"
        SIGNIFICANT_EVENT = "SEA", "Significant event"
        CONTRACT = "CONTR", "Contract and sustainability"
        PATIENT_VOICE = "VOICE", "Patient group"

    class Way(models.TextChoices):
        """How a decision was reached."""

        AGREEMENT = "AGREE", "Everybody agreed"
        MAJORITY = "MAJOR", "Most were for it"
        VOTE = "VOTE", "By vote"
        LEAD = "LEAD", "Left to the lead"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = Words(one_line=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.DISCUSSION)
    discussion = Words(blank=True)
    decision = Words(blank=True)
    decision_reason = Words(blank=True)
    options = Words(blank=True, help_text="What else could have been decided.")
    how_decided = models.CharField(max_length=5, choices=Way, blank=True)
    dissent = Words(blank=True, help_text="What was said against it; by whom only where they asked for it.")
    review_on = models.DateField(null=True, blank=True, help_text="When to ask whether the decision held.")
    is_kept_in_cluster = models.BooleanField(default=False)
    is_parked = models.BooleanField(default=False, help_text="Not reached: it goes on the next agenda.")
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    paper_title = Words(one_line=True, blank=True)
    paper_link = Words(one_line=True, blank=True, max_length=500)
    topic = models.ForeignKey("meetings.Topic", models.PROTECT, null=True, blank=True, related_name="items")
    source = models.CharField(max_length=60, blank=True, help_text="The key of the suggestion that it came from.")

    class Meta:
        ordering = ("position", "pk")
        verbose_name = "agenda item"

    def __str__(self) -> str:
        return f"Item {self.position} of {self.meeting}"

    @property
    def audit_label(self) -> str:
        return f"Item {self.position}, {self.meeting.audit_label}"
