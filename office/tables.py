"""Lists what was blacked out, and letters."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.apps import apps
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate, localtime

from office.models import Letter, Redaction
from office.rules import can_try_again
from office.selectors import kind_of
from shared.dates import in_words
from shared.tables import PortalTable


class RedactionTable(PortalTable):
    """Who blacked out words, when, where and why; the words are gone."""

    at = tables.DateTimeColumn(verbose_name="When", format="D j M Y, H:i")
    by = tables.Column(verbose_name="Who", order_by="by__full_name")
    record_type = tables.Column(verbose_name="Where", order_by=("record_type", "record_id"))
    field = tables.Column(verbose_name="Field")
    why = tables.Column(verbose_name="Why", orderable=False)

    class Meta(PortalTable.Meta):
        model = Redaction
        fields = ("at", "by", "record_type", "field", "why")
        empty_text = "Nothing has been blacked out."

    def render_record_type(self, record: Redaction) -> str:
        model = _model(record)
        return f"{kind_of(model) if model else record.record_type} {record.record_id}"

    def render_field(self, record: Redaction) -> str:
        model = _model(record)
        named = {f.name: str(f.verbose_name) for f in model._meta.concrete_fields} if model else {}
        return named.get(record.field, record.field).capitalize()


def _model(record: Redaction) -> type[Model] | None:
    """None for a kind of record that a later version no longer has."""
    try:
        return apps.get_model(record.record_type)
    except (LookupError, ValueError):
        return None


class LetterTable(PortalTable):
    """To whom, about what, what became of it and what the mail server said; never what a letter says."""

    queued_at = tables.DateTimeColumn(verbose_name="Written", format="D j M Y, H:i")
    person = tables.Column(verbose_name="To", order_by=("person__full_name", "to"))
    subject = tables.Column(verbose_name="Subject", orderable=False)
    state = tables.Column(verbose_name="What became of it")
    answer = tables.Column(verbose_name="The mail server’s answer", orderable=False)
    again = tables.Column(verbose_name="Change", accessor="pk", orderable=False)

    class Meta(PortalTable.Meta):
        model = Letter
        fields = ("queued_at", "person", "subject", "state", "answer", "again")
        attrs = {"caption": "Letters"}
        empty_text = (
            "No letter fits. Take a filter away: letters are written when somebody is invited or reminded, or resets a "
            "password."
        )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def render_person(self, record: Letter) -> str:
        return f"{record.person}, {record.to}"

    def render_state(self, record: Letter) -> str:
        when = record.sent_at or (record.next_try if record.state == Letter.State.QUEUED and record.tries else None)
        said = f"{record.get_state_display()}{'; next try' if when and not record.sent_at else ''}"
        return f"{said} {in_words(localdate(when))}, {localtime(when):%H:%M}" if when else said

    def render_again(self, record: Letter) -> str:
        if not can_try_again(record, now=self.now):
            return "–"
        path = reverse("office:letter_again", args=[record.pk])
        return format_html('<a href="{}" aria-label="Try again to send to {}">Try again</a>', path, record.to)
