"""Says how else a priority is looked at."""

from django.db import transaction
from django.db.models import F, Sum

from accounts import audit
from accounts.models import User
from measures.services import change
from qiplans.models import Lens, Priority, QualityReading, ReadingGiven
from qiplans.rules.lenses import SHOWN_FROM
from qiplans.selectors.lenses import has_read_quality, reading_marks


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
    change(lens, by=by, version=version, verb="priority lens changed", changes=changes)
    return lens


@transaction.atomic
def read_quality(*, by: User, priority: Priority, meaning: str) -> bool:
    """Count what quality means to `by` in a priority; False for a second answer, which changes nothing.

    As of an anonymous vote two things stay, and nothing joins them: a mark that this person has answered, and a larger
    number. So no answer can be taken back. The trail says that somebody answered, not what. The number is shown with
    three others.
    """
    Priority.objects.select_for_update(of=("self",)).get(pk=priority.pk)  # two presses come one after the other
    if has_read_quality(priority.pk, by.pk):
        return False
    ReadingGiven.objects.create(priority=priority, mark=reading_marks(priority.pk, by.pk)[0])
    QualityReading.objects.get_or_create(priority=priority, meaning=meaning)
    QualityReading.objects.filter(priority=priority, meaning=meaning).update(given=F("given") + 1)
    counts = priority.readings.aggregate(given=Sum("given"), shown=Sum("shown"))
    if counts["given"] - counts["shown"] >= SHOWN_FROM:
        priority.readings.update(shown=F("given"))
    audit.record("quality reading given", priority, by=by)
    return True
