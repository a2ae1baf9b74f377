"""Where care is given: health boards, HSCPs, localities, practices and their list sizes."""

from datetime import date
from typing import Self

from django.db import models

from shared.fields import Words


class HealthBoard(models.Model):
    """One of the 14 health boards. Rows come from `practices.reference`."""

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return self.name


class HSCP(models.Model):
    """One of the 31 Health and Social Care Partnerships. Rows come from `practices.reference`."""

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    board = models.ForeignKey(HealthBoard, models.PROTECT, related_name="hscps")

    class Meta:
        ordering = ("name",)
        verbose_name = "HSCP"

    def __str__(self) -> str:
        return f"{self.name} HSCP"

    @property
    def audit_label(self) -> str:
        return str(self)


class Locality(models.Model):
    """A part of an HSCP. Not in the practice file: an administrator names them."""

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="localities")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("hscp__name", "name")
        verbose_name_plural = "localities"
        constraints = [models.UniqueConstraint(fields=["hscp", "name"], name="one_locality_per_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return f"{self.name} locality"


class PracticeQuerySet(models.QuerySet["Practice"]):
    def open_on(self, day: date) -> Self:
        """Practices that had not closed by `day`."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=day))


class Practice(models.Model):
    """A general practice, known for good by its code."""

    class Contract(models.TextChoices):
        GENERAL = "17J", "17J (national contract)"
        LOCAL = "17C", "17C (local contract)"
        BOARD = "2C", "2C (run by the health board)"

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=120)
    contract = models.CharField(max_length=3, choices=Contract, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=9, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    data_zone = models.CharField(max_length=9, blank=True)
    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="practices")
    locality = models.ForeignKey(Locality, models.PROTECT, null=True, blank=True, related_name="practices")
    closed_on = models.DateField(null=True, blank=True)
    missing_since = models.DateField(
        null=True,
        blank=True,
        help_text="The first practice list that no longer named it; somebody decides what that means.",
    )
    closed_reason = Words(blank=True, one_line=True, help_text="How it closed.")
    answered_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers_for",
        help_text="The practice of today that answers for what this one left: the end of its chain of successors.",
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return f"{self.name} ({self.code})"


class Succession(models.Model):
    """What became of a practice: it goes on under another code, merged into another, or was split into several.

    History follows these links; nothing is moved from one row to the other.
    """

    class Kind(models.TextChoices):
        RECODED = "RECODED", "Same practice, new code"
        MERGED = "MERGED", "Merged"
        SPLIT = "SPLIT", "Split"

    before = models.ForeignKey(Practice, models.PROTECT, related_name="successions")
    after = models.ForeignKey(Practice, models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=7, choices=Kind)
    on = models.DateField(help_text="The first day of the practice that came after.")
    reason = Words(blank=True, one_line=True)

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="one_succession_per_pair"),
            models.CheckConstraint(name="succeeded_by_another", condition=~models.Q(before=models.F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}, {self.get_kind_display()}"

    @property
    def is_recoding(self) -> bool:
        return self.kind == self.Kind.RECODED

    @property
    def is_merger(self) -> bool:
        return self.kind == self.Kind.MERGED

    @property
    def audit_label(self) -> str:
        return f"{self.before.code} to {self.after.code}, {self.get_kind_display().lower()}"


class ListSize(models.Model):
    """How many patients were registered with a practice on a day."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="list_sizes")
    counted_on = models.DateField()
    patients = models.PositiveIntegerField()

    class Meta:
        ordering = ("-counted_on",)
        constraints = [models.UniqueConstraint(fields=["practice", "counted_on"], name="one_list_size_per_day")]

    def __str__(self) -> str:
        return f"{self.patients} patients on {self.counted_on}"
