"""How handovers are listed."""

from typing import Any

import django_tables2 as tables

from accounts.roles import Role
from clusters.models import Handover
from shared.dates import in_words
from shared.tables import PortalTable


class HandoverTable(PortalTable):
    """Who leaves which role, from which day others hold what they held, and what became of it."""

    name = tables.Column("Who leaves", accessor="held__person__full_name")
    role = tables.Column("Role", accessor="held__role")
    where = tables.Column("Where", accessor="held", orderable=False)
    from_day = tables.Column("From")
    successor = tables.Column("Who takes over", empty_values=(), orderable=False)
    state = tables.Column("State")
    outcome = tables.Column("Passed on", orderable=False, empty_values=())
    change = tables.TemplateColumn(
        template_name="clusters/handover_change.html", orderable=False, verbose_name="Change"
    )

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Handovers"}
        order_by = ("-from_day",)
        empty_text = "No handover yet. When you end a role, you can say who takes over."

    def render_role(self, record: Handover) -> str:
        return Role(record.held.role).label

    def render_where(self, value: Any) -> str:
        return str(value.where or "The whole portal")

    def render_from_day(self, value: Any) -> str:
        return in_words(value)

    def render_successor(self, record: Handover) -> str:
        return str(record.successor or ("Others, by kind" if any(record.holders.values()) else "Nobody"))

    def render_outcome(self, record: Handover) -> str:
        passed = ((KINDS.get(key, key), number) for key, number in record.outcome.items() if number)
        return ", ".join(f"{kind}: {number}" for kind, number in passed) or "–"


KINDS = {
    "actions": "actions",
    "projects": "projects",
    "cycles": "tests of change",
    "raised": "escalations raised",
    "safety": "named leads",
    "questions": "questions to answer",
    "asked": "questions asked",
}
