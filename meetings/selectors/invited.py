"""Who is asked to come to the meetings of a forum."""

from datetime import date

from django.db.models import Q

from accounts.models import User
from clusters.models import Cluster, Forum, RoleAssignment
from clusters.selectors import members_of
from clusters.selectors.seats import seats_of
from meetings.rules import ASKED


def invited_to(forum: Forum, *, on: date) -> list[User]:
    """Everybody who is asked on a day, each once, by name.

    Of a cluster whoever holds a role of `rules.ASKED` in it or at a practice of it; of another forum whoever has a seat
    in it and a way in. The same that `rules.forums_asked_to` says to each of them.
    """
    cluster = getattr(forum, "cluster", None)
    found = _of_cluster(cluster, on) if cluster else _of_forum(forum, on)
    return sorted({p.pk: p for p in found if p.is_active}.values(), key=lambda person: person.full_name)


def _of_forum(forum: Forum, on: date) -> list[User]:
    return [seat.person for seat in seats_of(forum, on=on) if seat.person and not seat.has_left]


def _of_cluster(cluster: Cluster, on: date) -> list[User]:
    practices = members_of(cluster, on=on).order_by().values("pk")
    held = RoleAssignment.objects.on(on).filter(Q(cluster=cluster) | Q(practice__in=practices), role__in=ASKED)
    return [row.person for row in held.select_related("person")]
