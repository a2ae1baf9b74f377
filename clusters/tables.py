"""How clusters, practices and people are listed."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate
from django_tables2 import A

from accounts.models import User
from accounts.roles import Role
from clusters.models import PracticeList, RoleAssignment
from clusters.selectors import ClusterSummary
from practices.models import Practice
from shared.dates import in_words
from shared.tables import PortalTable

NUMBER = {"th": {"class": "portal-number"}, "td": {"class": "portal-number"}}


class ClusterTable(PortalTable):
    """Clusters by name, with size and vacancies as information."""

    name = tables.Column(
        "Cluster", accessor="cluster__forum__name", linkify=("reporting:cluster", [A("cluster__forum__slug")])
    )
    hscp = tables.Column("HSCP", accessor="cluster__lead_hscp__name")
    locality = tables.Column("Locality", accessor="cluster__locality__name")
    practices = tables.Column("Practices", attrs=NUMBER)
    patients = tables.Column("Patients", attrs=NUMBER)
    leads = tables.Column("CQLs", accessor="quality_leads", orderable=False)
    notes = tables.Column("Worth knowing", accessor="size_notes", orderable=False, empty_values=())
    change = tables.Column("Change", accessor="cluster__forum__slug", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Clusters"}
        order_by = ("name",)
        empty_text = "No cluster fits. Take a filter away, or search for part of the name."

    def render_hscp(self, record: ClusterSummary) -> str:
        others = [name for name in record.hscps if name != str(record.cluster.lead_hscp)]
        lead = str(record.cluster.lead_hscp)
        return f"{lead}, with practices in {' and '.join(others)}" if others else lead

    def render_patients(self, value: int) -> str:
        return f"{value:,}"

    def render_leads(self, record: ClusterSummary) -> str:
        return ", ".join(map(str, record.quality_leads)) or "No CQL"

    value_leads = render_leads

    def render_change(self, record: ClusterSummary, value: str) -> str:
        path = reverse("clusters:cluster_rename", args=[value])
        return format_html(
            '<a href="{}" aria-label="Rename or describe {}">Rename or describe</a>', path, record.cluster
        )

    def render_notes(self, record: ClusterSummary) -> str:
        vacant = [note for note in record.vacancies if note != "No CQL"]
        return "; ".join([*vacant, *record.size_notes]) or "–"


class RegistryPracticeTable(PortalTable):
    """Every practice for those who look after the registry."""

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
        self.can_keep = False

    def render_cluster_name(self, value: str | None) -> str:
        return value or "No cluster"

    def render_patients(self, value: int) -> str:
        return f"{value:,}"

    def render_leads(self, record: Practice) -> str:
        return ", ".join(map(str, self.pqls.get(record.pk, []))) or "No PQL"

    def render_contract(self, value: str) -> str:
        return value.split(" ")[0]

    def render_missing_since(self, record: Practice) -> str:
        if record.missing_since is None:
            return "–"
        path = reverse("clusters:practice_decide", args=[record.code])
        words = f"Missing since the list of {in_words(record.missing_since)}"
        return format_html('<a href="{}">{}</a>', path, words) if self.can_keep else words


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


class RoleTable(PeopleTable):
    """The same for the registry: with first and last day, and what can be done on `day`."""

    starts_on = tables.Column("First day")
    ends_on = tables.Column("Last day", empty_values=())
    sessions_a_month = tables.Column("Sessions a month", attrs=NUMBER)
    change = tables.Column("Change", accessor="pk", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Roles"}
        order_by = ("name", "role")
        empty_text = "No role fits. Take a filter away, or give somebody a role."
        sequence = ("name", "role", "where", "starts_on", "ends_on", "sessions_a_month", "email", "change")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def render_starts_on(self, value: Any) -> str:
        return in_words(value)

    def render_ends_on(self, record: RoleAssignment) -> str:
        if record.withdrawn_at:
            by = record.withdrawn_by or "the command line"
            return f"Withdrawn on {in_words(localdate(record.withdrawn_at))} by {by}"
        return in_words(record.last_day) if record.last_day else "No last day"

    def render_change(self, record: RoleAssignment) -> str:
        return format_html_join(" · ", '<a href="{}" aria-label="{}">{}</a>', self._changes(record))

    def _changes(self, record: RoleAssignment) -> Iterator[tuple[str, str, str]]:
        role = f"the role {Role(record.role).label} of {record.person}"
        if not record.withdrawn_at and (record.ends_on is None or record.ends_on > self.day):
            yield reverse("clusters:role_end", args=[record.pk]), f"End {role}", "End"
            if record.starts_on >= self.day:
                yield reverse("clusters:role_withdraw", args=[record.pk]), f"Withdraw {role}", "Withdraw"
        words = "Stop sign-in" if record.person.is_active else "Allow sign-in"
        yield reverse("clusters:person_sign_in", args=[record.person_id]), f"{words} of {record.person}", words


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
        who = record.decided_by or "the command line"
        return f"{record.get_state_display()} on {in_words(localdate(record.decided_at))} by {who}"

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
