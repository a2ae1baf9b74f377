"""Forums that do not keep the rhythm of their meetings, for those who plan them."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.reach import Reach
from clusters.models import Forum
from meetings.rules import Pulse, forums_written_up
from meetings.selectors.heartbeat import beats_of
from reporting.selectors.need import Need, Shape, late
from shared.dates import in_words


def rhythm_needs(reach: Reach) -> Iterator[Need]:
    """Each forum whose meeting is due, late or missed while none is planned. Three queries for any number."""
    kept = forums_written_up(reach)
    if not kept:
        return
    forums = {forum.pk: forum for forum in Forum.objects.open_on(reach.day).filter(pk__in=kept)}
    for pk, beat in sorted(beats_of(forums.values(), on=reach.day).items()):
        if beat.next_on or beat.pulse is Pulse.FINE:
            continue
        is_late = beat.pulse is not Pulse.DUE
        said = f"{forums[pk]} meeting: due {in_words(beat.due_on)}, none is planned"
        word = late(beat.due_on, reach.day) if is_late else "Due"
        path = reverse("meetings:meeting_plan", args=[forums[pk]])
        yield Need(Shape.LATE if is_late else Shape.SOON, word, said, "Plan a meeting", path)
