"""Support areas with their links, terms with their acceptances, and interests."""

from collections.abc import Iterable
from datetime import date, timedelta

from accounts.models import User
from accounts.roles import Role
from clusters.selectors import holders_of
from directory.models import RoleTerms, SupportArea
from directory.selectors.terms import own_terms
from directory.services.interests import declare_interest, end_interest
from directory.services.support import (
    LinkEntry,
    add_support_area,
    move_support_area,
    name_link,
    retire_support_area,
    start_support_areas,
)
from directory.services.terms import accept_terms, publish_terms
from portal.demo import directory
from portal.demo.directory import Helper
from portal.demo.stage import Stage
from practices.models import HSCP


def fill_directory(stage: Stage, keeper: User) -> None:
    """Both HSCPs; the lead one has an area of its own and one that it retired."""
    heather = stage.people["heather"]
    areas = _areas(stage, stage.lead, directory.LEAD_HELPERS, heather)
    own = add_support_area(hscp=stage.lead, name=directory.OWN_AREA[0], helps_with=directory.OWN_AREA[1], by=heather)
    _name(stage, own, directory.OWN_AREA_HELPER, heather)
    move_support_area(area=own, up=True, by=heather)
    old = add_support_area(
        hscp=stage.lead, name=directory.RETIRED_AREA[0], helps_with=directory.RETIRED_AREA[1], by=heather
    )
    retire_support_area(area=old, by=heather)
    _name_former(stage, areas["FINANCE"], heather)
    _areas(stage, stage.neighbour, directory.NEIGHBOUR_HELPERS, stage.people.get("alasdair", keeper))


def _areas(stage: Stage, hscp: HSCP, helpers: Iterable[Helper], by: User) -> dict[str, SupportArea]:
    areas = {area.topic: area for area in start_support_areas(hscp=hscp, by=by)}
    for helper in helpers:
        _name(stage, areas[helper.topic], helper, by)
    return areas


def _name(stage: Stage, area: SupportArea, helper: Helper, by: User) -> None:
    person = stage.people.get(helper.who)
    if person is None and not (helper.email or helper.phone):
        return  # somebody whom this stage lacks
    name_link(area=area, entry=_entry(helper, person, stage.ago(300)), by=by)


def _entry(helper: Helper, person: User | None, since: date) -> LinkEntry:
    return LinkEntry(
        person=person,
        name="" if person else helper.who,
        organisation=helper.organisation,
        email=helper.email,
        phone=helper.phone,
        helps_with=helper.helps_with,
        starts_on=since,
    )


def _name_former(stage: Stage, area: SupportArea, by: User) -> None:
    """Somebody who was named before, so that there is a past to look at."""
    entry = LinkEntry(
        name="Norma Gillanders",
        organisation="HSCP finance",
        email="norma.gillanders@example.org",
        starts_on=stage.ago(600),
        ends_on=stage.ago(300),
    )
    name_link(area=area, entry=entry, by=by)


def publish_all_terms(stage: Stage, keeper: User) -> None:
    """National terms of the PQL, and two versions of the HSCP's for the CQL; the second still waits for Callum."""
    heather, began = stage.people["heather"], stage.since
    national = _published(stage, Role.PQL, None, directory.PQL_TERMS, began, keeper)
    _accept(stage, national, stage.since + timedelta(days=20), leave_out=3)
    first = _published(stage, Role.CQL, stage.lead, directory.CQL_TERMS, began, heather)
    _accept(stage, first, stage.since + timedelta(days=12), leave_out=0)
    begins = stage.ago(12)
    second = publish_terms(
        role=Role.CQL,
        hscp=stage.lead,
        text=directory.CQL_TERMS_TWO,
        what_changed=directory.CQL_CHANGED,
        starts_on=begins,
        by=heather,
        at=stage.at(begins, 8),
    )
    _accept(stage, second, stage.ago(5), leave_out=2, but=stage.people["callum"])


def _published(stage: Stage, role: Role, hscp: HSCP | None, text: str, day: date, by: User) -> RoleTerms:
    return publish_terms(role=role, hscp=hscp, text=text, starts_on=day, by=by, at=stage.at(day, 8))


def _accept(stage: Stage, terms: RoleTerms, day: date, *, leave_out: int, but: User | None = None) -> None:
    """Nearly everybody to whom the version applies that day accepts it; every so many-th has not got round to it."""
    holders = holders_of(Role(terms.role), on=day).order_by("person__full_name", "pk")
    for number, person in enumerate(dict.fromkeys(held.person for held in holders), start=1):
        waits = leave_out and number % (leave_out * 4) == 0
        if person != but and not waits and any(own.terms == terms for own in own_terms(person.pk, on=day)):
            accept_terms(terms=terms, by=person, at=stage.at(day, 12 + number % 6))


def declare_interests(stage: Stage) -> None:
    """What Duncan, Callum and others declared; one of it ended."""
    for key, kind, what, since, ended in directory.INTERESTS:
        person = stage.people[key]
        declared = declare_interest(person=person, kind=kind, what=what, starts_on=stage.ago(since), by=person)
        if ended is not None:
            end_interest(interest=declared, last_day=stage.ago(ended), by=person)
