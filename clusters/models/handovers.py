"""What passes on when somebody leaves a role, and to whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models.roles import RoleAssignment


class Handover(models.Model):
    """What somebody held through a role passes on, from a day: planned with the end of the role, carried out then.

    `holders` names people by the kind of thing they get ("actions"); what is not named there goes to the successor,
    and what is named with nobody stays. `outcome` says how many of each kind were passed on.
    """

    class State(models.TextChoices):
        PLANNED = "PLANNED", "Planned"
        DONE = "DONE", "Carried out"
        CALLED_OFF = "OFF", "Called off"

    held = models.ForeignKey(RoleAssignment, models.PROTECT, related_name="handovers")
    successor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    gives = models.ForeignKey(
        RoleAssignment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The role that the successor was given with it.",
    )
    holders = models.JSONField(default=dict, blank=True)
    from_day = models.DateField(help_text="The first day on which others hold it.")
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-from_day", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["held"], condition=Q(state="PLANNED"), name="one_planned_handover"),
            models.CheckConstraint(
                name="handover_done_at_when_done",
                condition=Q(state="DONE", done_at__isnull=False) | (~Q(state="DONE") & Q(done_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Handover of {self.held}"

    @property
    def is_waiting(self) -> bool:
        """Whether its day has not come, and it can be called off."""
        return self.state == self.State.PLANNED

    @property
    def audit_label(self) -> str:
        return str(self)
