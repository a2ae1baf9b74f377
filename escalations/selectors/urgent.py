"""Where urgent matters go, for pages of lower floors (`directory.plugs`)."""

from collections.abc import Collection

from directory.plugs import UrgentContacts
from escalations.models import SafetyContacts


def urgent_contacts_of(hscp_ids: Collection[int]) -> list[UrgentContacts]:
    """The contacts that somebody has set, an HSCP each. One query."""
    return [
        UrgentContacts(
            row.hscp_id,
            (
                ("Safety incident", row.safety_incident),
                ("Child protection", row.child_protection),
                ("Adult protection", row.adult_protection),
                ("Concern about a colleague", row.concern_about_colleague),
            ),
        )
        for row in SafetyContacts.objects.filter(hscp__in=hscp_ids)
    ]
