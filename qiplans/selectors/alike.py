"""Has anyone done this? Projects like a topic, across every cluster that the reader may see (PLN-28)."""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from accounts.reach import Reach
from qiplans.models import Project
from qiplans.selectors.projects import opened_among, projects_within
from qiplans.selectors.scotland import across_scotland, whom_to_ask

LEAST_LETTERS, MOST_WORDS, MOST_FOUND = 4, 8, 12
# Words that nearly every project has: they find everything and say nothing.
EMPTY_WORDS = frozenset(
    "about after better cluster each every from have into less more people patient patients practice practices "
    "project review than that their them they this what when where which with within without your".split()
)
A_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Alike:
    """A project that somebody did or does. `is_open` says whether the reader may open it: without, no state is told."""

    project: Project
    contact: str
    is_open: bool


def words_to_find(text: str) -> list[str]:
    """The words of a title that are worth looking for: four letters or more, each once, without the empty ones."""
    words = [word.lower() for word in A_WORD.findall(text)]
    kept = [word for word in words if len(word) >= LEAST_LETTERS and word not in EMPTY_WORDS]
    return list(dict.fromkeys(kept))[:MOST_WORDS]


def projects_alike(reach: Reach, text: str, *, but: int = 0) -> list[Alike]:
    """Projects that the reader may see whose title or aim holds words of `text`; with most of them first.

    Those that clusters show to all of Scotland are among them. `but` leaves one project out. A longer word
    is looked for by its beginning: "recalls" finds "recall".
    """
    words = [word[:-1] if len(word) > LEAST_LETTERS + 1 else word for word in words_to_find(text)]
    if not words:
        return []
    holds = [Q(title__icontains=word) | Q(aim__icontains=word) for word in words]
    any_of = holds[0]
    for one in holds[1:]:
        any_of |= one
    hits = sum(
        (Case(When(one, then=Value(1)), default=Value(0), output_field=IntegerField()) for one in holds), Value(0)
    )
    shown = Q(pk__in=projects_within(reach).values("pk")) | Q(pk__in=across_scotland().order_by().values("pk"))
    related = Project.objects.select_related("priority__plan__cluster__forum", "priority__plan__cluster__lead_hscp")
    matching = related.filter(any_of).filter(shown).exclude(pk=but).annotate(hits=hits)
    found = list(matching.order_by("-hits", "-pk")[:MOST_FOUND])
    opened = opened_among(reach, [project.pk for project in found])
    return [Alike(one, whom_to_ask(one, on=reach.day), one.pk in opened) for one in found]
