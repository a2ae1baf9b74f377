"""Templates of projects that an HSCP writes for its clusters, beside those that ship with the portal."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from practices.models import HSCP
from qiplans.models.plans import Priority
from shared.fields import Words


class OwnTemplate(models.Model):
    """A project ready to be started from, with one measure. Retired ones are offered no more and stay."""

    hscp = models.ForeignKey(HSCP, models.PROTECT, related_name="project_templates")
    title = Words(one_line=True)
    what = Words(one_line=True)
    where = Words(one_line=True)
    how_much = Words(one_line=True)
    by_when = Words(one_line=True)
    why = Words()
    measure_name = Words(one_line=True)
    numerator = Words(one_line=True)
    denominator = Words(one_line=True)
    source = Words(one_line=True)
    ideas = Words(help_text="One a line.")
    first_test = Words()
    evidence = Words(blank=True)
    orientation = models.CharField(max_length=4, choices=Priority.Orientation, default=Priority.Orientation.INTRINSIC)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                name="template_retired_at_and_by",
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Template {self.pk} of {self.hscp}"
