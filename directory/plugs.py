"""Where urgent and safety matters of an HSCP go: only the floor of escalations knows."""

from collections.abc import Collection
from dataclasses import dataclass

from shared.plugs import plugged


@dataclass(frozen=True)
class UrgentContacts:
    """The contacts of one HSCP as lines of what and where; the text is empty where nobody has set one."""

    hscp_id: int
    lines: tuple[tuple[str, str], ...]


def urgent_contacts(hscp_ids: Collection[int]) -> dict[int, UrgentContacts]:
    """By HSCP, for those that have any; what `URGENT_CONTACTS` of the settings gives."""
    return {row.hscp_id: row for source in plugged("URGENT_CONTACTS") for row in source(hscp_ids)}
