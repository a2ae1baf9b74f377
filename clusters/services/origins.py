"""A person says how they came to a role, or takes it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, RoleAssignment, RoleOrigin
from clusters.selectors.origins import ASKED, newest_answer


@transaction.atomic
def say_how(*, held: RoleAssignment, how: str, by: User, at: datetime | None = None) -> None:
    """Keep how `by` came to their role; "" takes an answer back. The same again adds nothing.

    The trail keeps that something was said, never what, and under the answer instead of the role: whoever reads what
    was changed of a role does not learn who answered. The trail's own page names nobody for it.
    Raises PermissionDenied for somebody else's role, and ValidationError for a role that is not asked about.
    """
    held = RoleAssignment.objects.select_for_update(of=("self",)).select_related("practice", "cluster").get(pk=held.pk)
    if held.person_id != by.pk:
        raise PermissionDenied("Only who holds a role says how they came to it.")
    place = held.cluster or held.practice
    if place is None or Role(held.role) not in ASKED:
        raise ValidationError("This is asked of Cluster and Practice Quality Leads alone.")
    before = newest_answer(held)
    if how == (before.how if before else ""):
        return
    hscp_id = place.lead_hscp_id if isinstance(place, Cluster) else place.hscp_id
    answer = RoleOrigin.objects.create(
        held=held, hscp_id=before.hscp_id if before else hscp_id, how=how, said_at=at or timezone.now()
    )
    audit.record("private answer given", answer, by=by)
