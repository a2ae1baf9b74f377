"""What a role is for and on what terms it is held, version by version, and who accepted which."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import Role
from practices.models import HSCP
from shared.fields import Words


class RoleTerms(models.Model):
    """One version of the description and terms of a role, in force from a day until the next version begins.

    Without an HSCP they are national, and hold wherever an HSCP has published none of its own. Never edited: a
    correction is another version.
    """

    role = models.CharField(max_length=10, choices=[(r.value, r.label) for r in Role])
    hscp = models.ForeignKey(HSCP, models.PROTECT, null=True, blank=True, related_name="role_terms")
    version = models.PositiveSmallIntegerField()
    text = Words("the terms", blank=True, max_length=20_000)
    link = models.URLField("address of the document", blank=True, max_length=400)
    what_changed = Words(blank=True, one_line=True)
    starts_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-starts_on", "-version")
        verbose_name = "terms"
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["role", "hscp", "version"], name="one_terms_version_per_hscp"),
            models.UniqueConstraint(
                fields=["role", "version"], condition=Q(hscp__isnull=True), name="one_national_terms_version"
            ),
            models.CheckConstraint(name="terms_say_something", condition=~Q(text="", link="")),
        ]

    def __str__(self) -> str:
        return f"Terms for the {Role(self.role).label}, {self.hscp or 'national'}, version {self.version}"

    @property
    def audit_label(self) -> str:
        return str(self)


class TermsAcceptance(models.Model):
    """A person accepted a version of the terms of a role that they hold."""

    terms = models.ForeignKey(RoleTerms, models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="terms_accepted")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ("-accepted_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["terms", "person"], name="terms_accepted_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.terms}"

    @property
    def audit_label(self) -> str:
        return str(self)
