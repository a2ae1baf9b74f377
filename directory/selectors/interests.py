"""What people declared."""

from django.db.models import F

from accounts.models import User
from clusters.models import DatedQuerySet
from directory.models import Interest
from shared.doors import open_door


def interests_of(person: User) -> DatedQuerySet:
    """Everything that `person` ever declared: what still holds first, then the newest."""
    return Interest.objects.filter(person=person).order_by(F("ends_on").desc(nulls_first=True), "-starts_on", "-pk")


def own_interest(person: User, pk: int) -> Interest:
    """A declaration of `person` that still holds (404 for anybody else's, and for one that was ended)."""
    return open_door(Interest.objects.filter(person=person, ends_on__isnull=True), pk=pk)
