"""How the members of a cluster or a forum have agreed to work with each other."""

from django.conf import settings
from django.db import models

from clusters.models.forums import Forum
from shared.fields import Words


class WaysOfWorking(models.Model):
    """One statement as its members agreed it. Another one is another row: what held at an old meeting stays known."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="ways_of_working")
    text = Words()
    agreed_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-agreed_on", "-pk")
        verbose_name_plural = "ways of working"
        indexes = [models.Index(fields=["forum", "-agreed_on"])]

    def __str__(self) -> str:
        return f"Ways of working of {self.forum}, agreed on {self.agreed_on}"

    @property
    def audit_label(self) -> str:
        return str(self)
