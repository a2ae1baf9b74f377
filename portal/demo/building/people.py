"""People and their roles, given by the registry administrator."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person
from clusters.services import assign_role, end_role
from portal.demo import people
from portal.demo.building.invitations import accept_first
from portal.demo.places import NO_QUALITY_LEAD
from portal.demo.stage import Stage

REGISTRY = ((Role.REGISTRY_ADMIN, "everywhere"),)


def bring_keeper(stage: Stage) -> User:
    """The registry administrator, who gives everybody else their roles."""
    name = next(name for key, name, _, _ in people.CAST if key == "priya")
    keeper = _bring(stage, "priya", name, None)
    _give(stage, keeper, REGISTRY, None)
    return keeper


def bring_everybody(stage: Stage, by: User) -> None:
    """The cast, the others, who led before, and a quality lead for nearly every practice."""
    for key, name, _, roles in people.CAST:
        if key != "priya":
            _give(stage, _bring(stage, key, name, by), roles, by)
    for key, name, roles in people.OTHERS:
        if any(stage.has_place(place) for _, place in roles):
            _give(stage, _bring(stage, key, name, by), roles, by)
    for key, name, role, place, ago in people.FORMER:
        if stage.has_place(place):
            _bring_former(stage, key, name, role, place, ago, by)
    _bring_quality_leads(stage, by)
    for key, name in everybody_named():
        stage.names[key] = name
    accept_first(stage.people["callum"], by, password=people.PASSWORD)
    password = make_password(people.PASSWORD)  # once: it is slow on purpose, and the same for all
    for key, _, _, _ in people.CAST:
        _let_in(stage.people[key], password)


def everybody_named() -> list[tuple[str, str]]:
    """Keys and names of those whom texts may name; a practice's key is the practice, not its quality lead."""
    named: list[tuple[str, str]] = [(key, name) for key, name, _, _ in people.CAST]
    named += [(key, name) for key, name, _ in people.OTHERS]
    return named + [(key, name) for key, name, _, _, _ in people.FORMER]


def address_of(name: str) -> str:
    """A made-up e-mail address; example.org belongs to nobody."""
    return f"{slugify(name.replace('ł', 'l')).replace('-', '.')}@example.org"


def _bring(stage: Stage, key: str, name: str, by: User | None) -> User:
    cast = any(key == own for own, _, _, _ in people.CAST)
    person = add_person(email=f"{key}@example.org" if cast else address_of(name), full_name=name, by=by)
    stage.people[key] = person
    return person


def _give(stage: Stage, person: User, roles: tuple[tuple[Role, str], ...], by: User | None) -> None:
    for role, place in roles:
        if stage.has_place(place):
            assign_role(person=person, role=role, at=stage.place(place), starts_on=stage.since, by=by)


def _bring_former(stage: Stage, key: str, name: str, role: Role, place: str, ago: int, by: User) -> None:
    person = _bring(stage, key, name, by)
    held = assign_role(person=person, role=role, at=stage.place(place), starts_on=stage.since, by=by)
    end_role(held=held, last_day=stage.now - timedelta(days=ago + 1), by=by)


def _bring_quality_leads(stage: Stage, by: User) -> None:
    names = iter(people.NAMES)
    for key in stage.practice:
        if key == "alder" or key in NO_QUALITY_LEAD:
            continue
        name = people.ROWAN_LEADS.get(key) or next(names, "")
        if not name:
            return
        person = _bring(stage, key, name.strip(), by)
        stage.people.setdefault(name.split()[0].lower(), person)
        assign_role(person=person, role=Role.PQL, at=stage.practice[key], starts_on=_first_day(stage, key), by=by)


def _first_day(stage: Stage, key: str) -> date:
    """The day from which a practice belongs to its cluster: some began after the story."""
    first = stage.practice[key].memberships.order_by("starts_on").first()
    return max(stage.since, first.starts_on) if first else stage.since


def _let_in(person: User, password: str) -> None:
    person.password = password
    person.save(update_fields=["password"])
    audit.record("given the demo password", person, by=None)


def sign_ins(names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Role, name and e-mail address of everybody who can sign in; `names` gives the clusters and practices by key."""
    return [(what.format_map(names), name, f"{key}@example.org") for key, name, what, _ in people.CAST]
