"""What measures remind people of: figures that their practices owe. One line for all measures of a practice."""

from collections import defaultdict

from django.urls import reverse

from accounts.roles import Right
from measures import rules
from measures.selectors.due import Due, figures_due
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
