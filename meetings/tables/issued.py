"""The list of what the HSCP asked of clusters."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from accounts.reach import Reach
from meetings.models import Action
from meetings.selectors.owners import said_progress
from meetings.tables.actions import said_due
from shared.tables import PortalTable


class IssuedTable(PortalTable):
    """Requests and mandates, the replies that wait for an answer first."""

    what = tables.Column("What", orderable=False)
    kind = tables.Column("Kind")
    issuer = tables.Column("In whose name", orderable=False)
    forum = tables.Column("To", order_by=("forum__name", "due_on"))
    due_on = tables.Column("Due")
    state = tables.Column("Where it is", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Requested or mandated"}

    def __init__(self, data: object, *, reach: Reach, **kwargs: object) -> None:
        self.reach = reach
        super().__init__(data, **kwargs)

    def render_what(self, record: Action) -> str:
        return format_html('<a href="{}">{}</a>', reverse("meetings:action", args=[record.pk]), record.what)

    def render_forum(self, record: Action) -> str:
        if record.is_for_every_practice:
            return f"{record.forum}, every practice"
        return f"{record.forum}, {record.holder}"

    def render_due_on(self, record: Action) -> str:
        return said_due(record, on=self.reach.day)

    def render_state(self, record: Action) -> str:
        if record.state == Action.State.DONE:
            return (
                f"Reply: {record.get_verdict_display().lower()}" if record.verdict else "Replied, waits for your answer"
            )
        return said_progress(record) or record.get_state_display()
