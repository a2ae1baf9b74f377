"""How people are listed: one row each, their roles side by side; and who accepted terms."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django_tables2 import A

from accounts.models import User
from directory.selectors.people import Held
from shared.dates import in_words
from shared.tables import PortalTable


class DirectoryTable(PortalTable):
    """Who is who. Fill `held` (`directory.selectors.people.held_by`) for the people of the page."""

    name = tables.Column("Name", accessor="full_name", linkify=("directory:person", [A("pk")]))
    roles = tables.Column("Roles", accessor="pk", orderable=False)
    email = tables.Column("E-mail", accessor="email")

    class Meta(PortalTable.Meta):
        attrs = {"caption": "People and the roles they hold today"}
        order_by = ("name",)
        empty_text = (
            "Nobody fits. Take a filter away, or search for part of a name, a practice, a cluster, or what you need."
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held: dict[int, list[Held]] = {}

    def render_roles(self, record: User) -> SafeString:
        held = self.held.get(record.pk, [])
        return format_html(
            '<ul class="portal-held">{}</ul>',
            format_html_join("", "<li>{}, {}</li>", ((one.role, _place(one)) for one in held)),
        )

    def render_email(self, value: str) -> SafeString:
        return _written_to(value)


def _written_to(address: str) -> SafeString:
    return format_html('<a href="mailto:{}">{}</a>', address, address)


def _place(held: Held) -> str:
    if not held.url_name:
        return held.where
    return format_html('<a href="{}">{}</a>', reverse(held.url_name, args=[held.key]), held.where)


class MailingTable(PortalTable):
    """Who is on a mailing list."""

    name = tables.Column("Name")
    roles = tables.Column("Roles", orderable=False)
    places = tables.Column("Where", orderable=False)
    email = tables.Column("E-mail")

    class Meta(PortalTable.Meta):
        attrs = {"caption": "People on this list"}

    def render_roles(self, value: tuple[str, ...]) -> str:
        return ", ".join(value)

    def render_places(self, value: tuple[str, ...]) -> str:
        return ", ".join(value)

    def render_email(self, value: str) -> SafeString:
        return _written_to(value)


class AcceptanceTable(PortalTable):
    """To whom a version of terms applies, and who accepted it."""

    name = tables.Column("Name", accessor="person__full_name", linkify=("directory:person", [A("person__pk")]))
    where = tables.Column("Where")
    email = tables.Column("E-mail", accessor="person__email")
    accepted_at = tables.Column("Accepted", empty_values=())

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Who accepted these terms"}
        order_by = ("name",)
        empty_text = "These terms apply to nobody of yours today."

    def render_email(self, value: str) -> SafeString:
        return _written_to(value)

    def render_accepted_at(self, value: datetime | None) -> str:
        return in_words(localdate(value)) if value else "Not yet"
