"""The rhythm in which a forum meets."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models import Forum
from meetings.models.meetings import Meeting
from shared.fields import Words


class Series(models.Model):
    """A forum's rhythm, from which its next meetings are made. One goes on at a time; what it made stays.

    `every` counts weeks, or months for the n-th weekday of a month (`nth` 1 to 4, 5 for the last one).
    `starts_at` is the time by the clock in Scotland, in summer and winter.
    """

    class Rhythm(models.TextChoices):
        WEEKS = "WEEKS", "Every so many weeks"
        MONTHS = "MONTHS", "On the same weekday of the month"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="series")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.MONTHS)
    every = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    nth = models.PositiveSmallIntegerField(null=True, blank=True)
    first_on = models.DateField()
    starts_at = models.TimeField()
    sort = models.CharField(max_length=3, choices=Meeting.Sort, default=Meeting.Sort.ORDINARY)
    minutes_long = models.PositiveSmallIntegerField(default=90)
    mode = models.CharField(max_length=6, choices=Meeting.Mode, default=Meeting.Mode.VIDEO)
    place = Words(one_line=True, blank=True)
    joining_link = Words(one_line=True, blank=True, max_length=500)
    grace_days = models.PositiveSmallIntegerField(default=14, help_text="How late before the HSCP sees it.")
    nonce = models.UUIDField(unique=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-begun_at", "-pk")
        verbose_name = "meeting series"
        verbose_name_plural = "meeting series"
        constraints = [
            models.UniqueConstraint(fields=["forum"], condition=Q(ended_at__isnull=True), name="one_series_goes_on"),
            # At without by: its forum closed, which nobody did to the series.
            models.CheckConstraint(
                name="series_ended_by_only_when_ended",
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(name="series_on_a_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(
                name="series_nth_of_the_month",
                condition=Q(rhythm="WEEKS", nth=None) | Q(rhythm="MONTHS", nth__gte=1, nth__lte=5),
            ),
            models.CheckConstraint(name="series_goes_on", condition=Q(every__gte=1)),
        ]

    def __str__(self) -> str:
        return f"Series of {self.forum}"

    @property
    def audit_label(self) -> str:
        return f"Meeting series of {self.forum.audit_label}"
