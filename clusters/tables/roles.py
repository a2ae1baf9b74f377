"""How roles are listed in the registry."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate

from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.rules import Scope, may_be_given
from clusters.selectors.team import role_in_words
from clusters.tables import NUMBER, PeopleTable
from shared.dates import in_words
from shared.tables import PortalTable


class RoleTable(PeopleTable):
    """The same for the registry: with first and last day, and what can be done on `day`."""

    starts_on = tables.Column("First day")
    ends_on = tables.Column("Last day", empty_values=())
    sessions_a_month = tables.Column("Sessions a month", attrs=NUMBER)
    change = tables.Column("Change", accessor="pk", orderable=False)
    history = tables.Column("History", accessor="pk", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Roles"}
        order_by = ("name", "role")
        exclude = ("email",)
        empty_text = "No role fits. Take a filter away, or give somebody a role."
        sequence = (
            "name",
            "role",
            "where",
            "starts_on",
            "ends_on",
            "sessions_a_month",
            "change",
            "history",
        )

    def __init__(self, *args: Any, day: date, kept: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.kept = day, kept

    def render_starts_on(self, value: Any) -> str:
        return in_words(value)

    def render_ends_on(self, record: RoleAssignment) -> str:
        if record.withdrawn_at:
            by = record.withdrawn_by or "the command line"
            return f"Withdrawn on {in_words(localdate(record.withdrawn_at))} by {by}"
        return in_words(record.last_day) if record.last_day else "No last day"

    def render_name(self, record: RoleAssignment) -> str:
        person = record.person
        return format_html('{}<br><a href="mailto:{}">{}</a>', person.full_name, person.email, person.email)

    def render_role(self, record: RoleAssignment) -> str:
        more = "; ".join(role_in_words(record))
        return format_html("{}<br>{}", Role(record.role).label, more) if more else Role(record.role).label

    def render_change(self, record: RoleAssignment) -> str:
        return format_html_join(" · ", '<a href="{}" aria-label="{}">{}</a>', self._changes(record))

    def render_history(self, record: RoleAssignment) -> str:
        path = reverse("reporting:record_changes", args=["role", record.pk])
        whose = f"What was changed of the role {Role(record.role).label} of {record.person}"
        return format_html('<a href="{}" aria-label="{}">History</a>', path, whose)

    def _changes(self, record: RoleAssignment) -> Iterator[tuple[str, str, str]]:
        role = f"the role {Role(record.role).label} of {record.person}"
        if not may_be_given(Role(record.role), self.kept):
            return
        if not record.withdrawn_at and (record.ends_on is None or record.ends_on > self.day):
            yield reverse("clusters:role_change", args=[record.pk]), f"Change {role}", "Change"
            yield reverse("clusters:role_end", args=[record.pk]), f"End {role}", "End"
            if record.starts_on >= self.day:
                yield reverse("clusters:role_withdraw", args=[record.pk]), f"Withdraw {role}", "Withdraw"
        elif not record.withdrawn_at:
            path = reverse("clusters:role_hand_over", args=[record.pk])
            yield f"{path}?next={reverse('clusters:role_list')}", f"Hand over what {record.person} left", "Hand over"
        if record.person.is_active and not record.person.has_usable_password() and not record.withdrawn_at:
            path = reverse("clusters:person_invite", args=[record.person_id])
            yield path, f"Invite {record.person} to set up their sign-in", "Invite"
        if not self.kept.everything:
            return
        yield (
            reverse("clusters:person_change", args=[record.person_id]),
            f"Name or address of {record.person}",
            "Name or address",
        )
        words = "Stop sign-in" if record.person.is_active else "Allow sign-in"
        yield reverse("clusters:person_sign_in", args=[record.person_id]), f"{words} of {record.person}", words
