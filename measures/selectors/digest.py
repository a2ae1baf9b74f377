"""What measures remind people of: figures that are due. One line for all of a practice, one for all of a cluster."""

from collections import defaultdict

from django.urls import reverse

from accounts.roles import Right
from clusters.models import Cluster
from measures import rules
from measures.models import Measure
from measures.plugs import keepers_of
from measures.selectors.due import Due, cluster_figures_due, figures_due
from office.plugs import Asked, Line, Section
from practices.models import Practice


def figures_to_tell(asked: Asked) -> dict[int, list[Line]]:
    """Told to those who speak for a practice. Four queries for everybody, none where nobody speaks for one."""
    own = {pk: asked.reaches[pk].practices_held(*rules.PRACTICE_PEOPLE) for pk in asked.people}
    if not any(own.values()):
        return {}
    inside = {pk: asked.reaches[pk].clusters(Right.SEE_INSIDE, past=False) for pk in own if own[pk]}
    owed: dict[int, list[Due]] = defaultdict(list)
    for due in figures_due(
        frozenset().union(*inside.values()), on=asked.on, practices=frozenset().union(*own.values())
    ):
        owed[due.practice].append(due)
    practices = Practice.objects.in_bulk(owed)
    told: dict[int, list[Line]] = defaultdict(list)
    for person, held in own.items():
        for pk in sorted(held & owed.keys()):
            due_here = [due for due in owed[pk] if due.measure.cluster_id in inside[person]]
            if due_here:
                told[person].append(_line(practices[pk], due_here))
    return told


def _line(practice: Practice, due: list[Due]) -> Line:
    figures = "1 figure" if len(due) == 1 else f"{len(due)} figures"
    text = f"{figures} of {practice} to enter, the first for {due[0].period}"
    path = reverse("measures:practice_figures", args=[practice.code])
    return Line(Section.DUE, text, path, f"figures:{practice.pk}")


def cluster_figures_to_tell(asked: Asked) -> dict[int, list[Line]]:
    """Figures for whole clusters: told to who keeps them by name and is of the cluster still, else to its lead.

    Three queries for everybody, none where nobody is in a cluster.
    """
    inside = {pk: asked.reaches[pk].clusters(Right.SEE_INSIDE, past=False) for pk in asked.people}
    if not any(inside.values()):
        return {}
    due = cluster_figures_due(frozenset().union(*inside.values()), on=asked.on)
    keepers = keepers_of({measure.pk for measure, _ in due}) if due else {}
    owed: dict[tuple[int, Cluster], list[str]] = defaultdict(list)
    for measure, period in due:
        for pk in _kept_by(measure, keepers, asked):
            owed[pk, measure.cluster].append(period)
    told: dict[int, list[Line]] = defaultdict(list)
    for (pk, cluster), waiting in owed.items():
        told[pk].append(_cluster_line(cluster, waiting))
    return told


def _kept_by(measure: Measure, keepers: dict[int, set[int]], asked: Asked) -> list[int]:
    def within(pk: int, right: Right) -> bool:
        return measure.cluster_id in asked.reaches[pk].clusters(right, past=False)

    named = [pk for pk in keepers.get(measure.pk, ()) if pk in asked.people and within(pk, Right.SEE_INSIDE)]
    return named or [pk for pk in asked.people if within(pk, Right.LEAD)]


def _cluster_line(cluster: Cluster, waiting: list[str]) -> Line:
    figures = "1 figure" if len(waiting) == 1 else f"{len(waiting)} figures"
    text = f"{figures} for the whole of {cluster} to enter, the first for {waiting[0]}"
    path = reverse("measures:data", args=[cluster.forum.slug])
    return Line(Section.DUE, text, path, f"cluster figures:{cluster.pk}")
