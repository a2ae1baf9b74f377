"""Keeps what practices say about who sees their figures."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.models import Consent
from practices.models import Practice


@transaction.atomic
def say_consent(
    *, by: User, practice: Practice, cluster: Cluster, inside: str, above: str, on: date, at: datetime | None = None
) -> Consent:
    """From `on` the figures of a practice are shown so; the choice before ends that day and stays on file.

    The same choice again changes nothing.
    """
    Practice.objects.select_for_update(of=("self",)).order_by().get(pk=practice.pk)
    now = Consent.objects.filter(practice=practice, cluster=cluster, ends_on=None).first()
    if now and (now.inside, now.above) == (inside, above):
        return now
    if now:
        before = audit.snapshot(now)
        now.ends_on = max(on, now.starts_on)
        now.save(update_fields=["ends_on"])
        audit.record("sharing of figures ended", now, by=by, before=before)
    said = Consent.objects.create(
        practice=practice,
        cluster=cluster,
        inside=inside,
        above=above,
        starts_on=on,
        given_at=at or timezone.now(),
        given_by=by,
    )
    told = {"practice": practice.code, "cluster": cluster.pk, "inside": inside, "above": above}
    audit.record("sharing of figures chosen", said, by=by, detail=told)
    return said
