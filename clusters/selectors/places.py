"""Places that a role is held at, by the short text that stands for one: "cluster:rowan", "practice:90000"."""

from collections.abc import Iterable
from datetime import date

from accounts.roles import HELD_AT, Place, Role
from clusters.models import Cluster
from clusters.rules import Scope
from clusters.selectors.scopes import clusters_in, hscps_in, localities_in, practices_in
from practices.models import HSCP, HealthBoard, Locality, Practice

At = Practice | Cluster | Locality | HSCP | HealthBoard
LEAST_OF_A_NAME = 3
Choices = list[tuple[str, list[tuple[str, str]]]]


def place_named(text: str) -> At | None:
    """The place that `text` names (kind, colon, code or slug; a locality by its number); None when there is none."""
    kind, _, key = text.strip().partition(":")
    found: At | None = None
    if kind == Place.PRACTICE:
        found = Practice.objects.filter(code=key).first()
    elif kind == Place.CLUSTER:
        found = Cluster.objects.filter(forum__slug=key).select_related("forum").first()
    elif kind == Place.LOCALITY and key.isascii() and key.isdigit() and len(key) < 10:
        found = Locality.objects.filter(pk=int(key)).first()
    elif kind == Place.HSCP:
        found = HSCP.objects.filter(code=key).first()
    elif kind == Place.BOARD:
        found = HealthBoard.objects.filter(code=key).first()
    return found


def practice_typed(text: str, scope: Scope, *, on: date, part: bool = False) -> Practice | None:
    """The open practice of the part of the registry that somebody typed or picked: by its code, alone or in front,
    or by a name only one has; with `part` also by a part of its name that only one has.
    """
    words, practices = text.split(), practices_in(scope, Practice.objects.open_on(on))
    if words and (found := practices.filter(code=words[0]).first()):
        return found
    named = list(practices.filter(name__iexact=text.strip())[:2])
    if part and not named and len(text.strip()) >= LEAST_OF_A_NAME:
        named = list(practices.filter(name__icontains=text.strip())[:2])
    return named[0] if len(named) == 1 else None


def place_choices(role: Role, scope: Scope, *, on: date) -> Choices:
    """Where in the part of the registry `role` can be held, grouped, as choices of a select.

    Not for practices: there are too many.
    """
    return [group for place in Place if place in HELD_AT[role] for group in _of_kind(place, scope, on)]


def _of_kind(place: Place, scope: Scope, on: date) -> Choices:
    if place is Place.CLUSTER:
        return cluster_choices(scope, on=on, prefix="cluster:")
    if place is Place.LOCALITY:
        rows = localities_in(scope, Locality.objects.select_related("hscp").order_by("hscp__name", "name"))
        return _grouped((str(row.hscp), f"locality:{row.pk}", row.name) for row in rows)
    if place is Place.HSCP:
        return _grouped(("HSCPs", f"hscp:{row.code}", str(row)) for row in hscps_in(scope))
    if place is Place.BOARD and scope.everything:
        return _grouped(("Health boards", f"board:{row.code}", row.name) for row in HealthBoard.objects.all())
    return []


def cluster_choices(scope: Scope, *, on: date, prefix: str = "") -> Choices:
    """Every open cluster of the part of the registry by its address, grouped by the HSCP that leads it."""
    rows = clusters_in(scope, Cluster.objects.open_on(on).select_related("forum", "lead_hscp"))
    rows = rows.order_by("lead_hscp__name", "forum__name")
    return _grouped((str(row.lead_hscp), f"{prefix}{row.forum.slug}", row.forum.name) for row in rows)


def practice_options(scope: Scope, *, on: date) -> list[str]:
    """Every open practice of the part of the registry as "code name", for a list to type against."""
    rows = practices_in(scope, Practice.objects.open_on(on)).values_list("code", "name")
    return [f"{code} {name}" for code, name in rows]


def _grouped(rows: Iterable[tuple[str, str, str]]) -> Choices:
    groups: dict[str, list[tuple[str, str]]] = {}
    for group, value, label in rows:
        groups.setdefault(group, []).append((value, label))
    return list(groups.items())
