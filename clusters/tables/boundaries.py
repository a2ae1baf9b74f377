"""How boundary issues are listed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django_tables2 import A

from clusters.models import BoundaryIssue
from practices.models import HSCP
from shared.dates import in_words
from shared.tables import PortalTable


class BoundaryTable(PortalTable):
    """What was noted about which practice, and what was decided."""

    practice = tables.Column(
        "Practice", accessor="practice__name", linkify=("reporting:practice", [A("practice__code")])
    )
    straddles = tables.Column("What lies across", orderable=False)
    proposal = tables.Column("Proposed", orderable=False)
    noted_at = tables.Column("Noted")
    state = tables.Column("Decision", empty_values=())

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Boundary issues"}
        order_by = ("-state", "-noted_at")
        empty_text = "Nothing was noted, or nothing fits. Take a filter away, or note an issue."

    def __init__(self, *args: Any, hscp: HSCP, can_keep: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hscp, self.can_keep = hscp, can_keep

    def render_noted_at(self, record: BoundaryIssue) -> str:
        return f"{in_words(localdate(record.noted_at))} by {record.noted_by}"

    def render_state(self, record: BoundaryIssue) -> str:
        if record.decided_on:
            return f"{record.decision} ({in_words(record.decided_on)}, {record.deciders})"
        if not self.can_keep:
            return "Open"
        path = reverse("clusters:boundary_decide", args=[self.hscp.code, record.pk])
        return format_html('Open. <a href="{}" aria-label="Decide about {}">Decide</a>', path, record.practice)
