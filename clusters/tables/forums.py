"""How forums are listed."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django_tables2 import A

from clusters.models import Forum
from shared.dates import in_words
from shared.tables import PortalTable


class ForumTable(PortalTable):
    """Forums with whom they serve, how often they meet, and whether their terms are due for review."""

    name = tables.Column("Forum", linkify=("reporting:forum", [A("slug")]))
    kind = tables.Column("Kind")
    serves = tables.Column("Serves", order_by=("board__name", "hscp__name", "locality__hscp__name", "locality__name"))
    meets_every_weeks = tables.Column("Meets", empty_values=())
    review_on = tables.Column("Terms", empty_values=())

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Forums"}
        order_by = ("name",)
        empty_text = "No forum fits. Take a filter away, or search for part of the name."

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def render_kind(self, record: Forum) -> str:
        return record.get_kind_display()

    def render_serves(self, record: Forum) -> str:
        return f"{record.locality.name}, {record.locality.hscp}" if record.locality else str(record.serves)

    def render_meets_every_weeks(self, value: int | None) -> str:
        return {None: "Not said", 1: "Every week"}.get(value, f"Every {value} weeks")

    def render_review_on(self, record: Forum) -> str:
        if record.closed_on and record.closed_on <= self.on:
            return f"Closed from {in_words(record.closed_on)}"
        if record.review_on is None:
            return "No review planned"
        if record.is_review_due(self.on):
            return f"▲ Review was due {in_words(record.review_on)}"
        return f"Review {in_words(record.review_on)}"
