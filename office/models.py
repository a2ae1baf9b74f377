"""Drafts kept while people type, letters sent, reminders chosen, jobs ticked, and words blacked out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from shared.fields import Words, WordsMap


class Draft(models.Model):
    """What one person has typed into one form and not yet saved. `key` names the form and the thing it is for."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = WordsMap(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"Draft {self.key}"


class Redaction(models.Model):
    """Words blacked out in one record: who, when and why stay; the words do not."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = Words()
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    field = models.CharField(max_length=60)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["record_type", "record_id"], name="redaction_by_record")]

    def __str__(self) -> str:
        return f"Redaction in {self.record_type} {self.record_id}"


class Letter(models.Model):
    """One letter to one person at one address, from the moment it is written until it has left.

    A `reason` makes one letter and never a second. The mail server, and who reads it, know a letter by its `message_id`
    however often it is sent. The body says `shared.sealing.LINK` where the link stands; the link itself is sealed, and
    forgotten once the letter has left. `answer` is what the mail server last said.
    """

    class State(models.TextChoices):
        QUEUED = "QUEUED", "Waiting to be sent"
        SENDING = "SENDING", "Being sent"
        SENT = "SENT", "Sent"
        REFUSED = "REFUSED", "Refused"
        GIVEN_UP = "GIVEN_UP", "Given up"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters")
    to = models.EmailField()
    subject = Words(one_line=True)
    body = Words(max_length=10_000)
    link = models.CharField(max_length=4000, blank=True)
    calendar = models.TextField(blank=True, help_text="The calendar file that goes with it.")
    reason = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True)
    is_repeat = models.BooleanField(default=False)
    answer = Words(one_line=True, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-queued_at", "-pk")
        indexes = [models.Index(fields=["state", "next_try"], name="letters_due")]
        constraints = [
            models.CheckConstraint(
                name="letter_sent_with_its_time",
                condition=Q(state="SENT", sent_at__isnull=False) | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"Letter to {self.person}"

    @property
    def audit_label(self) -> str:
        return str(self)


class ReminderChoice(models.Model):
    """How often somebody wants to be reminded. No row is daily."""

    class Rhythm(models.TextChoices):
        DAILY = "DAILY", "Every day on which something is due"
        WEEKLY = "WEEKLY", "On Mondays"
        NONE = "NONE", "Never"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminder_choice")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.DAILY)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_rhythm_display()}"

    @property
    def audit_label(self) -> str:
        return f"Reminders of {self.person}"

    @property
    def in_words(self) -> str:
        """The choice within a sentence."""
        label = str(self.get_rhythm_display())
        return label[:1].lower() + label[1:]


class JobRun(models.Model):
    """One run of a daily job: the row is its lock, and tells the next run how far this one came."""

    job = models.CharField(max_length=40)
    slot = models.DateField(help_text="The local day that it was run for.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-slot", "job")
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="one_run_a_day")]

    def __str__(self) -> str:
        return f"{self.job}, {self.slot}"
