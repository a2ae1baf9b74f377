"""What is known about roles beside their dates, who sits at the table, who leaves, and how people came to it."""

from datetime import timedelta
from decimal import Decimal
from itertools import chain, cycle

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person
from clusters.models import RoleAssignment
from clusters.selectors.origins import ASKED
from clusters.services import assign_role
from clusters.services.handovers import Wishes, hand_over_role, hand_over_things
from clusters.services.origins import say_how
from clusters.services.role_facts import RoleFacts, change_role
from meetings.services import ActionEntry, add_action
from portal.demo.building.people import address_of
from portal.demo.roles import ANSWERS, FACTS, FEW_ANSWERS, HANDED_OVER, KNOWN_MEMBER, LEAVING, LEFT_BEHIND, MEMBERS
from portal.demo.stage import Stage


def describe_roles(stage: Stage, by: User) -> None:
    """Sessions, who pays for them and who leads what; then the members of multidisciplinary teams."""
    for key, role, sessions, funded_by, portfolio, review_in in FACTS:
        review = stage.now + timedelta(days=review_in) if review_in else None
        facts = RoleFacts(funded_by=funded_by, portfolio=portfolio, review_on=review)
        _describe(stage, key, role, Decimal(sessions), facts, by)
    key, seat, profession, funded_by = KNOWN_MEMBER
    facts = RoleFacts(funded_by=funded_by, seat=seat, profession=profession)
    _describe(stage, key, Role.MDT_MEMBER, None, facts, by)
    for name, place, seat, profession, funded_by in MEMBERS:
        if stage.has_place(place):
            facts = RoleFacts(funded_by=funded_by, seat=seat, profession=profession)
            _bring_member(stage, name, place, facts, by)


def _describe(stage: Stage, key: str, role: Role, sessions: Decimal | None, facts: RoleFacts, by: User) -> None:
    person = stage.people.get(key)
    held = RoleAssignment.objects.on(stage.now).filter(person=person, role=role).first() if person else None
    if held:
        change_role(held=held, sessions_a_month=sessions, facts=facts, by=by)


def _bring_member(stage: Stage, name: str, place: str, facts: RoleFacts, by: User) -> None:
    person = add_person(email=address_of(name), full_name=name, by=by)
    begun = stage.now - timedelta(days=300)
    assign_role(person=person, role=Role.MDT_MEMBER, at=stage.place(place), starts_on=begun, facts=facts, by=by)


def leave_roles(stage: Stage, by: User) -> None:
    """Two left things behind, of which one's were handed over; a cluster's lead will go, with a successor named."""
    for key, cluster, ago, what, due_in in LEFT_BEHIND:
        if key in stage.people and cluster in stage.clusters:
            entry = ActionEntry(what, stage.after(stage.now, due_in), owner=stage.people[key].pk)
            day = stage.ago(ago)
            writer, forum = stage.led_by(cluster, day), stage.clusters[cluster].forum
            add_action(by=writer, forum=forum, entry=entry, at=stage.at(day, 17, 20))
    key, role, to = HANDED_OVER
    if key in stage.people:
        held = RoleAssignment.objects.filter(person=stage.people[key], role=role).get()
        wishes = Wishes(email=stage.people[to].email, without_owner=True)
        hand_over_things(held=held, wishes=wishes, by=by)
    key, role, place, in_days, successor = LEAVING
    if stage.has_place(place):
        held = RoleAssignment.objects.on(stage.now).filter(person=stage.people[key], role=role).get()
        wishes = Wishes(email=address_of(successor), full_name=successor, without_owner=True)
        hand_over_role(held=held, last_day=stage.now + timedelta(days=in_days), wishes=wishes, by=by)


def say_how_they_came(stage: Stage) -> None:
    """Most quality leads of the HSCP said how they came to their role, long enough ago to count."""
    near = Q(practice__hscp=stage.lead) | Q(cluster__lead_hscp=stage.lead)
    held = RoleAssignment.objects.on(stage.now).filter(near, role__in=ASKED).select_related("person")
    answers = chain(FEW_ANSWERS, cycle(ANSWERS))
    at = stage.at(stage.ago(90))
    for row, how in zip(held.order_by("pk"), answers, strict=False):
        if how:
            say_how(held=row, how=how, by=row.person, at=at)
