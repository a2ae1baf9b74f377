"""Short ways to an escalation for tests."""

from datetime import datetime, time, timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from clusters.models import RoleAssignment
from escalations.models import Escalation
from escalations.services import EscalationEntry, raise_escalation, set_safety_contacts, take_step

acknowledge = partial(take_step, "acknowledge")
resolve = partial(take_step, "resolve")
decline = partial(take_step, "decline")
refer_up = partial(take_step, "refer_up")
ask_information = partial(take_step, "ask_information")
give_information = partial(take_step, "give_information")
accept_answer = partial(take_step, "accept_answer")
ask_review = partial(take_step, "ask_review")
withdraw = partial(take_step, "withdraw")
hand_over = partial(take_step, "hand_over")


def entry(**changed) -> EscalationEntry:
    told = {
        "title": "Phlebotomy at Alder",
        "situation": "No phlebotomist since August.",
        "ask_text": "Fund two sessions a week.",
        "likelihood": 4,
        "impact": 5,
    }
    return EscalationEntry(**{**told, **changed})


def raised(world, by=None, cluster=None, nonce=None, days_ago=0, **changed) -> Escalation:
    """An escalation by Asha of Rowan, unless told otherwise."""
    at = timezone.make_aware(datetime.combine(world.today - timedelta(days=days_ago), time(12)))
    at = min(at, timezone.now())
    return raise_escalation(
        by=by or world.asha, cluster=cluster or world.rowan, entry=entry(**changed), nonce=nonce or uuid4(), at=at
    )


def name_leads(world) -> None:
    """Heather and Rhona take confidential matters of Strath."""
    set_safety_contacts(
        hscp=world.strath,
        by=world.priya,
        safety_incident="Datix, on the intranet",
        first_lead=world.heather,
        second_lead=world.rhona,
    )


def confidential(world, **changed) -> Escalation:
    """Asha's confidential matter with Heather."""
    name_leads(world)
    return raised(world, named_lead=world.heather, title="Between two partners", **changed)


def second_cql(world, full_name="Skye Boyd") -> User:
    """A second CQL of Rowan."""
    skye = User.objects.create_user("skye@example.org", full_name, "gentle-rowan-berries")
    RoleAssignment.objects.create(person=skye, role=Role.CQL, cluster=world.rowan, starts_on=world.since)
    return skye


def posted(**changed) -> dict[str, str]:
    """The raise form as posted."""
    fields = {
        "title": "Phlebotomy at Alder",
        "situation": "No phlebotomist since August.",
        "background": "",
        "assessment": "",
        "ask_text": "Fund two sessions a week.",
        "tried": "Shared the list with Beech.",
        "likelihood": "4",
        "impact": "5",
        "theme": "WORKFORCE",
        "needed_by": "",
        "practice": "",
        "about": "",
        "named_lead": "",
        "nonce": str(uuid4()),
    }
    return {**fields, **changed}
