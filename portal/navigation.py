"""The main navigation: only what the reader's roles use, at most six entries."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.reach import Reach
from accounts.roles import Right


@dataclass(frozen=True)
class Entry:
    label: str
    path: str
    is_current: bool


def entries(reach: Reach) -> list[tuple[str, str]]:
    """Label and path of each entry, in order."""
    inside, above = reach.has(Right.SEE_INSIDE), reach.has(Right.OVERSEE)
    wanted = [
        (True, "Home", "reporting:home"),
        (above, "Tracker", "reporting:tracker"),
        (inside or above, "Clusters", "clusters:cluster_list"),
        (inside or reach.has(Right.ANSWER), "Actions", "meetings:action_list"),
        (reach.has(Right.RAISE) or above, "Escalations", "escalations:escalation_list"),
        (reach.everywhere(Right.SEE_REGISTRY), "Registry", "clusters:registry"),
        (reach.everywhere(Right.SEE_AUDIT), "Audit trail", "reporting:audit"),
        (reach.has(Right.REDACT), "Black out words", "office:redact"),
        (inside or above, "People", "clusters:people"),
    ]
    return [(label, reverse(name)) for show, label, name in wanted if show]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context for every page: `navigation` (worked out when the template asks), `portal_name`, `is_demo`."""

    def shown() -> list[Entry]:
        reach: Reach = getattr(request, "reach", None) or Reach(None, None)  # type: ignore[arg-type]
        return [
            Entry(label, path, request.path == path if path == "/" else request.path.startswith(path))
            for label, path in entries(reach)
        ]

    return {"navigation": shown, "portal_name": settings.PORTAL_NAME, "is_demo": settings.DEMO}
