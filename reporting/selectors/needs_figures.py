"""Figures that practices owe to the measures of their cluster: one quiet line a practice."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from accounts.reach import Reach
from measures.selectors import Due, figures_due_from
from practices.models import Practice
from reporting.selectors.need import Need, Shape


def figure_needs(reach: Reach) -> Iterator[Need]:
    """One line for each practice that the reader speaks for; straight to the form where one figure is due."""
    owed: dict[int, list[Due]] = defaultdict(list)
    for one in figures_due_from(reach):
        owed[one.practice].append(one)
    for practice in Practice.objects.filter(pk__in=owed) if owed else ():
        due = owed[practice.pk]
        path = reverse("measures:practice_figures", args=[practice.code])
        if len(due) == 1:
            path = reverse("measures:entry", args=[due[0].measure.pk, practice.code, due[0].period_on.isoformat()])
        said = f"Figures of {practice}: {due[0].measure.name}, {due[0].period}"
        said += f" and {len(due) - 1} more" if len(due) > 1 else ""
        yield Need(Shape.SOON, "To enter", said, "Enter", path)
