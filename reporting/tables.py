"""How the tracker is listed, sorted and exported."""

from typing import Any

import django_tables2 as tables

from reporting.selectors.tracker_rows import TrackerRow
from shared.tables import PortalTable

DATES = {"last_text": "last_on", "next_text": "next_day", "updated_text": "updated_on"}


class TrackerTable(PortalTable):
    """One row a cluster. Unsorted it is grouped by locality; there are no ranks and no colours by score."""

    name = tables.Column("Cluster", linkify=lambda record: record.path, order_by=("name",))
    waiting_text = tables.Column(
        "Waiting for us",
        linkify=lambda record: record.waiting_path,
        order_by=("waiting_days", "name"),
        initial_sort_descending=True,
    )
    last_text = tables.Column(
        "Last met",
        linkify=lambda record: record.last_path,
        order_by=("days_since_meeting", "name"),
        initial_sort_descending=True,
    )
    next_text = tables.Column("Next meeting", order_by=("next_sort", "name"))
    practices_text = tables.Column("Practices", order_by=("practices_share", "name"))
    open_actions = tables.Column(
        "Actions", linkify=lambda record: f"{record.path}#actions", order_by=("open_actions", "name")
    )
    plan_text = tables.Column("Plan", linkify=lambda record: record.plan_path, order_by=("plan_text", "name"))
    projects_text = tables.Column(
        "Projects",
        linkify=lambda record: record.plan_path if record.projects else None,
        order_by=("projects_count", "name"),
        initial_sort_descending=True,
    )
    updated_text = tables.Column("Last update", order_by=("updated_sort", "name"), initial_sort_descending=True)
    escalations_open = tables.Column(
        "Escalations",
        linkify=lambda record: f"{record.path}#escalations" if record.escalations_open else None,
        order_by=("escalations_open", "name"),
        initial_sort_descending=True,
    )
    help_text = tables.Column(
        "Could use help with",
        linkify=lambda record: record.help_path,
        order_by=("help_count", "name"),
        initial_sort_descending=True,
    )

    class Meta(PortalTable.Meta):
        template_name = "reporting/tracker_table.html"
        attrs = {"caption": "Clusters"}

    def for_export(self) -> tuple[list[str], list[list[Any]]]:
        """Headings and rows as shown, whatever page, with the HSCP and locality of each cluster in front.

        Days are real dates: "164 days ago" means nothing in a file that is read later.
        """
        headings = ["HSCP", "Locality", *(str(c.header) for c in self.columns)]
        rows = [[r.record.hscp, r.record.locality, *_values(r, self)] for r in self.rows]
        return headings, rows


def _values(row: tables.rows.BoundRow, table: TrackerTable) -> list[Any]:
    record: TrackerRow = row.record
    return [_exported(record, column.name) for column in table.columns]


def _exported(record: TrackerRow, name: str) -> Any:
    """A date where the cell says one in words, else what is shown."""
    return (getattr(record, DATES[name]) if name in DATES else None) or getattr(record, name)
