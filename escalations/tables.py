"""The two lists of escalations."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from escalations.models import Escalation
from escalations.rules import UNDECIDED, WAITING
from escalations.selectors import age_of
from shared.dates import in_words
from shared.tables import PortalTable


class EscalationTable(PortalTable):
    """What both lists show."""

    title = tables.Column("What", orderable=False)
    score = tables.Column("Risk")
    cluster = tables.Column("Cluster", order_by="cluster__forum__name")
    forum = tables.Column("Where it is", order_by="forum__name")
    state = tables.Column("State")
    raised_at = tables.Column("Age")
    due_on = tables.Column("Decide by")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def render_title(self, value: str, record: Escalation) -> SafeString:
        path = reverse("escalations:escalation", args=[record.reference])
        kept = " · confidential" if record.is_confidential else ""
        return format_html('<a href="{}">{}</a><br>{}{}', path, value, record.reference, kept)

    def render_score(self, record: Escalation) -> str:
        return f"{record.band.shape} {record.band.word} ({record.likelihood} × {record.impact})"

    def render_forum(self, record: Escalation) -> str:
        return f"{record.named_lead}, confidentially" if record.is_confidential else str(record.forum)

    def render_raised_at(self, record: Escalation) -> str:
        days = age_of(record, on=self.day)
        return f"{days} working day{'' if days == 1 else 's'}"

    def render_due_on(self, record: Escalation) -> str:
        if record.state not in UNDECIDED:
            return "–"
        if record.state not in WAITING:
            return f"{in_words(record.due_on)}; the clock stands while information is awaited"
        late = (self.day - record.due_on).days
        if late > 0:
            return f"▲ {in_words(record.due_on)}, late by {late} day{'' if late == 1 else 's'}"
        return in_words(record.due_on)
