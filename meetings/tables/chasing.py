"""The list of what is late or due soon, with a press to remind of each."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from accounts.reach import Reach
from meetings.models import Action
from meetings.tables.actions import said_due
from shared.tables import PortalTable


class ChaseTable(PortalTable):
    """Actions that others hold, by day."""

    what = tables.Column("Action", orderable=False)
    holder = tables.Column("Who", orderable=False)
    forum = tables.Column("From", order_by=("forum__name", "due_on"))
    due_on = tables.Column("Due")
    nudged_at = tables.TemplateColumn(
        verbose_name="Reminder", template_name="meetings/parts/chase_one.html", orderable=False, empty_values=()
    )

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Late, or due within a week"}
        order_by = ("due_on",)

    def __init__(self, data: Any, *, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(data, **kwargs)

    def render_what(self, record: Action) -> str:
        return format_html('<a href="{}">{}</a>', reverse("meetings:action", args=[record.pk]), record.what)

    def render_due_on(self, record: Action) -> str:
        return said_due(record, on=self.reach.day)
