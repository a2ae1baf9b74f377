"""Lists what was blacked out."""

import django_tables2 as tables
from django.apps import apps
from django.db.models import Model

from office.models import Redaction
from office.selectors import kind_of
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
