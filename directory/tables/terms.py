"""How terms of roles are listed."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django_tables2 import A

from accounts.roles import Role
from directory.models import RoleTerms
from directory.selectors.terms import Count
from shared.dates import in_words
from shared.tables import PortalTable


class TermsTable(PortalTable):
    """Versions of terms. Fill `in_force` and, for who publishes, `counts` for the rows of the page."""

    role = tables.Column("Role", linkify=("directory:terms_read", [A("pk")]))
    hscp = tables.Column("For", accessor="hscp__name", empty_values=())
    version = tables.Column("Version")
    starts_on = tables.Column("In force from")
    state = tables.Column("Now", accessor="pk", orderable=False)
    accepted = tables.Column("Accepted", accessor="pk", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Terms of roles"}
        order_by = ("role", "hscp", "-version")
        empty_text = "No terms fit. Take a filter away."

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.in_force: frozenset[int] = frozenset()
        self.counts: dict[int, Count] = {}

    def render_role(self, record: RoleTerms) -> str:
        return Role(record.role).label

    def render_hscp(self, record: RoleTerms) -> str:
        return str(record.hscp or "All of Scotland")

    def render_starts_on(self, value: date) -> str:
        return in_words(value)

    def render_state(self, record: RoleTerms) -> str:
        if record.starts_on > self.day:
            return "Planned"
        return "In force" if record.pk in self.in_force else "Earlier version"

    def render_accepted(self, record: RoleTerms) -> str:
        count = self.counts.get(record.pk)
        if count is None or record.pk not in self.in_force:
            return "–"
        path = reverse("directory:terms_accepted", args=[record.pk])
        words = f"{count.accepted} of {count.holders}"
        return format_html('<a href="{}" aria-label="{} accepted {}">{}</a>', path, words, record, words)
