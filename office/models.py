"""Drafts kept while people type, and the record of words blacked out."""

from django.conf import settings
from django.db import models

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
