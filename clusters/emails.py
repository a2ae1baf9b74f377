"""What the registry writes to people. Text only; the outbox sends it after the commit."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from accounts.models import Invitation, User
from accounts.roles import Role
from clusters.models import RoleAssignment
from office.services.letters import one_line
from shared.dates import in_words
from shared.sealing import LINK


def invitation_letter(invitation: Invitation, roles: Iterable[RoleAssignment]) -> tuple[str, str]:
    """Subject and body: who invites, to what, in which roles, and until when the link works."""
    until = localtime(invitation.valid_until)
    by = invitation.invited_by
    context = {
        "person": one_line(str(invitation.person)),
        "by": by,
        "roles": [one_line(f"{Role(held.role).label}{f' at {held.where}' if held.where else ''}") for held in roles],
        "portal": settings.PORTAL_NAME,
        "until": f"{in_words(until.date())}, {until:%H:%M}",
        "link": LINK,
    }
    who = f"{by} invites you" if by else "You are invited"
    return f"{who} to the {settings.PORTAL_NAME}", render_to_string("clusters/email/invitation.txt", context).strip()


def address_changed_letter(person: User, *, new: str, by: User | None) -> tuple[str, str]:
    """Subject and body for the old address: whoever reads it there learns that it no longer opens the account."""
    context = {"person": one_line(str(person)), "new": new, "by": by, "portal": settings.PORTAL_NAME}
    return "Your e-mail address was changed", render_to_string("clusters/email/address_changed.txt", context).strip()
