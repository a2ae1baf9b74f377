"""Invitations in every state, and a letter that was refused. No mail leaves: a pretended mail server takes it."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail.backends.dummy import EmailBackend
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person, change_person, invitations
from clusters.services import assign_role
from clusters.services.invitations import invite
from office.models import Letter
from office.services.delivery import deliver_letters
from portal.demo.stage import Stage

GONE = "gordon.baillie@example.org"
# Name, address, role, place, and how many days ago they were invited.
INVITED: tuple[tuple[str, str, Role, str, int], ...] = (
    ("Caitlin Urquhart", "caitlin.urquhart@example.org", Role.DEPUTY, "ash", 1),
    ("Joseph Okafor", "joseph.okafor@example.org", Role.PRACTICE_MANAGER, "beech", 4),
    ("Una MacAskill", "una.macaskill@example.org", Role.DEPUTY, "holly", 23),
    ("Gordon Baillie", GONE, Role.PRACTICE_MANAGER, "elm", 0),
)


def accept_first(person: User, by: User, *, password: str) -> None:
    """One of the cast came in by an invitation, a while ago."""
    sent = timezone.now() - timedelta(days=6)
    invitation, token = invitations.invite_person(person=person, by=by, now=sent)
    invitations.accept_with_password(token_hash=invitations.hash_of(token), email=invitation.email, password=password)


def invite_people(stage: Stage, by: User) -> None:
    """Two invitations are open, one has expired, one was to an address that does not exist."""
    for name, email, role, place, ago in INVITED:
        if not stage.has_place(place):
            continue
        person = add_person(email=email, full_name=name, by=by)
        assign_role(person=person, role=role, at=stage.place(place), starts_on=stage.now, by=by)
        sent = timezone.now() - timedelta(days=ago)
        invitation = invite(person=person, by=by, now=sent)
        Letter.objects.filter(reason=invitation.reason).update(queued_at=sent, useful_until=None)
    _rename(by)
    deliver_letters(post=_Pretended())
    Letter.objects.filter(state=Letter.State.SENT).update(sent_at=F("queued_at"))  # each on its own day


def _rename(by: User) -> None:
    """Somebody married; what was written before keeps the old name."""
    for una in User.objects.filter(full_name="Una MacAskill"):
        change_person(person=una, full_name="Una MacAskill-Ross", email=una.email, by=by)


class _Pretended(EmailBackend):
    """Takes every letter and throws it away; knows nobody at one address."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if GONE in message.to:
                raise SMTPRecipientsRefused({GONE: (550, b"5.1.1 There is no such mailbox here")})
        return len(messages)
