"""The list of one's own hours."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from meetings.models import Hours
from shared.dates import in_words
from shared.tables import PortalTable


class HoursTable(PortalTable):
    """What one person gave."""

    on = tables.Column("Day")
    forum = tables.Column("For", order_by=("forum__name", "-on"))
    kind = tables.Column("What it was")
    minutes = tables.Column("Minutes", attrs={"th": {"class": "portal-number"}, "td": {"class": "portal-number"}})
    is_shared = tables.Column("Who sees it", orderable=False)
    away = tables.Column("", empty_values=(), orderable=False)

    class Meta(PortalTable.Meta):
        order_by = ("-on",)

    def render_on(self, record: Hours) -> str:
        return in_words(record.on)

    def render_kind(self, record: Hours) -> str:
        label = record.get_kind_display()
        return (
            label
            if record.is_by_hand
            else format_html('{}<br><span class="portal-m-quiet">from the minutes</span>', label)
        )

    def render_is_shared(self, record: Hours) -> str:
        return "Shared" if record.is_shared else "Only you"

    def render_away(self, record: Hours) -> str:
        path, day = reverse("meetings:hours_remove", args=[record.pk]), in_words(record.on)
        return format_html('<a href="{}">Take back<span class="visually-hidden">: {}</span></a>', path, day)
