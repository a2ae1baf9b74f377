"""How clusters are listed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django_tables2 import A

from clusters.rules import Scope
from clusters.selectors import ClusterSummary
from shared.dates import in_words
from shared.tables import PortalTable

NUMBER = {"th": {"class": "portal-number"}, "td": {"class": "portal-number"}}


class ClusterTable(PortalTable):
    """Clusters by name, with size and vacancies as information."""

    name = tables.Column(
        "Cluster", accessor="cluster__forum__name", linkify=("reporting:cluster", [A("cluster__forum__slug")])
    )
    hscp = tables.Column("HSCP", accessor="cluster__lead_hscp__name")
    locality = tables.Column("Locality", accessor="cluster__locality__name")
    practices = tables.Column("Practices", attrs=NUMBER)
    patients = tables.Column("Patients", attrs=NUMBER)
    leads = tables.Column("CQLs", accessor="quality_leads", orderable=False)
    notes = tables.Column("Worth knowing", accessor="size_notes", orderable=False, empty_values=())
    change = tables.Column("Change", accessor="cluster__forum__slug", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Clusters"}
        order_by = ("name",)
        empty_text = "No cluster fits. Take a filter away, or search for part of the name."

    def __init__(self, *args: Any, kept: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept

    def render_hscp(self, record: ClusterSummary) -> str:
        others = [name for name in record.hscps if name != str(record.cluster.lead_hscp)]
        lead = str(record.cluster.lead_hscp)
        return f"{lead}, with practices in {' and '.join(others)}" if others else lead

    def render_patients(self, value: int) -> str:
        return f"{value:,}"

    def render_leads(self, record: ClusterSummary) -> str:
        return ", ".join(map(str, record.quality_leads)) or ("–" if record.is_closed else "No CQL")

    value_leads = render_leads

    def render_change(self, record: ClusterSummary, value: str) -> str:
        if record.is_closed or not self.kept.covers(record.cluster.lead_hscp_id):
            return "–"
        path = reverse("clusters:cluster_rename", args=[value])
        return format_html(
            '<a href="{}" aria-label="Rename or describe {}">Rename or describe</a>', path, record.cluster
        )

    def render_notes(self, record: ClusterSummary) -> str:
        vacant = [note for note in record.vacancies if note != "No CQL"]
        closes = record.cluster.closed_on if not record.is_closed else None
        ends = [f"Closes on {in_words(closes)}"] if closes else []
        return "; ".join([*ends, *vacant, *record.size_notes]) or "–"
