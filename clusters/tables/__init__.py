"""How clusters, practices and people are listed."""

from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django_tables2 import A

from accounts.models import User
from accounts.roles import Role
from clusters.models import PracticeList, RoleAssignment
from clusters.rules import Scope
from practices.models import Practice
from shared.dates import in_words
from shared.tables import PortalTable

NUMBER = {"th": {"class": "portal-number"}, "td": {"class": "portal-number"}}


class RegistryPracticeTable(PortalTable):
    """Every practice for those who look after the registry; a tick chooses it for a move."""

    name = tables.Column("Practice", linkify=("reporting:practice", [A("code")]))
    code = tables.Column("Code")
    hscp = tables.Column("HSCP", accessor="hscp__name")
    locality = tables.Column("Locality", accessor="locality__name")
    cluster_name = tables.Column("Cluster", empty_values=())
    patients = tables.Column("Patients", attrs=NUMBER)
    leads = tables.Column("PQL", accessor="pk", orderable=False)
    contract = tables.Column("Contract")
    missing_since = tables.Column("Worth knowing", empty_values=())

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Practices"}
        order_by = ("name", "code")
        empty_text = "No practice fits. Take a filter away, or search for part of the name, the code or the postcode."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pqls: dict[int, list[User]] = {}
        self.kept = Scope()

    def render_code(self, record: Practice, value: str) -> str:
        if record.closed_on or not self.kept.covers(record.hscp_id):
            return value
        return format_html(
            '<div class="ds_checkbox ds_checkbox--small"><input class="ds_checkbox__input" type="checkbox" '
            'name="practice" value="{}" id="move-{}"><label class="ds_checkbox__label" for="move-{}">{}'
            '<span class="visually-hidden">: move {}</span></label></div>',
            value,
            value,
            value,
            value,
            record.name,
        )

    def render_cluster_name(self, record: Practice, value: str | None) -> str:
        return value or ("–" if record.closed_on else "No cluster")

    def render_patients(self, value: int) -> str:
        return f"{value:,}"

    def render_leads(self, record: Practice) -> str:
        return ", ".join(map(str, self.pqls.get(record.pk, []))) or ("–" if record.closed_on else "No PQL")

    def render_contract(self, value: str) -> str:
        return value.split(" ")[0]

    def render_missing_since(self, record: Practice) -> str:
        closed = record.closed_on and f"Closed on {in_words(record.closed_on)}"
        if closed and record.answered_by:
            path = reverse("reporting:practice", args=[record.answered_by.code])
            return format_html(
                '{}, went on as <a href="{}">{} {}</a>', closed, path, *_code_and_name(record.answered_by)
            )
        missing = record.missing_since and f"Missing since the list of {in_words(record.missing_since)}"
        words = closed or missing or ""
        if not self.kept.covers(record.hscp_id):
            return words or "–"
        path = reverse("clusters:practice_decide", args=[record.code])
        label = words or "Closed or merged?"
        return format_html('<a href="{}" aria-label="{}: {}">{}</a>', path, label, record, label)


def _code_and_name(practice: Practice) -> tuple[str, str]:
    return practice.code, practice.name


class PeopleTable(PortalTable):
    """Who holds which role where today."""

    name = tables.Column("Name", accessor="person__full_name")
    role = tables.Column("Role")
    where = tables.Column("Where", orderable=False, empty_values=())
    email = tables.Column("E-mail", accessor="person__email")

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Roles held today"}
        order_by = ("name", "role")
        empty_text = "Nobody fits. Take the filter away, or search for part of a name, a practice or a cluster."

    def render_role(self, record: RoleAssignment) -> str:
        return Role(record.role).label

    def render_where(self, record: RoleAssignment) -> str:
        return str(record.where or "The whole portal")

    def render_email(self, value: str) -> str:
        return format_html('<a href="mailto:{}">{}</a>', value, value)


class PracticeListTable(PortalTable):
    """Practice lists that were brought, newest first."""

    as_of = tables.Column("List of", linkify=("clusters:import_preview", [A("pk")]))
    uploaded_at = tables.Column("Brought")
    state = tables.Column("What became of it")
    changes = tables.Column("Changes", accessor="report", orderable=False, empty_values=())

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Practice lists"}
        order_by = ("-uploaded_at",)
        empty_text = "No practice list has been brought yet."

    def render_as_of(self, value: date) -> str:
        return in_words(value)

    def render_uploaded_at(self, record: PracticeList, value: datetime) -> str:
        return f"{in_words(localdate(value))} by {record.uploaded_by or 'the command line'}"

    def render_state(self, record: PracticeList) -> str:
        if record.decided_at is None:
            return record.get_state_display()
        when, who = record.undone_at or record.decided_at, record.undone_by if record.undone_at else record.decided_by
        return f"{record.get_state_display()} on {in_words(localdate(when))} by {who or 'the command line'}"

    def render_changes(self, record: Any) -> str:
        return changes_in_words(record.report) if record.report else "–"


def changes_in_words(report: dict[str, Any]) -> str:
    """What a list changed, most telling first; what is nought is left out."""
    practices, clusters = report["practices"], report["clusters"]
    counts = (
        (clusters["renamed"], "renamed"),
        (len(report["moves"]), "moved"),
        (practices["created"], "added"),
        (practices["updated"], "changed"),
        (practices["missing"], "not in the list"),
        (clusters["created"], "clusters added"),
        (report["list_sizes"]["created"], "list sizes"),
    )
    return ", ".join(f"{number:,} {what}" for number, what in counts if number) or "nothing"
