"""How projects are listed."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django_tables2 import A

from qiplans.models import AnalystRequest, Priority, Project
from qiplans.selectors import whom_to_ask
from qiplans.selectors.templates import Ready
from shared.dates import in_words
from shared.tables import PortalTable


class ScotlandTable(PortalTable):
    """Title, aim and whom to ask; the title leads to the page of those that the reader may open."""

    title = tables.Column("Project", orderable=False)
    aim = tables.Column("Aim", orderable=False)
    ask = tables.Column("Whom to ask", empty_values=(), orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Work across Scotland"}
        empty_text = "No project is shown that fits. Take a filter away, or share one of yours: its page says how."

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.opened: frozenset[int] = frozenset()

    def render_title(self, record: Project) -> str:
        if record.pk not in self.opened:
            return record.title
        return format_html('<a href="{}">{}</a>', reverse("qiplans:project", args=[record.pk]), record.title)

    def render_ask(self, record: Project) -> str:
        return whom_to_ask(record, on=self.on)


class TemplateTable(PortalTable):
    """Title, topic and aim of templates."""

    title = tables.Column("Project", linkify=lambda record, table: table.path_of(record))
    topic = tables.Column("Topic")
    aim = tables.Column("Aim", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Templates of projects"}
        empty_text = "No template fits. Take a word or the topic away."

    def __init__(self, *args: Any, under: Priority | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.under = under

    def path_of(self, record: Ready) -> str:
        """The page of a template, with the priority that the project is to stand under."""
        path = reverse("qiplans:template", args=[record.template.slug])
        return f"{path}?priority={self.under.pk}" if self.under else path


class RequestTable(PortalTable):
    """What a cluster asked its analyst."""

    question = tables.Column("Question", linkify=("qiplans:analyst_request", [A("pk")]), orderable=False)
    state = tables.Column("State")
    needed_by = tables.Column("Needed by")
    asked_by = tables.Column("Asked by", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Asked of the analyst"}
        order_by = ("-needed_by",)
        empty_text = "Nothing has been asked yet. A question, the decision that it will inform and a day are enough."

    def render_needed_by(self, record: AnalystRequest) -> str:
        return in_words(record.needed_by)


class QueueTable(RequestTable):
    """What an analyst was asked, with the cluster."""

    cluster = tables.Column("Cluster", accessor="cluster__forum__name")

    class Meta(RequestTable.Meta):
        sequence = ("question", "cluster", "state", "needed_by", "asked_by")
        order_by = ("needed_by",)
        empty_text = "None of your clusters has asked you anything. Your card tells them what you can do."
