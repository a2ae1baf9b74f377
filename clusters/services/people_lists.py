"""Carries out a list of people: adds who is new, gives the roles, invites. All of it or nothing."""

from collections.abc import Iterable
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.reach import Reach
from clusters.parsing.people_list import PersonRow
from clusters.selectors.people_lists import Does, PeoplePlan, PlannedRole, people_plan
from clusters.services.roles import appoint
from practices.parsing import Refusal, Refused

SALT = "clusters.people_list"
AN_HOUR = 60 * 60


class PlanOutdated(Exception):
    """The registry has changed since the preview; `plan` is what would be done now."""

    def __init__(self, plan: PeoplePlan) -> None:
        super().__init__("outdated")
        self.plan = plan


def carried(rows: Iterable[PersonRow], *, by: User) -> str:
    """The rows of a list for the way from preview to confirmation: signed for one person, so nothing is stored."""
    return signing.dumps([by.pk, [row.plain() for row in rows]], salt=SALT, compress=True)


def read_carried(text: str, *, by: User) -> list[PersonRow] | None:
    """The rows again; None for what was not made by us for this person within the hour."""
    try:
        person_id, rows = signing.loads(text, salt=SALT, max_age=AN_HOUR)
    except (signing.BadSignature, ValueError):
        return None
    return [PersonRow.from_plain(row) for row in rows] if person_id == by.pk else None


@transaction.atomic
def bring_people(*, rows: Iterable[PersonRow], reach: Reach, fingerprint: str, by: User) -> PeoplePlan:
    """Do what was shown, in one transaction, and give it. Who is new is invited.

    Raises PlanOutdated when the registry has changed so that something else would be done, and Refused when somebody
    else was quicker with a line: nothing is done then.
    """
    plan = people_plan(rows, reach)
    if plan.problems or plan.fingerprint != fingerprint:
        raise PlanOutdated(plan)
    for planned in plan.roles:
        if planned.does is not Does.NOTHING:
            _give(planned, by)
    return plan


def _give(planned: PlannedRole, by: User) -> None:
    row = planned.row
    facts: dict[str, Any] = {"starts_on": planned.starts_on, "ends_on": planned.ends_on}
    try:
        with transaction.atomic():
            appoint(
                email=row.email,
                full_name=planned.name,
                role=row.role,
                at=planned.at,
                sessions_a_month=row.sessions,
                by=by,
                **facts,
            )
    except ValidationError as wrong:
        raise Refused(Refusal(row.line, "role", planned.role_label, " ".join(wrong.messages))) from None
