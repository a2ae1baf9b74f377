"""Says how else a priority is looked at."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from measures.services import change
from qiplans.models import Lens, Priority, QualityReading


@transaction.atomic
def look_at_priority(
    *, by: User, priority: Priority, version: int, work: str, inequalities: str, wellbeing: str
) -> Lens | None:
    """Keep class of work, inequalities and wellbeing of a priority; None while nothing was ever said of it.

    What a meeting agreed stays agreed: these words are read inside the cluster alone. Raises ChangedMeanwhile.
    """
    changes = {"work": work, "inequalities": inequalities, "wellbeing": wellbeing}
    if not any(changes.values()) and not Lens.objects.filter(priority=priority).exists():
        return None
    lens, _ = Lens.objects.get_or_create(priority=priority)
    change(lens, by=by, version=version, verb="priority looked at", changes=changes)
    return lens


@transaction.atomic
def read_quality(*, by: User, priority: Priority, meaning: str) -> None:
    """Keep what quality means to `by` in a priority; a later answer takes the place of the first.

    The trail says that somebody answered, not what.
    """
    before = QualityReading.objects.select_for_update().filter(priority=priority, person=by).first()
    if before and before.meaning == meaning:
        return
    QualityReading.objects.update_or_create(priority=priority, person=by, defaults={"meaning": meaning})
    audit.record("quality read", priority, by=by)
