"""The list of meetings of a forum."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from meetings import rules
from meetings.models import Meeting
from shared.dates import in_words
from shared.tables import PortalTable

NUMBER = {"th": {"class": "portal-number"}, "td": {"class": "portal-number"}}


class MeetingTable(PortalTable):
    """Meetings of one forum."""

    held_on = tables.Column("Meeting")
    state = tables.Column("Minutes")
    there = tables.Column("Practices represented")
    decisions = tables.Column("Decisions", attrs=NUMBER)
    open_actions = tables.Column("Open actions", attrs=NUMBER)
    share_level = tables.Column("Who may read it")

    class Meta(PortalTable.Meta):
        order_by = ("-held_on",)

    def render_held_on(self, record: Meeting) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("meetings:meeting", args=[record.pk]), in_words(record.held_on)
        )

    def render_state(self, record: Meeting) -> str:
        return record.get_state_display()

    def render_share_level(self, record: Meeting) -> str:
        if record.state == Meeting.State.CANCELLED:
            return "–"
        if record.state == Meeting.State.DRAFT:
            return "Those who write up"
        return rules.level_in_words(record.forum, record.share_level)

    def render_decisions(self, value: int, record: Meeting) -> int | str:
        return "–" if record.state == Meeting.State.CANCELLED else value

    def render_open_actions(self, value: int, record: Meeting) -> int | str:
        return "–" if record.state == Meeting.State.CANCELLED else value

    def render_there(self, value: int, record: Any) -> str:
        if record.state == Meeting.State.CANCELLED:
            return "–"
        return f"{value} of {record.seats}"
