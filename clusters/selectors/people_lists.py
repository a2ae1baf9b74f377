"""What a list of people would do: who is new, who is given a role, and what cannot be."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import HELD_AT, Place
from clusters.models import Cluster, RoleAssignment
from clusters.parsing.people_list import PersonRow
from clusters.rules import Scope, may_be_given, registry_kept
from clusters.selectors.people import NOBODY_SEEN, people_known_to
from clusters.selectors.scopes import clusters_in, hscps_in, localities_in, practices_in
from practices.models import HealthBoard, Locality, Practice
from practices.parsing import Refusal
from shared.dates import in_words

EVERYWHERE = ("", "everywhere", "all of scotland", "scotland")
KINDS = {
    Place.PRACTICE: "open practice",
    Place.CLUSTER: "open cluster",
    Place.LOCALITY: "locality",
    Place.HSCP: "HSCP",
    Place.BOARD: "health board",
}
Where = tuple[Place, int | None]
NOWHERE: Where = Place.EVERYWHERE, None


class Does(StrEnum):
    """What a line of the list would do."""

    NEW = "new"
    GIVES = "gives"
    NOTHING = "nothing"


@dataclass(frozen=True)
class PlannedRole:
    """One line as it would be carried out; `at` is the row of the place, None for a role held everywhere."""

    row: PersonRow
    does: Does
    name: str
    at: Any
    starts_on: date
    ends_on: date | None

    @property
    def role_label(self) -> str:
        return self.row.role.label

    @property
    def last_day(self) -> date | None:
        return self.row.last_day

    def mark(self) -> str:
        where = f"{type(self.at).__name__}:{self.at.pk}" if self.at else ""
        facts = (self.row.email, self.row.role, where, self.starts_on, self.ends_on, self.row.sessions, self.does)
        return "|".join(map(str, facts))


@dataclass(frozen=True)
class PeoplePlan:
    """Every line and every problem; with a problem nothing is carried out."""

    roles: tuple[PlannedRole, ...]
    problems: tuple[Refusal, ...]

    def that(self, does: Does) -> list[PlannedRole]:
        return [role for role in self.roles if role.does is does]

    @property
    def newcomers(self) -> list[PlannedRole]:
        return self.that(Does.NEW)

    @property
    def given(self) -> list[PlannedRole]:
        return self.that(Does.GIVES)

    @property
    def unchanged(self) -> list[PlannedRole]:
        return self.that(Does.NOTHING)

    @property
    def changes(self) -> int:
        return len(self.roles) - len(self.unchanged)

    @property
    def fingerprint(self) -> str:
        """Says whether what was shown is what would be done now."""
        return hashlib.sha256("\n".join(role.mark() for role in self.roles).encode()).hexdigest()


def people_plan(rows: Iterable[PersonRow], reach: Reach) -> PeoplePlan:
    """What carrying out the rows would do to the reader's part of the registry, today.

    Whoever the reader does not see is planned like a newcomer. The same few queries for any number of rows.
    """
    rows = list(rows)
    return _Planning(rows, reach).plan(rows)


class _Planning:
    """One list being planned, with everything that it may name loaded once."""

    def __init__(self, rows: list[PersonRow], reach: Reach) -> None:
        self.scope, self.on = registry_kept(reach), reach.day
        self.places = {
            kind: list(_named(kind, self.scope, self.on)) for kind in {k for r in rows for k in HELD_AT[r.role]}
        }
        emails = {row.email for row in rows}
        self.people = {user.email.lower(): user for user in people_known_to(reach).filter(email__in=emails)}
        self.held: dict[tuple[int, str, Where], list[RoleAssignment]] = {}
        for held in RoleAssignment.objects.standing().filter(person__in=self.people.values()):
            self.held.setdefault((held.person_id, held.role, held.place), []).append(held)
        self.named: dict[str, tuple[str, int]] = {}
        self.problems: list[Refusal] = []

    def plan(self, rows: list[PersonRow]) -> PeoplePlan:
        roles = [planned for row in rows if (planned := self._planned(row))]
        return PeoplePlan(tuple(roles), tuple(self.problems))

    def _planned(self, row: PersonRow) -> PlannedRole | None:
        before = len(self.problems)
        where, at = self._place(row)
        starts_on = row.first_day or self.on
        ends_on = row.last_day + timedelta(days=1) if row.last_day else None
        if ends_on and ends_on <= starts_on:
            self._refuse(row, "last day", str(row.last_day), "The last day lies before the first day.")
        closes = getattr(at, "closed_on", None)
        if closes and (ends_on is None or ends_on > closes):
            self._refuse(row, "place", row.place, f"{at} closes on {in_words(closes)}. Give a last day before it.")
        person = self.people.get(row.email)
        name = person.full_name if person else self._new_name(row)
        if person and not person.is_active:
            self._refuse(row, "e-mail", row.email, f"{person} can no longer sign in. Allow that first.")
        if len(self.problems) > before:
            return None
        does = self._does(row, person, where, starts_on, ends_on)
        return PlannedRole(row, does, name, at, starts_on, ends_on)

    def _does(self, row: PersonRow, person: User | None, where: Where, starts_on: date, ends_on: date | None) -> Does:
        if person is None:
            return Does.NEW
        for held in self.held.get((person.pk, row.role, where), []):
            if (ends_on is None or held.starts_on < ends_on) and (held.ends_on is None or held.ends_on > starts_on):
                return Does.NOTHING
        return Does.GIVES

    def _new_name(self, row: PersonRow) -> str:
        try:
            validate_email(row.email)
        except ValidationError:
            self._refuse(row, "e-mail", row.email, "This is no e-mail address. One looks like a.rahman@nhs.scot.")
        if not row.name:
            self._refuse(row, "name", "", f"{NOBODY_SEEN} Write their name.")
            return ""
        name, line = self.named.setdefault(row.email, (row.name, row.line))
        if name != row.name:
            self._refuse(row, "name", row.name, f"Line {line} calls the person with this address {name}.")
        return name

    def _place(self, row: PersonRow) -> tuple[Where, Any]:
        if not may_be_given(row.role, self.scope):
            reason = "You look after a part of the registry. Who looks after all of it gives this role."
            self._refuse(row, "role", row.role.label, reason)
            return NOWHERE, None
        typed, kinds = row.place.casefold(), HELD_AT[row.role]
        if Place.EVERYWHERE in kinds and typed in EVERYWHERE and self.scope.everything:
            return NOWHERE, None
        found: dict[Where, Any] = {
            (kind, at.pk): at for kind in kinds for names, at in self.places[kind] if typed in names
        }
        if len(found) == 1:
            return next(iter(found.items()))
        self._refuse(row, "place", row.place, self._why_not(kinds, len(found)))
        return NOWHERE, None

    def _why_not(self, kinds: frozenset[Place], how_many: int) -> str:
        what = " or ".join(words for kind, words in KINDS.items() if kind in kinds)
        if not what:
            return "This role is held everywhere. Leave the place empty."
        if how_many:
            return f"More than one {what} is called so. Write the code, or the name as its address spells it."
        part = "" if self.scope.everything else " in the part that you look after"
        return f"No {what}{part} is called so."

    def _refuse(self, row: PersonRow, field: str, value: str, reason: str) -> None:
        self.problems.append(Refusal(row.line, field, value, reason))


def _named(kind: Place, scope: Scope, on: date) -> Iterator[tuple[frozenset[str], Any]]:
    """Every place of a kind in the part of the registry, with all that it may be called, in small letters."""
    found: list[tuple[tuple[str, ...], Any]] = []
    if kind is Place.PRACTICE:
        found = [((p.code, p.name, f"{p.code} {p.name}"), p) for p in practices_in(scope, Practice.objects.open_on(on))]
    elif kind is Place.CLUSTER:
        rows = clusters_in(scope, Cluster.objects.open_on(on).select_related("forum"))
        found = [((c.forum.slug, c.forum.name), c) for c in rows]
    elif kind is Place.LOCALITY:
        found = [((one.name,), one) for one in localities_in(scope, Locality.objects.select_related("hscp"))]
    elif kind is Place.HSCP:
        found = [((h.code, h.name, str(h)), h) for h in hscps_in(scope)]
    elif kind is Place.BOARD and scope.everything:
        found = [((b.code, b.name), b) for b in HealthBoard.objects.all()]
    for names, at in found:
        yield frozenset(name.casefold() for name in names), at
