"""How invitations are listed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.timezone import localdate

from accounts.models import Invitation
from office.models import Letter
from shared.dates import in_words
from shared.tables import PortalTable

State = Invitation.State


class InvitationTable(PortalTable):
    """Who was invited by whom, what became of it and of its letter, and what can be done `now`."""

    name = tables.Column("Name", accessor="person__full_name")
    email = tables.Column("E-mail")
    invited_at = tables.Column("Invited")
    state = tables.Column("What became of it", order_by=("state", "valid_until"))
    letter = tables.Column("Letter", accessor="pk", orderable=False)
    change = tables.Column("Change", accessor="pk", orderable=False)

    class Meta(PortalTable.Meta):
        attrs = {"caption": "Invitations"}
        order_by = ("-invited_at",)
        empty_text = "No invitation fits. Somebody new is invited when they are given a role."

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.letters: Mapping[str, Letter] = {}

    def render_invited_at(self, record: Invitation, value: datetime) -> str:
        return f"{in_words(localdate(value))} by {record.invited_by or 'the command line'}"

    def render_state(self, record: Invitation) -> str:
        if record.decided_at is None:
            word = "Open until" if record.is_open(now=self.now) else "Expired on"
            return f"{word} {in_words(localdate(record.valid_until))}"
        by = f" by {record.decided_by}" if record.state == State.REVOKED and record.decided_by else ""
        return f"{record.get_state_display()} on {in_words(localdate(record.decided_at))}{by}"

    def render_letter(self, record: Invitation) -> str:
        letter = self.letters.get(record.reason)
        if letter is None:
            return "–"
        answer = f": {letter.answer}" if letter.answer else ""
        return f"{letter.get_state_display()}{answer}"

    def render_change(self, record: Invitation) -> str:
        return format_html_join(" · ", '<a href="{}" aria-label="{}">{}</a>', self._changes(record)) or "–"

    def _changes(self, record: Invitation) -> Iterator[tuple[str, str, str]]:
        if record.state == State.WAITING and record.person.is_active:
            again = reverse("clusters:person_invite", args=[record.person_id])
            yield again, f"Send the invitation of {record.person} again", "Send again"
        if record.is_open(now=self.now):
            back = reverse("clusters:invitation_take_back", args=[record.person_id])
            yield back, f"Take back the invitation of {record.person}", "Take back"
