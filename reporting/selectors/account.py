"""What a person holds, since when, and what each role permits, in plain words."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.roles import PERMITS, Right, Role
from clusters.models import RoleAssignment

# In the order in which a person would want to read them.
IN_WORDS = {
    Right.SEE_INSIDE: "read what the cluster keeps to itself",
    Right.WRITE_UP: "log meetings and publish them to the cluster, keep actions, plans and figures",
    Right.LEAD: "share above the cluster, agree the plan, pass escalations on",
    Right.RAISE: "ask the HSCP and raise escalations",
    Right.OVERSEE: "read what clusters share upward, and the tracker",
    Right.ANSWER: "answer questions from clusters and decide escalations",
    Right.SEE_REGISTRY: "see practices, clusters and who holds which role",
    Right.KEEP_REGISTRY: "load practice lists, move practices, give and end roles",
    Right.SEE_AUDIT: "read the audit trail",
    Right.REDACT: "black out words that should not have been written",
}


@dataclass(frozen=True)
class RoleHeld:
    """One role as its holder reads it."""

    label: str
    where: str
    since: date
    until: date | None
    permits: tuple[str, ...]


def permitted_by(role: Role) -> tuple[str, ...]:
    """What `role` permits, in plain words."""
    return tuple(words for right, words in IN_WORDS.items() if right in PERMITS[role])


def roles_held_by(person: User, *, on: date) -> list[RoleHeld]:
    """The roles that `person` holds on a day, the newest first. One query."""
    rows = (
        RoleAssignment.objects.on(on)
        .filter(person=person)
        .select_related("practice", "cluster__forum", "locality", "hscp", "board")
    )
    return [_held(row) for row in rows]


def _held(row: RoleAssignment) -> RoleHeld:
    role = Role(row.role)
    return RoleHeld(role.label, str(row.where or "the whole portal"), row.starts_on, row.ends_on, permitted_by(role))
