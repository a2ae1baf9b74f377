"""The main navigation: only what the reader's roles use, at most six entries."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.reach import Reach
from accounts.roles import Right

MOST = 6


@dataclass(frozen=True)
class Entry:
    label: str
    path: str
    is_current: bool


def entries(reach: Reach) -> list[tuple[str, str]]:
    """Label and path of each entry, in order. No query."""
    inside, above = reach.clusters(Right.SEE_INSIDE, past=False), reach.has(Right.OVERSEE)
    registry = reach.has(Right.SEE_REGISTRY)
    only = next(iter(inside)) if len(inside) == 1 else None
    wanted = [
        (True, "Home", reverse("reporting:home")),
        (above, "Tracker", reverse("reporting:tracker")),
        (only is not None, "My cluster", reverse("reporting:cluster", args=[reach.addresses[only]]) if only else ""),
        (registry, "Registry", reverse("clusters:registry")),
        (bool(inside), "Actions", reverse("meetings:action_list")),
        (reach.has(Right.LEAD) or reach.has(Right.ANSWER), "Escalations", reverse("escalations:escalation_list")),
        (len(inside) > 1 or ((above or registry) and only is None), "Clusters", reverse("clusters:cluster_list")),
        (reach.everywhere(Right.SEE_AUDIT), "Audit trail", reverse("reporting:audit")),
        (reach.has(Right.REDACT), "Black out words", reverse("office:redact")),
        (bool(inside) or above, "People", reverse("directory:people")),
    ]
    return [(label, path) for show, label, path in wanted if show][:MOST]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: `navigation` (worked out when the template asks), `portal_name`, `is_demo`."""

    def shown() -> list[Entry]:
        reach: Reach = getattr(request, "reach", None) or Reach(None, None)  # type: ignore[arg-type]
        return [
            Entry(label, path, request.path == path if path == "/" else request.path.startswith(path))
            for label, path in entries(reach)
        ]

    return {"navigation": shown, "portal_name": settings.PORTAL_NAME, "is_demo": settings.DEMO}
