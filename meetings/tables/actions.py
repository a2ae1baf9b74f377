"""Lists of actions and of questions to the HSCP."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Action, Ask
from meetings.selectors import days_waited
from meetings.selectors.owners import said_progress
from shared.dates import in_words, relative
from shared.tables import PortalTable

BREAK = format_html("<br>{}", "")  # a constant of ours: nothing typed is in it


def said_due(action: Action, *, on: date) -> str:
    """The day by which it is due, and while it is open how far away that is, or how late it is."""
    said = in_words(action.due_on)
    if action.state != Action.State.OPEN:
        return said
    late = (on - action.due_on).days
    if late > 0:
        return format_html(
            '{}<br><strong class="portal-m-late">▲ late by {} day{}</strong>', said, late, pluralize(late)
        )
    return format_html('{}<br><span class="portal-m-quiet">{}</span>', said, relative(action.due_on, to=on))


def _state(record: Action, table: "ActionTable") -> dict[str, Any]:
    return {"may_close": rules.can_close(table.reach, record), "progress": said_progress(record)}


class ActionTable(PortalTable):
    """Actions; `reach` decides which of them the reader may close."""

    what = tables.Column("Action")
    owner = tables.Column("Who", accessor="holder", orderable=False)
    forum = tables.Column("From", order_by=("forum__name", "due_on"))
    due_on = tables.Column("Due")
    tag = tables.TemplateColumn(
        verbose_name="Counts as", template_name="meetings/parts/action_tag.html", orderable=False, empty_values=()
    )
    state = tables.TemplateColumn(
        template_name="meetings/parts/action_state.html", orderable=False, extra_context=_state
    )

    class Meta(PortalTable.Meta):
        order_by = ("due_on",)
        sequence = ("what", "state", "...")  # what can be pressed stands in sight on a phone

    def __init__(self, data: Any, *, reach: Reach, of: Forum | None = None, **kwargs: Any) -> None:
        self.reach, self.of = reach, of
        self.kept = rules.forums_written_up(reach)
        self.inside = rules.forums_inside(reach)
        super().__init__(data, **kwargs)

    def render_what(self, record: Action) -> str:
        lines = [format_html('<a href="{}">{}</a>', reverse("meetings:action", args=[record.pk]), record.what)]
        if record.is_first:
            lines.append(format_html("<strong>{}</strong>", "To be done first"))
        if record.is_outside_control:
            lines.append(format_html('<span class="portal-m-quiet">{}</span>', "Outside our control"))
        if record.kind != Action.Kind.AGREED:
            lines.append(format_html("<strong>{}</strong> by {}", record.get_kind_display(), record.issuer))
        if record.waiting_since:
            waits = (self.reach.day - record.waiting_since).days
            lines.append(
                format_html(
                    '<span class="portal-m-quiet">Waits for {}, {} day{} so far</span>',
                    record.waiting_on,
                    waits,
                    pluralize(waits),
                )
            )
        if self.of and record.forum_id != self.of.pk:
            lines.append(format_html('<span class="portal-m-quiet">From {}, which went on here</span>', record.forum))
        if record.owner_practice and "owner" in self.exclude:
            lines.append(format_html('<span class="portal-m-quiet">For {}</span>', record.owner_practice))
        if record.item is not None and record.forum_id in self.inside:
            path = reverse("meetings:meeting", args=[record.item.meeting_id])
            lines.append(format_html('<a class="portal-m-quiet" href="{}">Read the minutes</a>', path))
        return format_html_join(BREAK, "{}", ((line,) for line in lines))

    def render_due_on(self, record: Action) -> str:
        return said_due(record, on=self.reach.day)


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
