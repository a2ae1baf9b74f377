"""How hostings are listed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from clusters.models import Hosting
from shared.dates import in_words
from shared.tables import PortalTable


class HostingTable(PortalTable):
    """Which HSCP acts for which, with first and last day, and what can be done on `day`."""

    host = tables.Column("HSCP that acts", accessor="host__name")
    served = tables.Column("For", accessor="served__name")
    service = tables.Column("In what")
    starts_on = tables.Column("First day")
    ends_on = tables.Column("Last day", empty_values=())
    change = tables.Column("Change", accessor="pk", orderable=False)
    history = tables.Column(
        "History",
        accessor="pk",
        orderable=False,
        linkify=lambda record: reverse("reporting:record_changes", args=["hosting", record.pk]),
    )

    class Meta(PortalTable.Meta):
        attrs = {"caption": "HSCPs that act for others"}
        order_by = ("-starts_on",)
        empty_text = "No HSCP acts for another. Each looks after its own clusters."

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def render_host(self, record: Hosting) -> str:
        return str(record.host)

    def render_served(self, record: Hosting) -> str:
        return str(record.served)

    def render_starts_on(self, value: date) -> str:
        return f"{in_words(value)} (planned)" if value > self.day else in_words(value)

    def render_ends_on(self, record: Hosting) -> str:
        if record.ends_on is None:
            return "No last day"
        last = in_words(record.ends_on - timedelta(days=1))
        return f"{last} (ended)" if record.ends_on <= self.day else last

    def render_history(self, record: Hosting) -> str:
        return format_html('History<span class="visually-hidden"> of {}</span>', record)

    def render_change(self, record: Hosting) -> str:
        return format_html_join(" · ", '<a href="{}" aria-label="{}">{}</a>', self._changes(record)) or "–"

    def _changes(self, record: Hosting) -> Iterator[tuple[str, str, str]]:
        what = f"{record.host} acting for {record.served}"
        if record.ends_on is None or record.ends_on > self.day:
            yield reverse("clusters:hosting_end", args=[record.pk]), f"End {what}", "End"
        if record.starts_on > self.day:
            yield reverse("clusters:hosting_withdraw", args=[record.pk]), f"Take back {what}", "Take back"
