"""Who sits in a forum, where roles alone don't say it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clusters.models.dated import DatedQuerySet, in_order
from clusters.models.forums import Forum
from shared.fields import Words


class ForumMember(models.Model):
    """Somebody named for a forum from a day to a day: a person here, or a name and the body they come from.

    Only who cannot be derived from roles is named; `seats_of` adds the others. A seat opens the meetings
    of the forum, and nothing else.
    """

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="named_members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="forum_seats"
    )
    name = Words(blank=True, one_line=True, help_text="Of somebody who is not in the portal.")
    body = Words(blank=True, one_line=True, help_text="Whom they speak for, such as the GP subcommittee.")
    part = Words(blank=True, one_line=True, help_text="Their part in the group, such as chair.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = [
            in_order("forum_member_ends_after_start"),
            models.CheckConstraint(
                name="forum_member_is_somebody",
                condition=(Q(person__isnull=True) & ~Q(name="")) | Q(person__isnull=False, name=""),
            ),
            models.UniqueConstraint(
                fields=["forum", "person"],
                condition=Q(ends_on__isnull=True, person__isnull=False),
                name="one_open_seat_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} in {self.forum}"

    @property
    def audit_label(self) -> str:
        return f"A member of {self.forum}"

    @property
    def who(self) -> str:
        return self.person.full_name if self.person else self.name
