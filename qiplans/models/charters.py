"""What a project agrees with itself before it starts, and who has to be in it: charter, partners, milestones."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from practices.models import Practice
from qiplans.models.projects import Project
from shared.fields import Words


class Charter(models.Model):
    """The aim in its four parts, and what else a team writes down. The sentence of the aim is the project's."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="charter")
    aim_what = Words(one_line=True, blank=True)
    aim_where = Words(one_line=True, blank=True)
    aim_how_much = Words(one_line=True, blank=True)
    aim_by_when = Words(one_line=True, blank=True)
    team = Words(blank=True, help_text="Roles and who fills them.")
    problem = Words(blank=True)
    benefits = Words(blank=True)
    in_scope = Words(blank=True)
    out_of_scope = Words(blank=True)
    barriers = Words(blank=True)
    stakeholders = Words(blank=True)
    risks = Words(blank=True)
    change_ideas = Words(blank=True, help_text="One a line.")
    first_test = Words(blank=True)
    service_owner = Words(one_line=True, blank=True, help_text="Who answers for the service, of extrinsic work.")
    is_easy_first = models.BooleanField(default=False, help_text="Chosen because it is quick to bring to an end.")
    from_template = models.SlugField(blank=True, help_text="The template it was started from.")
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Charter of {self.project}"


class Partner(models.Model):
    """Somebody on the pathway, or an agency, whom the work needs: engaged before it starts, or still to be."""

    class Kind(models.TextChoices):
        PROFESSION = "PROF", "A profession on the patient’s pathway"
        AGENCY = "AGENCY", "A partner agency or service"

    project = models.ForeignKey(Project, models.PROTECT, related_name="partners")
    name = Words(one_line=True)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PROFESSION)
    engaged_at = models.DateTimeField(null=True, blank=True)
    engaged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="partner_engaged_at_and_by",
                condition=Q(engaged_at=None, engaged_by=None) | Q(engaged_at__isnull=False, engaged_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Partner {self.pk} of {self.project}"


class Milestone(models.Model):
    """A day by which something is there, and when it was."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    what = Words(one_line=True)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="milestone_done_at_and_by",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Milestone {self.pk} of {self.project}"


class OptIn(models.Model):
    """A practice's own word on a project: in or out, and how its way of doing it differs. The latest counts."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="opt_ins")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="opt_ins")
    is_in = models.BooleanField()
    variation = Words(blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("said_at", "pk")

    def __str__(self) -> str:
        return f"{self.practice} {'in' if self.is_in else 'out'}: {self.project}"


class SupportAsk(models.Model):
    """What a project asks the HSCP for, and the answer with its reasons."""

    class Decision(models.TextChoices):
        GIVEN = "GIVEN", "Given"
        PART = "PART", "Given in part"
        DECLINED = "DECLINED", "Not given"

    project = models.ForeignKey(Project, models.PROTECT, related_name="support_asks")
    what = Words()
    reply_by = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    reasons = Words(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="support_decided_at_and_by",
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Support {self.pk} for {self.project}"


class Progress(models.Model):
    """The progress of a project as a person confirmed it, on the scale of 0.5 to 5.0."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="progress")
    score = models.DecimalField(max_digits=2, decimal_places=1)
    proposed = models.DecimalField(max_digits=2, decimal_places=1, help_text="What the portal proposed that day.")
    note = Words(one_line=True, blank=True)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid4, help_text="Made with the form: a second press adds nothing.")

    class Meta:
        ordering = ("-confirmed_at", "-pk")

    def __str__(self) -> str:
        return f"{self.score} for {self.project}"
