"""What a move of practices, a merger or a closing touches in QI plans: numbers, never words."""

from collections.abc import Iterator

from clusters.plugs.moves import Change, Touched
from qiplans.models import Project
from qiplans.rules import OVER


def projects_touched(change: Change) -> Iterator[Touched]:
    """Projects under way: of a cluster that ends all of them, else those that the practices take part in or lead."""
    under_way = Project.objects.filter(priority__plan__cluster=change.cluster).exclude(state__in=OVER)
    if change.closes:
        where = f"; what goes on is put into the plan of {change.goes_on_as}" if change.goes_on_as else ""
        yield Touched("Projects under way", under_way.count(), f"stay in its plan, read and no longer changed{where}")
        return
    taking_part = under_way.filter(practices__in=change.practices).distinct().count()
    led = under_way.filter(lead__in=change.people).count()
    stays = f"stay in the plan of {change.cluster}, which decides who goes on taking part"
    yield Touched("Projects that these practices take part in", taking_part, stays)
    yield Touched("Projects that their people lead", led, f"stay in the plan of {change.cluster} and need another lead")
