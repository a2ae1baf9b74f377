"""How the roles that nobody holds are listed."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse

from clusters.selectors.unfilled import Post
from shared.dates import in_words
from shared.tables import PortalTable


def _path(record: Post) -> str:
    if record.practice:
        return reverse("reporting:practice", args=[record.practice.code])
    return reverse("reporting:cluster", args=[record.cluster.forum.slug])


class UnfilledTable(PortalTable):
    """A post a row; the longest empty first."""

    place = tables.Column("Where", linkify=_path)
    role = tables.Column("Role")
    cluster = tables.Column("Cluster", accessor="cluster__forum__name")
    hscp = tables.Column("HSCP")
    state = tables.Column("Since when", order_by=("sort_days", "place"), initial_sort_descending=True)
    next_from = tables.Column("Next holder", empty_values=(), orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Roles that nobody holds"}
        order_by = ("-state",)
        empty_text = "Somebody holds each of these roles, with no end in sight. Take a filter away to see all of them."

    def render_role(self, record: Post) -> str:
        return record.role.label

    def render_next_from(self, record: Post) -> Any:
        return f"from {in_words(record.next_from)}" if record.next_from else "Nobody yet"
