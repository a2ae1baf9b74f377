"""Practice lists as they were brought, previewed and decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from shared.fields import WordsMap

# How the reason of a membership begins that a practice list began.
LIST_REASON = "Practice list of"


class PracticeList(models.Model):
    """One practice list: previewed first, then applied once or laid aside. The last one applied can be undone.

    Nobody in `uploaded_by`, `decided_by` or `undone_by` means the command line. `rows` holds what the file says while
    it waits for a decision, `outcome` what was done, `journal` what undoing needs until the next list is applied.
    """

    class State(models.TextChoices):
        PREVIEWED = "PREVIEW", "Waiting for a decision"
        APPLIED = "APPLIED", "Applied"
        SET_ASIDE = "ASIDE", "Laid aside"
        UNDONE = "UNDONE", "Undone"

    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    rows = WordsMap(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEWED)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.JSONField(default=dict, blank=True)
    journal = WordsMap(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["file_hash", "as_of"], condition=Q(state="PREVIEW"), name="one_preview_per_practice_list"
            ),
            models.CheckConstraint(
                name="practice_list_decided_or_waiting",
                condition=Q(state="PREVIEW", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="PREVIEW") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="practice_list_undone_or_not",
                condition=Q(state="UNDONE", undone_at__isnull=False)
                | (~Q(state="UNDONE") & Q(undone_at__isnull=True, undone_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{LIST_REASON} {self.as_of.day} {self.as_of:%B %Y}"

    @property
    def in_sentence(self) -> str:
        """As the middle of a sentence says it."""
        return f"{LIST_REASON[0].lower()}{str(self)[1:]}"

    @property
    def audit_label(self) -> str:
        return str(self)
