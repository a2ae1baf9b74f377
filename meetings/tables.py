"""Lists of meetings, actions and questions."""

from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate

from accounts.reach import Reach
from accounts.roles import Right
from meetings import rules
from meetings.models import Action, Ask, Meeting
from meetings.selectors import days_waited
from shared.dates import in_words, relative
from shared.tables import PortalTable

BREAK = format_html("<br>{}", "")  # a constant of ours: nothing typed is in it
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
        if record.state == Meeting.State.DRAFT:
            return "Those who write up"
        return record.get_share_level_display()

    def render_there(self, value: int, record: Any) -> str:
        return f"{value} of {record.seats}"


class ActionTable(PortalTable):
    """Actions; `reach` decides which of them the reader may close."""

    what = tables.Column("Action")
    owner = tables.Column("Who", accessor="holder", orderable=False)
    forum = tables.Column("From", order_by=("forum__name", "due_on"))
    due_on = tables.Column("Due")
    state = tables.Column("State", orderable=False)

    class Meta(PortalTable.Meta):
        order_by = ("due_on",)

    def __init__(self, data: Any, *, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        self.inside = reach.forums(Right.SEE_INSIDE)
        super().__init__(data, **kwargs)

    def render_what(self, record: Action) -> str:
        lines = [record.what]
        if record.owner_practice and "owner" in self.exclude:
            lines.append(format_html('<span class="portal-m-quiet">For {}</span>', record.owner_practice))
        if record.item is not None and record.forum_id in self.inside:
            path = reverse("meetings:meeting", args=[record.item.meeting_id])
            lines.append(format_html('<a class="portal-m-quiet" href="{}">Read the minutes</a>', path))
        return format_html_join(BREAK, "{}", ((line,) for line in lines))

    def render_due_on(self, record: Action) -> str:
        said = in_words(record.due_on)
        if record.state != Action.State.OPEN:
            return said
        late = (self.reach.day - record.due_on).days
        if late > 0:
            return format_html(
                '{}<br><strong class="portal-m-late">▲ late by {} day{}</strong>', said, late, pluralize(late)
            )
        return format_html(
            '{}<br><span class="portal-m-quiet">{}</span>', said, relative(record.due_on, to=self.reach.day)
        )

    def render_state(self, record: Action) -> str:
        if record.state == Action.State.OPEN:
            if not rules.can_close(self.reach, record):
                return "Open"
            path = reverse("meetings:action_close", args=[record.pk])
            return format_html(
                '<a class="portal-m-tap" href="{}">Close<span class="visually-hidden">: {}</span></a>',
                path,
                record.what,
            )
        closed = f"{record.get_state_display()} {in_words(localdate(record.closed_at))}" if record.closed_at else "Done"
        return format_html('{}<br><span class="portal-m-quiet">{}</span>', closed, record.evidence)


class AskTable(PortalTable):
    """Questions to the HSCP that wait."""

    question = tables.Column("Question", orderable=False)
    forum = tables.Column("From", orderable=False)
    to = tables.Column("To", orderable=False)
    asked_at = tables.Column("Waiting", orderable=False)
    reply_by = tables.Column("Reply by", orderable=False)

    class Meta(PortalTable.Meta):
        pass

    def __init__(self, data: Any, *, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(data, **kwargs)

    def render_question(self, record: Ask) -> str:
        return format_html('<a href="{}">{}</a>', reverse("meetings:ask", args=[record.pk]), record.question)

    def render_asked_at(self, record: Ask) -> str:
        days = days_waited(record, on=self.reach.day)
        return f"{days} working day{pluralize(days)}"

    def render_reply_by(self, record: Ask) -> str:
        said = in_words(record.reply_by)
        if record.reply_by < self.reach.day:
            late = (self.reach.day - record.reply_by).days
            return format_html(
                '{}<br><strong class="portal-m-late">▲ late by {} day{}</strong>', said, late, pluralize(late)
            )
        return said
