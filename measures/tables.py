"""How definitions are listed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from measures.models import Measure
from shared.tables import PortalTable


class LibraryTable(PortalTable):
    """Name, what is counted, and whose it is; the name leads to the measure for those who may open it."""

    name = tables.Column("Measure", orderable=False)
    counted = tables.Column("What is counted", empty_values=(), orderable=False)
    how = tables.Column("How", empty_values=(), orderable=False)
    source = tables.Column("Source", orderable=False, default="not said")
    cluster = tables.Column("Counted in", accessor="cluster__forum__name", orderable=False)
    use = tables.Column("", empty_values=(), orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Library of measures"}
        empty_text = "No measure fits. Take a filter away, or add the measure on the data page of your cluster."

    def __init__(self, *args: Any, may_use: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened: frozenset[int] = frozenset()
        if not may_use:
            self.columns.hide("use")

    def render_name(self, record: Measure) -> str:
        if record.pk not in self.opened:
            return record.name
        return format_html('<a href="{}">{}</a>', reverse("measures:measure", args=[record.pk]), record.name)

    def render_counted(self, record: Measure) -> str:
        if record.numerator and record.denominator:
            return f"{record.numerator}, out of: {record.denominator}"
        return record.numerator or record.definition or "not said"

    def render_how(self, record: Measure) -> str:
        said = (record.get_unit_display(), record.get_frequency_display(), record.get_direction_display())
        return f"{record.get_kind_display().split(':')[0]}. {', '.join(said).capitalize()}."

    def render_use(self, record: Measure) -> str:
        path = reverse("measures:measure_use", args=[record.pk])
        return format_html(
            '<a href="{}">Use this definition<span class="visually-hidden">: {}</span></a>', path, record.name
        )
