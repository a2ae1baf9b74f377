"""The registry's list of practices: each with its cluster and size, searched by words, as lines of a download."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from clusters.models import Cluster, Membership
from clusters.selectors.as_it_was import called_on
from clusters.selectors.members import quality_leads_of
from clusters.selectors.summaries import latest_list_size
from practices.models import ListSize, Practice, Succession


def registry_practices(*, on: date) -> QuerySet[Practice]:
    """Every practice, those that have closed too, with its cluster (by the name of that day) and latest list size."""
    current = Membership.objects.on(on).filter(practice=OuterRef("pk"), kind=Cluster.Kind.IN_HOURS)
    sizes = latest_list_size("pk", on=on)
    return Practice.objects.select_related("hscp__board", "locality", "answered_by").annotate(
        cluster_name=Subquery(current.annotate(called=called_on("cluster__forum", on=on)).values("called")[:1]),
        cluster_slug=Subquery(current.values("cluster__forum__slug")[:1]),
        patients=Subquery(sizes.values("patients")),
        counted_on=Subquery(sizes.values("counted_on")),
    )


def known_by(practices: QuerySet[Practice], day: date) -> QuerySet[Practice]:
    """Those of `practices` that had a list size or a cluster by a day: the others came later."""
    sizes = ListSize.objects.filter(practice=OuterRef("pk"), counted_on__lte=day)
    joined = Membership.objects.filter(practice=OuterRef("pk"), starts_on__lte=day)
    return practices.filter(Exists(sizes) | Exists(joined))


def practices_by_state(practices: QuerySet[Practice], state: str, *, on: date) -> QuerySet[Practice]:
    """Those of `practices` that are "open" or "closed" on a day, or all.

    A code that came after another is there from its day on, or from when it belonged to a cluster.
    """
    closed = Q(closed_on__lte=on)
    yet_to_come = Succession.objects.exclude(kind=Succession.Kind.MERGED).filter(after=OuterRef("pk"), on__gt=on)
    there = practices.filter(~Exists(yet_to_come) | Exists(Membership.objects.on(on).filter(practice=OuterRef("pk"))))
    return {"open": there.exclude(closed), "closed": there.filter(closed)}.get(state, there)


def practices_called(practices: QuerySet[Practice], text: str) -> QuerySet[Practice]:
    """Those of `practices` with `text` in the name, or at the start of code or postcode (spaces do not count).

    The name and code of one that it came from count too.
    """
    found = practices.annotate(postcode_squeezed=Replace("postcode", Value(" "), Value("")))
    words = Q(name__icontains=text) | Q(code__startswith=text.strip())
    came_from = Succession.objects.filter(Q(before__name__icontains=text) | Q(before__code__startswith=text.strip()))
    answers_for = Practice.objects.filter(words, answered_by=OuterRef("pk"))
    return found.filter(
        words
        | Q(postcode_squeezed__istartswith="".join(text.split()))
        | Exists(came_from.filter(after=OuterRef("pk")))
        | Exists(answers_for)
    )


PRACTICE_HEADINGS = (
    "Practice code",
    "Practice",
    "Health board",
    "HSCP",
    "Locality",
    "Cluster",
    "Contract",
    "Postcode",
    "Patients",
    "Counted on",
    "PQL",
    "Missing since",
    "Closed on",
    "Went on as",
)


def practice_lines(practices: QuerySet[Practice], *, on: date) -> list[tuple[Any, ...]]:
    """One line a practice of `registry_practices` under `PRACTICE_HEADINGS`, for a download. Two queries."""
    found = list(practices)
    leads = quality_leads_of(found, on=on)
    return [
        (
            p.code,
            p.name,
            p.hscp.board.name,
            str(p.hscp),
            str(p.locality or ""),
            p.cluster_name or "",  # type: ignore[attr-defined]
            p.contract,
            p.postcode,
            p.patients,  # type: ignore[attr-defined]
            p.counted_on,  # type: ignore[attr-defined]
            ", ".join(map(str, leads[p.pk])),
            p.missing_since,
            p.closed_on,
            p.answered_by.audit_label if p.answered_by else "",
        )
        for p in found
    ]
