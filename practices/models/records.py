"""What a practice is like: where its patients live, how many GPs it has, and which posts stand empty.

Numbers only: nobody is named, and nothing here ranks practices.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from practices.models.places import Practice
from shared.dates import in_words
from shared.fields import Words

HUNDRED = [MinValueValidator(0), MaxValueValidator(100)]


class PracticeProfile(models.Model):
    """What was known of a practice on a day; later days add rows, so that last year's figures stay. All optional."""

    class UrbanRural(models.TextChoices):
        """The six-fold urban rural classification of the Scottish Government."""

        LARGE_URBAN = "1", "1 Large urban area"
        OTHER_URBAN = "2", "2 Other urban area"
        ACCESSIBLE_TOWN = "3", "3 Accessible small town"
        REMOTE_TOWN = "4", "4 Remote small town"
        ACCESSIBLE_RURAL = "5", "5 Accessible rural area"
        REMOTE_RURAL = "6", "6 Remote rural area"

    class Simd(models.IntegerChoices):
        """Editions of the Scottish Index of Multiple Deprivation."""

        Y2012 = 2012, "SIMD 2012"
        Y2016 = 2016, "SIMD 2016"
        Y2020 = 2020, "SIMD 2020"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="profiles")
    as_of = models.DateField()
    urban_rural = models.CharField(max_length=1, choices=UrbanRural, blank=True)
    gps = models.PositiveSmallIntegerField("number of GPs", null=True, blank=True)
    most_deprived = models.DecimalField(
        "share of patients in the most deprived fifth, per cent",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=HUNDRED,
    )
    simd = models.PositiveSmallIntegerField("edition of SIMD", choices=Simd, null=True, blank=True)
    source = Words(blank=True, one_line=True, help_text="Where the figures come from.")

    class Meta:
        ordering = ("-as_of",)
        constraints = [
            models.UniqueConstraint(fields=["practice", "as_of"], name="one_profile_per_day"),
            models.CheckConstraint(
                name="share_is_a_percentage",
                condition=Q(most_deprived__isnull=True) | Q(most_deprived__gte=0, most_deprived__lte=100),
            ),
            models.CheckConstraint(
                name="share_with_its_edition", condition=Q(most_deprived__isnull=True) | Q(simd__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} as of {self.as_of}"

    @property
    def audit_label(self) -> str:
        return f"Figures of {self.practice.audit_label} as of {in_words(self.as_of)}"


class StaffVacancy(models.Model):
    """A post that stands empty from a day (`since`) until it is filled (`filled_on`, the first day with somebody)."""

    class Group(models.TextChoices):
        GP = "GP", "GP"
        NURSE = "NURSE", "Practice nurse"
        ADVANCED_NURSE = "ANP", "Advanced nurse practitioner"
        PHARMACIST = "PHARM", "Pharmacist"
        CARE_ASSISTANT = "HCA", "Healthcare assistant"
        ADMINISTRATION = "ADMIN", "Reception and administration"
        OTHER = "OTHER", "Other"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="vacancies")
    group = models.CharField("staff group", max_length=5, choices=Group)
    whole_time = models.DecimalField(
        "whole-time equivalent", max_digits=4, decimal_places=2, validators=[MinValueValidator(0)]
    )
    since = models.DateField()
    filled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [
            models.CheckConstraint(
                name="filled_after_it_fell_empty", condition=Q(filled_on__isnull=True) | Q(filled_on__gt=F("since"))
            ),
            models.CheckConstraint(name="a_part_of_a_post_at_least", condition=Q(whole_time__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} at {self.practice}"

    @property
    def audit_label(self) -> str:
        return f"Vacancy at {self.practice.audit_label}: {self.get_group_display()}"

    @property
    def how_much(self) -> str:
        """The whole-time equivalent as people write it: "0.5", "1"."""
        return f"{self.whole_time.normalize():f}"
